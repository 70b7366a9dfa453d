// SPDX-License-Identifier: GPL-2.0
/* debt - what writing costs is one number, in the view and in `vmaview cow`, whatever the pages are. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(debt)

enum { PAGES = 256, SOME = 6 };

static char *memory;
static pid_t child_pid;		/* 0: this process is looked at */

static pid_t whose(void)
{
	return child_pid ? child_pid : getpid();
}

/* The first word that a command prints, as a number; ~0 where there is none. */
static uint64_t number_of(const char *script)
{
	struct command command = { .program = "/bin/sh", .drop = -1 };
	char *const argv[] = { "sh", "-c", (char *)script, NULL };
	struct command_result result;
	uint64_t number;

	command_run(&command, argv, &result);
	expect_str(script, result.err.data, "");
	number = *result.out.data ? strtoull(result.out.data, NULL, 10) : ~0ULL;
	command_free(&result);
	return number;
}

/* The view and cow, and the other forms of the latter. */
enum { WAYS = 2, ALL_WAYS = 6 };

/* @debt bytes of the area in the range, in so many of the ways in which it can be asked for. */
static void expect_of_range(unsigned int nr, const char *start, size_t length, uint64_t debt)
{
	static const char *const ways[ALL_WAYS] = {
		"vmaview -r -n -b -o Debt -A %lx,%lx %d", "vmaview cow -r -n -b --areas -o Debt -A %lx,%lx %d",
		"vmaview cow -r -n -b -o Debt -A %lx,%lx %d",
		"vmaview cow -J -A %lx,%lx %d | jq .cow.processes[0].debt",
		"vmaview cow -J -A %lx,%lx %d | jq '[.cow.processes[0].areas[].debt] | add // 0'",
		"vmaview cow -r -n -b --watch=0.01 -A %lx,%lx %d | head -n 1 | cut -d' ' -f5",
	};

	for (unsigned int i = 0; i < nr; i++) {
		char script[256];
		uint64_t number;

		snprintf(script, sizeof(script), ways[i], (long)start, (long)start + length - 1, whose());
		number = number_of(script);
		/* An area that maps nothing has no row, and nothing to be copied. */
		if (debt || number != ~0ULL)
			expect_eq(script, number, debt);
	}
}

static void expect_debt(size_t length, uint64_t debt)
{
	struct area area;

	look(whose(), memory, &area);
	expect_eq("Cow_Debt", area.value[COW_DEBT] * 1024, debt);
	expect_of_range(WAYS, memory, length, debt);
}

static void expect_pages(size_t pages)
{
	expect_debt(PAGES * PAGE, pages * PAGE);
}

/* The zero page is written by copying it. */
TEST_F(debt, zeros)
{
	memory = scene_anon(PAGES);
	scene_read(memory, PAGES);
	expect_pages(PAGES);
	scene_write(memory, SOME);
	scene_drain();
	expect_pages(PAGES - SOME);
	expect_of_range(ALL_WAYS, memory, PAGES * PAGE, (PAGES - SOME) * PAGE);
	/* Of the whole area also where a page of it is asked for. */
	expect_of_range(WAYS, memory + PAGE, 1, (PAGES - SOME) * PAGE);
}

/* The huge zero page is written by copying it. */
TEST_F(debt, huge_zeros)
{
	struct area area;

	scene_thp();
	setting("/sys/kernel/mm/transparent_hugepage/use_zero_page", "1");
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(memory, HUGE, MADV_HUGEPAGE);
	scene_read(memory, 1);
	look(getpid(), memory, &area);
	if (area.value[LEAVES_2M] != 1)
		skip("no huge zero page");
	expect_debt(HUGE, HUGE);
}

/* A process's own memory costs nothing. */
TEST_F(debt, own)
{
	memory = scene_anon(PAGES);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_write(memory, PAGES);
	scene_drain();
	expect_pages(0);
}

static int write_some(void *arg)
{
	(void)arg;
	scene_write(memory, SOME);
	child_ready();
	return 0;
}

