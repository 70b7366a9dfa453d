// SPDX-License-Identifier: GPL-2.0
/*
 * holds - whatever a walk meets, a hold of the lock ends when its time is up.  Here that is always, and
 * asked after each 128 entries: the receipt counts the holds that a piece of memory adds to a walk.
 */
#include <sched.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/often.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(holds)

#define GIB (1UL << 30)

static char *reserve(size_t len, int flags)
{
	return scene_map(len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1);
}

static uint64_t holds(pid_t pid)
{
	struct stream stream;
	uint64_t nr;

	door_stream(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, &stream);
	nr = stream.end.holds;
	stream_free(&stream);
	return nr;
}

/* Calls ready() first, then builds, then does so again. */
static void expect_holds(int (*build)(void *arg), void *arg, uint64_t least)
{
	struct child child;
	uint64_t before, after;

	door_hold_budget("0");
	child_start(&child, build, arg);
	before = holds(child.pid);
	if (!child_step(&child))
		die("the child could not build it");
	after = holds(child.pid);
	if (after < before + least)
		fail("expected %llu holds more than %llu, got %llu", (unsigned long long)least,
		     (unsigned long long)before, (unsigned long long)after);
	child_end(&child);
}

enum { FILLED = 64 };

/* A page in each of many tables. */
static int build_tables(void *arg)
{
	char *memory = reserve(FILLED * HUGE, 0);

	(void)arg;
	child_ready();
	madvise(memory, FILLED * HUGE, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < FILLED; i++)
		scene_write(memory + i * HUGE, 1);
	child_ready();
	return 0;
}

/* In tables of pages. */
TEST_F(holds, tables)
{
	expect_holds(build_tables, NULL, FILLED - 1);
}

enum { EMPTIED = 64 };

/* What a huge page leaves behind that was given back: a table of PMDs with nothing in it. */
static int build_emptied(void *arg)
{
	char *memory = reserve(EMPTIED * GIB, 0);

	(void)arg;
	child_ready();
	madvise(memory, EMPTIED * GIB, MADV_HUGEPAGE);
	for (size_t i = 0; i < EMPTIED; i++) {
		scene_write(memory + i * GIB, 1);
		madvise(memory + i * GIB, HUGE, MADV_DONTNEED);
	}
	child_ready();
	return 0;
}

/* In tables that have been emptied.  Eight entries that are none are one step. */
TEST_F(holds, emptied)
{
	scene_thp();
	expect_holds(build_emptied, NULL, EMPTIED / 2 - 1);
}

/* Two huge pages, a gigabyte from each other: two tables of 512 entries. */
static int build_hugetlb(void *arg)
{
	char *memory;

	(void)arg;
	child_ready();
	memory = reserve(2 * GIB, MAP_HUGETLB);
	scene_write(memory, 1);
	scene_write(memory + GIB, 1);
	child_ready();
	return 0;
}

/* In hugetlb. */
TEST_F(holds, hugetlb)
{
	scene_hugetlb(2);
	expect_holds(build_hugetlb, NULL, 2 * 512 / 128 - 1);
}

enum { FILE_PAGES = 8192, FILE_OUT = 16 };

/* A file in memory of which some is swapped, and most of which is mapped and was never touched. */
static int build_file(void *arg)
{
	int fd = scene_memfd(FILE_PAGES, 0);
	char *memory = scene_map(FILE_OUT * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);

	child_ready();
	scene_read(memory, FILE_OUT);
	scene_drain();
	madvise(memory, FILE_OUT * PAGE, MADV_PAGEOUT);
	munmap(memory, FILE_OUT * PAGE);
	scene_map((FILE_PAGES - 1) * PAGE, PROT_READ | PROT_WRITE, *(int *)arg, fd);
	child_ready();
	return 0;
}

static void file(int flags)
{
	scene_swap();
	expect_holds(build_file, &flags, FILE_PAGES / 512 - 1);
}

/* In a file of which swapped pages are counted, mapped shared. */
TEST_F(holds, shared_file)
{
	file(MAP_SHARED);
}

