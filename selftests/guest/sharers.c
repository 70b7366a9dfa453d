// SPDX-License-Identifier: GPL-2.0
/* sharers - who else maps a page: families, files and shared memory of which every page is known. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/often.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(sharers)

enum { PAGES = 600, FAMILY = 5, MANY = 90 };	/* more than a piece, more than a pass */

static char *memory;
static size_t nr_pages = PAGES;

/* What the records of the area at memory must be; each is taken once it was found. */
struct expected {
	pid_t pid;
	const char *first;	/* in the target */
	const char *address;	/* in the other */
	size_t pages;
};

static void read_sharers(pid_t pid, const char *start, const char *end, struct stream *stream)
{
	struct vmaview_request request =
		door_request(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS);
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	request.start = (uintptr_t)start;
	request.end = (uintptr_t)end;
	if (door_bind(fd, &request) || slurp_fd(fd, 4096, &bytes))
		die("reading the sharers of %d: %s", pid, strerror(errno));
	close(fd);
	wrong = stream_parse(&bytes, stream);
	if (wrong)
		die("sharers of %d: %s", pid, wrong);
	bytes_free(&bytes);
}

static void take(struct expected *expected, size_t nr, const struct vmaview_sharer *sharer)
{
	for (size_t i = 0; i < nr; i++) {
		if (expected[i].pid != sharer->pid || expected[i].address != (char *)sharer->address)
			continue;
		expect_eq("first", sharer->first, (uintptr_t)expected[i].first);
		expect_eq("pages", sharer->pages, expected[i].pages);
		expect_eq("flags", sharer->flags, 0);
		expected[i].pid = 0;
		return;
	}
	fail("pid %d, %llu pages at %llx: not expected", sharer->pid, sharer->pages, sharer->address);
}

/* @expected is all that shares [start, end) of @pid, by the stream. */
static void expect_range(pid_t pid, const char *start, const char *end, struct expected *expected, size_t nr)
{
	struct stream stream;

	read_sharers(pid, start, end, &stream);
	expect_eq("areas", stream.areas.nr, 1);
	for (size_t i = 0; i < stream.nr_sharers; i++)
		take(expected, nr, &stream.sharers[i]);
	for (size_t i = 0; i < nr; i++)
		if (expected[i].pid && expected[i].pages)
			fail("pid %d is not named, expected %zu pages", expected[i].pid, expected[i].pages);
	stream_free(&stream);
}

static void expect_sharers(pid_t pid, struct expected *expected, size_t nr)
{
	expect_range(pid, memory, memory + nr_pages * PAGE, expected, nr);
}

static size_t own_pages(unsigned int child)
{
	static const size_t own[FAMILY] = { 1, PAGES, 0, 513, 37 };

	return own[child];
}

static int write_own(void *arg)
{
	scene_write(memory, own_pages(*(unsigned int *)arg));
	child_ready();
	return 0;
}

static void start_family(struct child *children)
{
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	for (unsigned int i = 0; i < FAMILY; i++)
		child_start(&children[i], write_own, &i);
}

/* Of two children the one that wrote more decides; the parent wrote nothing. */
static struct expected common(pid_t pid, size_t own)
{
	return (struct expected){ pid, memory + own * PAGE, memory + own * PAGE, PAGES - own };
}

/* Each of a family is named with the pages that neither has written. */
TEST_F(sharers, family)
{
	struct child children[FAMILY];

	start_family(children);
	for (unsigned int i = 0; i <= FAMILY; i++) {
		struct expected expected[FAMILY];
		size_t own = i < FAMILY ? own_pages(i) : 0, nr = 0;

		if (i < FAMILY)
			expected[nr++] = common(getpid(), own);
		for (unsigned int j = 0; j < FAMILY; j++)
			if (j != i)
				expected[nr++] = common(children[j].pid, own > own_pages(j) ? own : own_pages(j));
		expect_sharers(i < FAMILY ? children[i].pid : getpid(), expected, nr);
	}
	for (unsigned int i = 0; i < FAMILY; i++)
		child_kill(&children[i]);
}

/* Who is gone is not named. */
TEST_F(sharers, family_gone)
{
	struct child children[FAMILY];

	start_family(children);
	for (unsigned int i = 0; i < FAMILY; i++)
		child_end(&children[i]);
	expect_sharers(getpid(), NULL, 0);
}

