// SPDX-License-Identifier: GPL-2.0
/*
 * holds - whatever a walk meets, a hold of the lock ends when its time is up.  Here that is always, and
 * asked after each 128 entries: the receipt counts the holds that a piece of memory adds to a walk.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/ktap.h"
#include "lib/scene.h"
#include "lib/setting.h"

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

	if (!setting("/sys/module/vmaview/parameters/hold_budget_us", "0"))
		die("the module has no hold_budget_us");
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

static void tables(void)
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

/* Eight entries that are none are one step. */
static void emptied(void)
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

static void hugetlb(void)
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

static void shared_file(void)
{
	file(MAP_SHARED);
}

static void private_file(void)
{
	file(MAP_PRIVATE);
}

static const struct ktap_test tests[] = {
	{ "in tables of pages", tables },
	{ "in tables that have been emptied", emptied },
	{ "in hugetlb", hugetlb },
	{ "in a file of which swapped pages are counted, mapped shared", shared_file },
	{ "in one that is mapped privately", private_file },
};

KTAP_MAIN(tests)