/* In one that is mapped privately. */
TEST_F(holds, private_file)
{
	file(MAP_PRIVATE);
}

enum { OFTEN = 60000, AT_ONE_PLACE = 512, FOUND_A_PASS = 40 };	/* the last two as the module has them */

static unsigned int nr_often(void)
{
	return kernel_is_slow() ? OFTEN / 10 : OFTEN;
}

/* Who maps that page and unmaps it, as exec does with libraries, and how long it waited at most. */
struct waiter {
	int fd;
	volatile uint64_t rounds;
	volatile uint64_t longest_ns;
};

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static int map_on(void *arg)
{
	struct waiter *waiter = arg;

	use_all_cpus();
	child_ready();
	for (;;) {
		uint64_t start = now_ns(), took;

		munmap(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, waiter->fd, 0), PAGE);
		took = now_ns() - start;
		if (took > waiter->longest_ns)
			waiter->longest_ns = took;
		waiter->rounds++;
	}
	return 0;
}

/* The stream of who shares the page at @memory. */
static void read_sharers(const char *memory, struct bytes *bytes)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS);
	int fd = door_open();

	request.start = (uintptr_t)memory;
	request.end = request.start + PAGE;
	if (fd < 0 || door_bind(fd, &request) || slurp_fd(fd, 4096, bytes))
		die("reading sharers");
	close(fd);
}

/* Its longest wait while the sharers of @memory are read, often; or, with NULL, while nobody reads. */
static uint64_t longest_wait(struct waiter *waiter, const char *memory)
{
	enum { ROUNDS = 2000, READS = 20 };
	uint64_t end = waiter->rounds + ROUNDS;

	waiter->longest_ns = 0;
	for (int i = 0; memory && i < READS; i++) {
		struct bytes bytes;

		read_sharers(memory, &bytes);
		bytes_free(&bytes);
	}
	while (!memory && waiter->rounds < end)
		sched_yield();
	return waiter->longest_ns;
}

/* However many there are, a hold passes a few of them, and there are few holds. */
static void expect_few_passed(const char *memory)
{
	uint64_t before = often_passed(), passed, holds;
	struct stream stream;
	struct bytes bytes;

	read_sharers(memory, &bytes);
	expect_str("the stream", stream_parse(&bytes, &stream) ?: "good", "good");
	passed = often_passed() - before;
	holds = (AT_ONE_PLACE + FOUND_A_PASS - 1) / FOUND_A_PASS;
	expect_eq("sharers", stream.nr_sharers, 1);
	expect_eq("flags", stream.nr_sharers ? stream.sharers[0].flags : 0, VMAVIEW_SHARER_MORE);
	if (passed < AT_ONE_PLACE || passed > holds * AT_ONE_PLACE)
		fail("%llu areas were passed, expected %llu holds of %d at most", (unsigned long long)passed,
		     (unsigned long long)holds, AT_ONE_PLACE);
	stream_free(&stream);
	bytes_free(&bytes);
}

/* In a search for sharers among very many areas of one page. */
TEST_F(holds, many_areas_of_a_page)
{
	int fd = scene_memfd(1, 0);
	char *memory = scene_map(PAGE, PROT_READ, MAP_SHARED, fd);
	/* as anybody can, and none of these areas has the page */
	struct often often = { .fd = fd, .nr = nr_often() };
	struct waiter *waiter = (void *)scene_map(PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	struct child many, maps;
	uint64_t alone, beside;

	scene_read(memory, 1);
	waiter->fd = fd;
	often_start(&many, &often);
	child_start(&maps, map_on, waiter);
	if (write(maps.to, "g", 1) != 1)
		die("a child is gone");
	alone = longest_wait(waiter, NULL);
	beside = longest_wait(waiter, memory);
	child_kill(&maps);
	note("%u areas: the longest wait for mmap() and munmap() %llu us, beside a reader of sharers %llu us",
		nr_often(),
	     (unsigned long long)alone / 1000, (unsigned long long)beside / 1000);
	door_hold_budget("0");
	expect_few_passed(memory);
	child_kill(&many);
}

SCENE_MAIN