/* What it has in common with a child costs each of them. */
TEST_F(debt, forked)
{
	struct child child;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
	child_start(&child, write_some, NULL);
	scene_drain();
	expect_pages(PAGES - SOME);
	child_pid = child.pid;
	expect_pages(PAGES - SOME);
	child_kill(&child);
}

static void private_file(int fd)
{
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
	scene_read(memory, PAGES);
	expect_pages(PAGES);
	scene_write(memory, SOME);
	scene_drain();
	expect_pages(PAGES - SOME);
}

/* The page cache of a private mapping is copied. */
TEST_F(debt, page_cache)
{
	private_file(scene_file(scene_ext4(), PAGES));
}

/* Shared memory is, of a private one, and of a shared one is not. */
TEST_F(debt, shared_memory)
{
	private_file(scene_memfd(PAGES, 0));
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, scene_memfd(PAGES, 0));
	scene_write(memory, PAGES);
	expect_pages(0);
}

/* /dev/zero is memory like any other. */
TEST_F(debt, dev_zero)
{
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, open("/dev/zero", O_RDWR | O_CLOEXEC));
	scene_read(memory, PAGES);
	expect_pages(PAGES);
}

static unsigned long full_scans(void)
{
	const char *text = setting_get("/sys/kernel/mm/ksm/full_scans");

	return text ? strtoul(text, NULL, 10) : 0;
}

static void merge(int byte)
{
	const struct timespec tick = { .tv_nsec = 5000000 };
	unsigned long start;

	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "10000");
	memory = scene_anon(PAGES);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	if (madvise(memory, PAGES * PAGE, MADV_MERGEABLE))
		skip("this kernel has no KSM");
	memset(memory, byte, PAGES * PAGE);
	setting("/sys/kernel/mm/ksm/run", "1");
	start = full_scans();
	for (int tries = 0; tries < 2000 && full_scans() < start + 3; tries++)
		nanosleep(&tick, NULL);		/* polling: ksmd tells nobody */
	setting("/sys/kernel/mm/ksm/run", "0");
	scene_drain();
}

/* Pages that KSM has merged are copied. */
TEST_F(debt, merged)
{
	struct area area;

	merge('k');
	look(getpid(), memory, &area);
	expect_eq("Cow_Source", area.value[COW_SOURCE] * 1024, PAGES * PAGE);
	expect_pages(PAGES);
}

/*
 * Zero pages that KSM has put in place of others are owed, too.  Merged into the zero page, not into one
 * of KSM's own.
 */
TEST_F(debt, merged_zeros)
{
	struct area area;

	if (!setting("/sys/kernel/mm/ksm/use_zero_pages", "1"))
		skip("this kernel has no KSM");
	merge(0);
	look(getpid(), memory, &area);
	expect_eq("Rss", area.value[RSS], 0);
	expect_pages(PAGES);
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* Huge pages of hugetlbfs are copied whole. */
TEST_F(debt, hugetlb)
{
	struct child child;

	scene_hugetlb(2);
	memory = scene_map(2 * HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	scene_write(memory, 1);
	memory[HUGE] = 1;
	child_start(&child, wait_there, NULL);
	expect_debt(2 * HUGE, 2 * HUGE);
	child_kill(&child);
}

/* Memory without a struct page is copied where a private mapping is written: the machine's first MiB. */
TEST_F(debt, no_page)
{
	int fd = open("/dev/mem", O_RDWR | O_CLOEXEC);

	memory = fd < 0 ? MAP_FAILED : mmap(scene_place(), 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0xf0000);
	if (memory == MAP_FAILED)
		skip("this kernel maps no /dev/mem");
	/* By the first page fork() and munmap() find what was mapped: get_pat_info() in arch/x86. */
	scene_write(memory + PAGE, SOME);
	scene_drain();
	expect_debt(16 * PAGE, (16 - SOME) * PAGE);
}

SCENE_MAIN