/* A range counts its pages only. */
TEST_F(sharers, range)
{
	struct child children[FAMILY];
	struct expected expected[FAMILY] = { { 0 } };

	start_family(children);
	for (unsigned int i = 0; i < FAMILY; i++) {
		size_t first = own_pages(i) > 30 ? own_pages(i) : 30;

		expected[i] = common(children[i].pid, first);
		expected[i].pages = first < 550 ? 550 - first : 0;
	}
	expect_range(getpid(), memory + 30 * PAGE, memory + 550 * PAGE, expected, FAMILY);
	expected[0] = (struct expected){ children[0].pid, memory + 5 * PAGE, memory + 5 * PAGE, 1 };
	expected[1] = (struct expected){ children[2].pid, memory + 5 * PAGE, memory + 5 * PAGE, 1 };
	expect_range(getpid(), memory + 5 * PAGE + 100, memory + 5 * PAGE + 101, expected, 2);
	for (unsigned int i = 0; i < FAMILY; i++)
		child_kill(&children[i]);
}

static int wait_only(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * More sharers than one pass takes are each named once.  Each is named once, though they are looked at
 * in several passes.
 */
TEST_F(sharers, many)
{
	static struct child children[MANY];
	struct expected expected[MANY];

	nr_pages = 3;
	memory = scene_anon(nr_pages);
	scene_write(memory, nr_pages);
	for (unsigned int i = 0; i < MANY; i++) {
		child_start(&children[i], wait_only, NULL);
		expected[i] = (struct expected){ children[i].pid, memory, memory, nr_pages };
	}
	expect_sharers(getpid(), expected, MANY);
	for (unsigned int i = 0; i < MANY; i++)
		child_kill(&children[i]);
}

/* Of the area that starts at @start, or of all where it is 0. */
static uint64_t count_shared(const struct stream *stream, uint64_t start, pid_t pid)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < stream->nr_sharers; i++)
		if (stream->sharers[i].pid == pid && (!start || stream->sharers[i].area == start))
			pages += stream->sharers[i].pages;
	return pages;
}

enum { OFTEN = 2000, AT_ONE_PLACE = 512 };	/* of the latter none is left out, with the target's own */

static void expect_often(pid_t pid, size_t nr, bool more)
{
	struct stream stream;

	read_sharers(getpid(), memory, memory + PAGE, &stream);
	expect_eq("sharers", stream.nr_sharers, nr + more);
	expect_eq("their pages", count_shared(&stream, 0, pid), nr);
	if (stream.nr_sharers)
		expect_eq("flags of the last", stream.sharers[stream.nr_sharers - 1].flags,
			  more ? VMAVIEW_SHARER_MORE : 0);
	stream_free(&stream);
}

/*
 * Where too many begin at one place, it is said that there are more.  They are in no order in which a
 * search could go on: it stops at the budget, and says so.
 */
TEST_F(sharers, too_many)
{
	int fd = scene_memfd(1, 0);
	char *page = memory = scene_map(PAGE, PROT_READ, MAP_SHARED, fd);
	struct often often = { .fd = fd, .nr = OFTEN, .flags = MAP_POPULATE, .instead = page };
	struct bytes text;
	struct child child;

	scene_read(page, 1);
	often_start(&child, &often);
	door_hold_budget("0");
	expect_often(child.pid, AT_ONE_PLACE - 1, true);
	if (door_text(getpid(), "sharers", &text))
		die("sharers cannot be read");
	if (!strstr(text.data, "\nSharer: more\n"))
		fail("the text does not say that there are more");
	bytes_free(&text);
	door_hold_budget("60000000");
	expect_often(child.pid, OFTEN, false);
	child_kill(&child);
}

static int write_second(void *arg)
{
	(void)arg;
	scene_write(memory + PAGE, 1);
	child_ready();
	return 0;
}

/*
 * Strangers do not hide who is of the family.  However often strangers map the file: who is of the
 * family is not left out.
 */
TEST_F(sharers, family_among_strangers)
{
	int fd = scene_file(scene_ext4(), 4);
	struct often often = { .fd = fd, .nr = OFTEN, .flags = MAP_POPULATE };
	struct child strangers, child;
	struct stream stream;

	often_start(&strangers, &often);
	memory = scene_map(4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
	scene_write(memory, 4);
	child_start(&child, write_second, NULL);
	door_hold_budget("0");
	read_sharers(getpid(), memory, memory + 4 * PAGE, &stream);
	expect_eq("pages of the child", count_shared(&stream, 0, child.pid), 3);
	expect_eq("sharers", stream.nr_sharers, 2);
	expect_eq("flags of the last", stream.sharers[stream.nr_sharers - 1].flags, VMAVIEW_SHARER_MORE);
	stream_free(&stream);
	child_kill(&child);
	child_kill(&strangers);
}

enum { SCATTERED = 3000 };

/* Each page of that file by itself. */
static int map_scattered(void *arg)
{
	char *at = scene_place();

	munmap(memory, SCATTERED * PAGE);
	for (unsigned int i = 0; i < SCATTERED; i++)
		if (mmap(at + 2 * i * PAGE, PAGE, PROT_READ, MAP_SHARED | MAP_POPULATE | MAP_FIXED,
			 *(int *)arg, i * PAGE) == MAP_FAILED)
			return 1;
	child_ready();
	return 0;
}

/*
 * Areas that begin at different places are each passed once.  In passes of 40, and none is looked at in
 * two of them.
 */
TEST_F(sharers, passed_once)
{
	int fd = scene_memfd(SCATTERED, 0);
	struct stream stream;
	struct child child;
	uint64_t before;

	memory = scene_map(SCATTERED * PAGE, PROT_READ, MAP_SHARED, fd);
	scene_read(memory, SCATTERED);
	child_start(&child, map_scattered, &fd);
	before = often_passed();
	read_sharers(getpid(), memory, memory + SCATTERED * PAGE, &stream);
	expect_eq("areas passed, with its own", often_passed() - before, SCATTERED + 1);
	expect_eq("sharers", stream.nr_sharers, SCATTERED);
	expect_eq("their pages", count_shared(&stream, 0, child.pid), SCATTERED);
	stream_free(&stream);
	child_kill(&child);
}

/* A page of its own, so that there is a reverse map in which others are found. */
static void write_one(void)
{
	scene_write(memory, 1);
	scene_read(memory + PAGE, nr_pages - 1);
}

static int nobody(void *arg)
{
	(void)arg;
	madvise(memory, nr_pages * PAGE, MADV_DONTNEED);
	write_one();
	child_ready();
	return 0;
}

/* The zero page is nobody's. */
TEST_F(sharers, zero_pages)
{
	struct child child;

	nr_pages = 16;
	memory = scene_anon(nr_pages);
	write_one();
	child_start(&child, nobody, NULL);
	expect_sharers(getpid(), NULL, 0);
	expect_sharers(child.pid, NULL, 0);
	child_kill(&child);
}

/* Pages far from each other, no table between them, are found. */
TEST_F(sharers, far_apart)
{
	const size_t pud = 1UL << 30;
	struct child child;

	nr_pages = 3 * pud / PAGE;
	memory = scene_map(3 * pud, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
	madvise(memory, 3 * pud, MADV_NOHUGEPAGE);
	scene_write(memory + 7 * PAGE, 1);
	scene_write(memory + 2 * pud + HUGE, 3);
	child_start(&child, wait_only, NULL);
	struct expected expected = { child.pid, memory + 7 * PAGE, memory + 7 * PAGE, 4 };

	expect_sharers(getpid(), &expected, 1);
	child_kill(&child);
}

/* A file that the target maps from page 4 on, another [0, 12) at one place and [8, 24) at another. */
struct windows {
	int fd;
	int flags;
	char *low, *high;
};

static char *map_window(char *addr, const struct windows *windows, size_t pages, size_t offset)
{
	addr = mmap(addr, pages * PAGE, PROT_READ | PROT_WRITE, windows->flags | MAP_FIXED_NOREPLACE,
		    windows->fd, offset * PAGE);
	if (addr == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	scene_read(addr, pages);
	return addr;
}

static int map_windows(void *arg)
{
	struct windows *windows = arg;

	munmap(memory, nr_pages * PAGE);
	map_window(windows->low, windows, 12, 0);
	map_window(windows->high, windows, 16, 8);
	madvise(windows->high, PAGE, MADV_DONTNEED);
	if (windows->flags == MAP_PRIVATE)
		scene_write(windows->high + 2 * PAGE, 1);
	child_ready();
	return 0;
}

static void file_windows(int fd, int flags)
{
	struct windows windows = { fd, flags, scene_place(), scene_place() };
	struct child child;

	nr_pages = 28;
	memory = map_window(scene_place(), &windows, nr_pages, 4);
	madvise(memory, PAGE, MADV_DONTNEED);
	child_start(&child, map_windows, &windows);
	struct expected here[] = {
		{ child.pid, memory + PAGE, windows.low + 5 * PAGE, 7 },
		{ child.pid, memory + 5 * PAGE, windows.high + PAGE, flags == MAP_PRIVATE ? 14 : 15 },
	};
	struct expected there = { getpid(), windows.low + 5 * PAGE, memory + PAGE, 7 };

	expect_sharers(getpid(), here, 2);
	expect_range(child.pid, windows.low, windows.low + 12 * PAGE, &there, 1);
	child_kill(&child);
}

/* Shared memory is found at another address and offset. */
TEST_F(sharers, shared_memory)
{
	file_windows(scene_memfd(32, 0), MAP_SHARED);
}

/* A private file is shared where it was not written. */
TEST_F(sharers, private_file)
{
	file_windows(scene_file(scene_ext4(), 32), MAP_PRIVATE);
}

static char *moved_to;

static int move(void *arg)
{
	(void)arg;
	if (mremap(memory, 16 * PAGE, 16 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, moved_to) == MAP_FAILED)
		return 1;
	mprotect(moved_to + 4 * PAGE, 4 * PAGE, PROT_READ);
	munmap(moved_to + 12 * PAGE, PAGE);
	child_ready();
	return 0;
}

/* Private memory of a fork family at another address, in four pieces. */
static void moved(int fd)
{
	struct child child;

	nr_pages = 16;
	memory = fd < 0 ? scene_anon(16) : scene_map(16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
	scene_write(memory, 16);
	moved_to = scene_place();
	child_start(&child, move, NULL);
	struct expected expected[] = {
		{ child.pid, memory, moved_to, 4 },
		{ child.pid, memory + 4 * PAGE, moved_to + 4 * PAGE, 4 },
		{ child.pid, memory + 8 * PAGE, moved_to + 8 * PAGE, 4 },
		{ child.pid, memory + 13 * PAGE, moved_to + 13 * PAGE, 3 },
	};
	expect_sharers(getpid(), expected, ARRAY_SIZE(expected));
	child_kill(&child);
}

/* Private memory is found where it was moved and split. */
TEST_F(sharers, moved_away)
{
	moved(-1);
	moved(scene_memfd(16, 0));
}

static int write_in_huge(void *arg)
{
	scene_write(memory + 5 * PAGE, *(int *)arg);
	child_ready();
	return 0;
}

/* A huge page is shared in part. */
TEST_F(sharers, huge_page)
{
	int written = 3;
	struct child child;

	nr_pages = 512;
	memory = scene_huge_page();
	child_start(&child, write_in_huge, &written);
	struct expected expected = { child.pid, memory, memory, 512 - written };

	expect_sharers(getpid(), &expected, 1);
	expected = (struct expected){ getpid(), memory, memory, 512 - written };
	expect_sharers(child.pid, &expected, 1);
	expected = (struct expected){ child.pid, memory + 77 * PAGE, memory + 77 * PAGE, 512 - 77 };
	expect_range(getpid(), memory + 77 * PAGE, memory + HUGE, &expected, 1);
	child_kill(&child);
}

static int map_hugetlb(void *arg)
{
	(void)arg;
	scene_read(memory, 1);
	scene_read(memory + HUGE, 1);
	child_ready();
	return 0;
}

/* Pages of hugetlb are found. */
TEST_F(sharers, hugetlb)
{
	struct child child;

	scene_hugetlb(3);
	nr_pages = 3 * 512;
	memory = scene_map(3 * HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, scene_memfd(3 * 512, MFD_HUGETLB));
	scene_write(memory + HUGE, 1);
	scene_write(memory + 2 * HUGE, 1);
	child_start(&child, map_hugetlb, NULL);
	struct expected expected = { child.pid, memory + HUGE, memory + HUGE, 512 };

	expect_sharers(getpid(), &expected, 1);
	child_kill(&child);
}

/* Who shares the whole address space is no other: same mm. */
static int same_memory(void *arg)
{
	struct expected expected = { *(pid_t *)arg, memory, memory, PAGES };

	expect_sharers(getpid(), &expected, 1);
	return failed();
}

/* A process that uses the same memory is not another. */
TEST_F(sharers, same_mm)
{
	static char stack[65536] __attribute__((aligned(16)));
	struct child child;
	int status = -1;
	pid_t pid;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&child, wait_only, NULL);
	pid = clone(same_memory, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, &child.pid);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		fail("the process that uses this memory ended with %d", status);
	child_kill(&child);
}

/* In a PID namespace of its own, where the others have no number. */
static int inside(void *arg)
{
	struct stream stream;

	(void)arg;
	read_sharers(getpid(), memory, memory + PAGES * PAGE, &stream);
	expect_eq("sharers", stream.nr_sharers, 1);
	expect_eq("pages", stream.nr_sharers ? stream.sharers[0].pages : 0, PAGES);
	expect_eq("pid", stream.nr_sharers ? stream.sharers[0].pid : 0, (uint64_t)-1);
	expect_str("comm", stream.nr_sharers ? stream.sharers[0].comm : "", "outside");
	child_ready();
	return failed();
}

/* Who has no number here has none. */
TEST_F(sharers, namespace)
{
	struct child child;

	if (unshare(CLONE_NEWPID))
		skip("no PID namespaces: %s", strerrorname_np(errno));
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	setting("/proc/self/comm", "outside");
	child_start(&child, inside, NULL);
	struct expected expected = { child.pid, memory, memory, PAGES };

	expect_sharers(getpid(), &expected, 1);
	if (child_end(&child))
		fail("the process inside failed");
}

/*
 * The text has the lines of maps and the records.  The file sharers: the first line of each area, as
 * maps has it, then its records.
 */
TEST_F(sharers, text)
{
	struct child child;
	struct area_list areas;
	char want[256], *line, *save, *moved = scene_place();
	struct bytes bytes;
	size_t heads = 0, found = 0;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&child, write_own, &(unsigned int){ 4 });
	if (mremap(memory, PAGES * PAGE, PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, moved) != moved)
		die("mremap: %s", strerror(errno));
	setting("/proc/self/comm", "a b\nc");
	if (door_text(child.pid, "sharers", &bytes))
		die("sharers cannot be read");
	door_areas(child.pid, &areas);
	snprintf(want, sizeof(want), "Sharer: pid=%d area=%lx-%lx first=%lx address=%lx pages=%d comm=a b\\012c",
		 getpid(), (long)moved, (long)(moved + PAGES * PAGE), (long)(memory + 37 * PAGE),
		 (long)(moved + 37 * PAGE), PAGES - 37);
	for (line = strtok_r(bytes.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (!strncmp(line, "Sharer: ", 8))
			found += !strcmp(line, want);
		else if (heads >= areas.nr || strcmp(line, areas.area[heads++].head))
			fail("not a line of maps: %s", line);
	}
	expect_eq("first lines of areas", heads, areas.nr);
	expect_eq("lines that say what they must", found, 1);
	child_kill(&child);
}

/* A page frame that a process maps. */
struct mapped {
	uint64_t pfn;
	uint64_t addr;
	pid_t pid;
};

struct mapped_list {
	struct mapped *page;
	size_t nr;
};

static int by_pfn(const void *a, const void *b)
{
	const struct mapped *x = a, *y = b;

	if (x->pfn != y->pfn)
		return x->pfn < y->pfn ? -1 : 1;
	return x->pid - y->pid;
}

static void add_pages(struct mapped_list *list, pid_t pid, const struct area *area)
{
	size_t nr = (area->end - area->start) / PAGE;
	uint64_t *entries = calloc(nr, sizeof(*entries));

	proc_pagemap(pid, (void *)area->start, nr, entries);
	list->page = reallocarray(list->page, list->nr + nr, sizeof(*list->page));
	for (size_t i = 0; i < nr; i++) {
		uint64_t pfn = PAGEMAP_PFN(entries[i]);

		if (entries[i] & PAGEMAP_PRESENT && !(proc_kpageflags(pfn) & 1ULL << KPF_ZERO_PAGE_BIT))
			list->page[list->nr++] = (struct mapped){ pfn, area->start + i * PAGE, pid };
	}
	free(entries);
}

/* All of a process but what the kernel has no reverse map of. */
static void add_process(struct mapped_list *list, pid_t pid)
{
	struct area_list areas;

	door_areas(pid, &areas);
	for (size_t i = 0; i < areas.nr; i++)
		if (!strstr(areas.area[i].head, "[vvar") && !strstr(areas.area[i].head, "[vdso]"))
			add_pages(list, pid, &areas.area[i]);
	area_list_free(&areas);
}

/* Pairs of a page in an area of @a and one of @b that are the same page frame. */
static uint64_t count_pairs(const struct mapped_list *list, pid_t a, const struct area *area, pid_t b)
{
	uint64_t pairs = 0;

	for (size_t i = 0, end; i < list->nr; i = end) {
		uint64_t in_a = 0, in_b = 0;

		for (end = i; end < list->nr && list->page[end].pfn == list->page[i].pfn; end++) {
			const struct mapped *page = &list->page[end];

			in_a += page->pid == a && page->addr >= area->start && page->addr < area->end;
			in_b += page->pid == b;
		}
		pairs += in_a * in_b;
	}
	return pairs;
}

/* Every area of @pid against the page frames of all others; how many it shares. */
static uint64_t compare_process(const struct mapped_list *list, pid_t pid, const pid_t *pids, size_t nr)
{
	struct stream stream;
	uint64_t sum = 0;

	door_stream(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS, &stream);
	for (size_t i = 0; i < stream.areas.nr; i++) {
		const struct area *area = &stream.areas.area[i];

		for (size_t j = 0; j < nr; j++) {
			uint64_t pairs = count_pairs(list, pid, area, pids[j]);
			uint64_t shared = count_shared(&stream, area->start, pids[j]);

			if (pids[j] != pid && shared != pairs)
				fail("of %d, %d shares %llu pages, pagemap says %llu: %s", pid, pids[j],
				     (unsigned long long)shared, (unsigned long long)pairs, area->head);
			sum += pids[j] != pid ? pairs : 0;
		}
	}
	stream_free(&stream);
	return sum;
}

/*
 * Everybody's sharers are those that pagemap shows.  The second witness: pagemap of everybody who stands
 * still.
 */
TEST_F(sharers, everybody)
{
	struct child children[FAMILY];
	struct mapped_list list = { 0 };
	pid_t pids[64];
	size_t nr;
	uint64_t sum = 0;

	start_family(children);
	nr = proc_users(pids, ARRAY_SIZE(pids));
	for (size_t i = 0; i < nr; i++)
		if (!proc_stop(pids[i]))
			pids[i--] = pids[--nr];
	for (size_t i = 0; i < nr; i++)
		add_process(&list, pids[i]);
	qsort(list.page, list.nr, sizeof(*list.page), by_pfn);
	for (size_t i = 0; i < nr; i++)
		sum += compare_process(&list, pids[i], pids, nr);
	for (size_t i = 0; i < nr; i++)
		proc_continue(pids[i]);
	for (unsigned int i = 0; i < FAMILY; i++)
		child_kill(&children[i]);
	note("%zu processes, %llu shared pages in pairs", nr, (unsigned long long)sum);
	if (nr < FAMILY + 2 || sum < 20 * PAGES)
		fail("there was too little to compare");
}

static uint64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000ULL + time.tv_nsec / 1000000;
}

/* Forks, moves, unmaps and exits, for ever. */
static int restless(void *arg)
{
	(void)arg;
	child_ready();
	for (unsigned int round = 0;; round++) {
		pid_t pid = fork();

		if (!pid) {
			scene_write(memory + round % PAGES * PAGE, 1);
			munmap(memory + round % 7 * 64 * PAGE, 64 * PAGE);
			mremap(memory + 512 * PAGE, 16 * PAGE, 16 * PAGE, MREMAP_MAYMOVE);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
	}
	return 0;
}

/* Who stands still is named with all its pages, whatever the others do. */
TEST_F(sharers, others_change)
{
	enum { CHURNS = 3 };
	struct child still, churn[CHURNS];
	uint64_t end = now_ms() + 4000;
	unsigned int reads = 0, others = 0;
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	sched_setaffinity(0, sizeof(all), &all);
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&still, wait_only, NULL);
	for (int i = 0; i < CHURNS; i++) {
		child_start(&churn[i], restless, NULL);
		if (write(churn[i].to, "g", 1) != 1)
			die("a child is gone");
	}
	for (; now_ms() < end; reads++) {
		struct stream stream;

		read_sharers(still.pid, memory, memory + PAGES * PAGE, &stream);
		expect_eq("pages of one that stands still", count_shared(&stream, 0, getpid()), PAGES);
		others += stream.nr_sharers - 1;
		stream_free(&stream);
	}
	for (int i = 0; i < CHURNS; i++)
		child_kill(&churn[i]);
	child_kill(&still);
	note("%u reads, %u records of others", reads, others);
	if (others < reads)
		fail("the others were seldom seen");
}

/* The target itself is cut to pieces: what is named is true of what was there. */
static int target_churns(void *arg)
{
	(void)arg;
	child_ready();
	for (unsigned int round = 0;; round++) {
		char *at = memory + round % 37 * 16 * PAGE;

		munmap(at, 8 * PAGE);
		mmap(at, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		mprotect(at + 8 * PAGE, PAGE << round % 3, round & 1 ? PROT_READ : PROT_READ | PROT_WRITE);
		madvise(at + 9 * PAGE, PAGE, MADV_DONTNEED);
	}
	return 0;
}

/* A target that changes all the time is read well. */
TEST_F(sharers, target_changes)
{
	uint64_t end = now_ms() + 3000;
	unsigned int reads = 0, changed = 0, named = 0;
	struct child child;
	cpu_set_t all;

	door_hold_budget("0");
	memset(&all, 0xff, sizeof(all));
	sched_setaffinity(0, sizeof(all), &all);
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&child, target_churns, NULL);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	for (; now_ms() < end; reads++) {
		struct stream stream;

		read_sharers(child.pid, memory, memory + PAGES * PAGE, &stream);
		if (count_shared(&stream, 0, getpid()) > PAGES)
			fail("more pages than there are");
		named += !!stream.nr_sharers;
		changed += stream.end.changed == VMAVIEW_CHANGED_YES;
		stream_free(&stream);
	}
	child_kill(&child);
	note("%u reads, %u while it changed", reads, changed);
	if (!named || !changed)
		fail("expected sharers in %u reads and changes, got %u and %u", reads, named, changed);
}

/* What is after the first piece comes and goes, in memory that is this process's first and its child's, too. */
static int end_churns(void *arg)
{
	char *at = memory + 512 * PAGE;

	(void)arg;
	mmap(memory, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	scene_write(memory, PAGES);
	if (!fork()) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pause();
	}
	child_ready();
	for (;;) {
		munmap(at, (PAGES - 512) * PAGE);
		mmap(at, (PAGES - 512) * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return 0;
}

/*
 * An area of which a part goes is said to have changed.  Where it goes while the first piece is looked
 * at, that piece is given, and says so.
 */
TEST_F(sharers, end_goes)
{
	uint64_t end = now_ms() + 20000;
	unsigned int reads = 0, cut = 0;
	struct child child;

	use_all_cpus();
	memory = scene_place();
	child_start(&child, end_churns, NULL);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	for (; now_ms() < end && !cut; reads++) {
		struct stream stream;

		read_sharers(child.pid, memory, memory + PAGES * PAGE, &stream);
		if (stream.nr_sharers && stream.sharers[0].flags & VMAVIEW_SHARER_CHANGED) {
			expect_eq("pages of the first piece", stream.sharers[0].pages, 512);
			expect_eq("changed", stream.end.changed, VMAVIEW_CHANGED_YES);
			cut++;
		}
		stream_free(&stream);
	}
	child_kill(&child);
	note("in the %uth read", reads);
	if (!cut)
		fail("never said to have changed");
}

SCENE_MAIN
