// SPDX-License-Identifier: GPL-2.0
/*
 * why_ksm - why KSM has merged nothing: what `vmaview why` says of pages that are equal, and what ksmd does with them
 * before and after the reason is taken away.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67
#endif

SCENE(why_ksm)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS, PAGES = 8 };

#define KSM "/sys/kernel/mm/ksm/"

/* Columns Reason, Memory and Flags of @pages from @addr on, as raw output has them; "": nothing is to be said. */
static void expect_why(pid_t pid, const char *addr, size_t pages, const char *want)
{
	char args[160], line[160];

	snprintf(args, sizeof(args), "why -n -r -Q question==ksm -o Reason,Memory,Flags -A %lx,%lx %d", (long)addr,
		 (long)(addr + pages * PAGE - 1), pid);
	snprintf(line, sizeof(line), *want ? "%s\n" : "", want);
	tool_expect(args, line);
}

/* The same of @pages of this process, where flags do not matter. */
static void expect_reason(const char *addr, const char *reason, unsigned int pages)
{
	char want[64];

	snprintf(want, sizeof(want), "%s %lu .", reason, pages * PAGE / 1024);
	expect_why(getpid(), addr, pages, want);
}

/* Before 6.6 a child begins with what ksmd has counted of its parent. */
static bool count_is_inherited(void)
{
	char stat[512] = "";
	FILE *file = fopen("/proc/self/ksm_stat", "re");

	if (file) {
		stat[fread(stat, 1, sizeof(stat) - 1, file)] = '\0';
		fclose(file);
	}
	return !strstr(stat, "ksm_zero_pages");
}

/* Of pages that ksmd has looked at: @reason where nobody doubts that they are this process's. */
static void expect_scanned(const char *addr, const char *reason)
{
	expect_reason(addr, count_is_inherited() ? "maybe-unequal" : reason, PAGES);
}

static unsigned long number_in(const char *name)
{
	const char *number;
	char path[64];

	snprintf(path, sizeof(path), KSM "%s", name);
	number = setting_get(path);
	return number ? strtoul(number, NULL, 10) : 0;
}

/* Another number of milliseconds wakes it: it looks once at all there is, and sleeps for many minutes. */
static void wake_ksmd(void)
{
	static unsigned int milliseconds = 1000000;
	FILE *file = fopen(KSM "sleep_millisecs", "w");

	if (!file || fprintf(file, "%u", ++milliseconds) < 0 || fclose(file))
		die("sleep_millisecs: %s", strerror(errno));
}

static void await_ksmd(void)
{
	pid_t pid = proc_named("ksmd");

	while (proc_state(pid) != 'S')
		usleep(1000);	/* polling: the state has no event to wait for */
}

/* ksmd looks at all pages once; it leaves those alone whose bytes were not the same when it looked last. */
static void look_once(void)
{
	unsigned long before = number_in("full_scans");

	while (number_in("full_scans") == before) {
		wake_ksmd();
		await_ksmd();
	}
}

/* What can be merged is. */
static void look_often(void)
{
	for (int i = 0; i < 3; i++)
		look_once();
}

/* It sleeps, and looks at nothing but when it is woken. */
static void begin_ksmd(const char *run)
{
	setting(KSM "smart_scan", "0");
	setting(KSM "advisor_mode", "none");
	setting(KSM "pages_to_scan", "1000000");
	setting(KSM "sleep_millisecs", "1000000");
	if (!setting(KSM "run", run))
		die("ksm/run: %s", strerror(errno));
	await_ksmd();
}

static void same(char *addr, size_t pages)
{
	memset(addr, 'k', pages * PAGE);
}

/* No two pages alike, nor like any others. */
static void different(char *addr, size_t pages)
{
	static uint64_t number;

	for (size_t i = 0; i < pages; i++)
		*(uint64_t *)(addr + i * PAGE) = ++number;
}

static void advise(char *addr, size_t pages)
{
	if (madvise(addr, pages * PAGE, MADV_MERGEABLE))
		die("MADV_MERGEABLE: %s", strerror(errno));
}

/* Pages that are alike, and that nobody holds; KSM may have them if @advised. */
static char *alike(bool advised)
{
	char *addr = scene_anon(PAGES);

	same(addr, PAGES);
	if (advised)
		advise(addr, PAGES);
	scene_drain();
	return addr;
}

/* By pagemap: how many of the pages have the frame of the first one? */
static size_t in_one(const char *addr, size_t pages)
{
	uint64_t entries[PAGES];
	size_t nr = 0;

	proc_pagemap(getpid(), addr, pages, entries);
	for (size_t i = 0; i < pages; i++)
		nr += entries[i] & PAGEMAP_PRESENT && PAGEMAP_PFN(entries[i]) == PAGEMAP_PFN(entries[0]);
	return nr;
}

/* It has the @reason, and ksmd merges none of it, while it merges what else may be. */
static void expect_left(const char *addr, const char *reason, unsigned int pages)
{
	char *others = alike(true);

	expect_reason(addr, reason, pages);
	look_often();
	expect_eq("others in one frame", in_one(others, PAGES), PAGES);
	expect_eq("in one frame", in_one(addr, 2), 1);
	expect_reason(addr, reason, pages);
	munmap(others, PAGES * PAGE);
}

/* The reason was taken away. */
static void expect_merged(const char *addr)
{
	look_often();
	expect_eq("in one frame", in_one(addr, PAGES), PAGES);
	expect_why(getpid(), addr, PAGES, "");
}

/* ksmd is stopped, as it is by itself; runs; and takes apart what it has merged. */
TEST_F(why_ksm, run)
{
	char *addr = alike(true), args[128];

	if (access(KSM "run", F_OK)) {
		expect_reason(addr, "ksm-off", PAGES);
		skip("this kernel has no KSM");
	}
	begin_ksmd("0");
	expect_reason(addr, "ksm-stopped", PAGES);
	snprintf(args, sizeof(args), "why -J -A %lx,%lx %d", (long)addr, (long)(addr + PAGES * PAGE - 1), getpid());
	tool_expect_part(args, "\"reason\":\"ksm-stopped\",\"memory\":32768,\"flags\":[],");
	tool_expect_part(args, "\"ksm-stopped\":32768");
	tool_expect_part(args, "\"merged_bytes\":0,\"ksmd\":{\"run\":\"stopped\",");
	setting(KSM "run", "1");
	expect_merged(addr);
	snprintf(args, sizeof(args), "why -J -A %lx,%lx %d", (long)addr, (long)(addr + PAGES * PAGE - 1), getpid());
	tool_expect_part(args, "\"ksm\":[]");
	tool_expect_part(args, "\"merged_bytes\":32768,\"ksmd\":{\"run\":\"runs\",\"pages\":8,");
	setting(KSM "run", "2");
	expect_eq("in one frame, taken apart", in_one(addr, PAGES), 1);
	expect_reason(addr, "ksm-unmerges", PAGES);
	setting(KSM "run", "1");
	expect_merged(addr);
}

TEST_F(why_ksm, advice)
{
	char *addr = alike(false);

	begin_ksmd("1");
	expect_left(addr, "not-advised", PAGES);
	advise(addr, PAGES);
	expect_merged(addr);
	if (madvise(addr, PAGES * PAGE, MADV_UNMERGEABLE))
		die("MADV_UNMERGEABLE: %s", strerror(errno));
	expect_left(addr, "not-advised", PAGES);
}

TEST_F(why_ksm, process)
{
	char *addr = alike(false);

	begin_ksmd("1");
	expect_left(addr, "not-advised", PAGES);
	if (prctl(PR_SET_MEMORY_MERGE, 1, 0, 0, 0))
		skip("this kernel cannot be asked to merge all memory of a process");
	expect_merged(addr);
	prctl(PR_SET_MEMORY_MERGE, 0, 0, 0, 0);
	expect_left(addr, "not-advised", PAGES);
}

/* The advice is taken, and ignored; the same bytes in a private mapping are merged. */
TEST_F(why_ksm, shared)
{
	char *addr = scene_map(PAGES * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1);

	begin_ksmd("1");
	same(addr, PAGES);
	advise(addr, PAGES);
	scene_drain();
	expect_left(addr, "shared", PAGES);
	if (mmap(addr, PAGES * PAGE, RW, ANON | MAP_FIXED, -1, 0) != addr)
		die("mmap: %s", strerror(errno));
	same(addr, PAGES);
	advise(addr, PAGES);
	scene_drain();
	expect_merged(addr);
}

/* So it is with an area of hugetlb. */
TEST_F(why_ksm, special)
{
	char *addr, *others;

	scene_hugetlb(1);
	begin_ksmd("1");
	addr = scene_map(HUGE, RW, ANON | MAP_HUGETLB, -1);
	same(addr, HUGE / PAGE);
	advise(addr, HUGE / PAGE);
	expect_why(getpid(), addr, HUGE / PAGE, "special 2048 dontexpand\\x20hugetlb");
	others = alike(true);
	expect_merged(others);
	expect_eq("in one frame", in_one(addr, PAGES), 1);
	expect_why(getpid(), addr, HUGE / PAGE, "special 2048 dontexpand\\x20hugetlb");
}

/* Pages of a file are read, and then written: what is private from then on is merged. */
TEST_F(why_ksm, file)
{
	char *addr;

	begin_ksmd("1");
	addr = scene_map(PAGES * PAGE, RW, MAP_PRIVATE, scene_memfd(PAGES, 0));
	advise(addr, PAGES);
	scene_read(addr, PAGES);
	expect_left(addr, "not-anonymous", PAGES);
	same(addr, PAGES);
	scene_drain();
	expect_merged(addr);
}

TEST_F(why_ksm, swapped)
{
	char *addr;

	scene_swap();
	begin_ksmd("1");
	addr = alike(true);
	scene_page_out(addr, PAGES);
	expect_reason(addr, "swapped", PAGES);
	look_often();
	expect_reason(addr, "swapped", PAGES);
	scene_read(addr, PAGES);
	scene_drain();
	expect_merged(addr);
}

/* A pipe has a reference to one page of them, the last that ksmd comes to: others would wait for the first. */
TEST_F(why_ksm, held)
{
	struct iovec vector;
	char *addr, *last;
	int ends[2];

	begin_ksmd("1");
	addr = alike(true);
	last = addr + (PAGES - 1) * PAGE;
	vector = (struct iovec){ last, PAGE };
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	expect_reason(last, "held", 1);
	look_often();
	expect_eq("in one frame, but for the one that is held", in_one(addr, PAGES), PAGES - 1);
	expect_reason(last, "held", 1);
	expect_why(getpid(), addr, PAGES - 1, "");
	close(ends[0]);
	close(ends[1]);
	scene_drain();
	expect_merged(addr);
}

static char *childs;

static int makes_alike(void *arg)
{
	(void)arg;
	same(childs, PAGES);
	scene_drain();
	child_ready();
	return 0;
}

/* ksmd sleeps, and has looked at the parent before: not at the child, and at less than there is now of the parent. */
TEST_F(why_ksm, not_scanned)
{
	struct child child;
	char want[64], *addr;

	begin_ksmd("1");
	childs = scene_anon(PAGES);
	advise(childs, PAGES);
	addr = alike(true);
	look_often();
	child_start(&child, makes_alike, NULL);
	snprintf(want, sizeof(want), "ksm-%snot-scanned %lu .", count_is_inherited() ? "maybe-" : "",
		 PAGES * PAGE / 1024);
	expect_why(child.pid, childs, PAGES, want);
	addr = alike(true);
	expect_reason(addr, "ksm-maybe-not-scanned", PAGES);
	expect_merged(addr);
	expect_why(child.pid, childs, PAGES, "");
	expect_eq("child", child_end(&child), 0);
}

/* Other bytes whenever ksmd looks; then the same, but in no two pages; then in all of them. */
TEST_F(why_ksm, bytes)
{
	char *addr, *quiet;

	begin_ksmd("1");
	addr = alike(true);
	for (int i = 0; i < 3; i++) {
		different(addr, PAGES);
		look_once();
	}
	expect_scanned(addr, "volatile");
	expect_eq("in one frame, volatile", in_one(addr, PAGES), 1);
	quiet = scene_anon(PAGES);
	different(quiet, PAGES);
	advise(quiet, PAGES);
	scene_drain();
	for (int i = 0; i < 3; i++) {
		different(addr, PAGES);
		look_once();
	}
	expect_reason(addr, "maybe-unequal", PAGES);
	expect_reason(quiet, "maybe-unequal", PAGES);
	look_often();
	expect_scanned(addr, "unequal");
	expect_eq("in one frame, unequal", in_one(addr, PAGES), 1);
	same(addr, PAGES);
	scene_drain();
	expect_merged(addr);
	expect_scanned(quiet, "unequal");
}

/* What ksmd has passed over is no more than a guess. */
TEST_F(why_ksm, smart)
{
	char *addr;

	if (access(KSM "smart_scan", F_OK))
		skip("ksmd passes over no pages");
	begin_ksmd("1");
	setting(KSM "smart_scan", "1");
	addr = scene_anon(PAGES);
	different(addr, PAGES);
	advise(addr, PAGES);
	scene_drain();
	for (unsigned long before = number_in("pages_skipped"); number_in("pages_skipped") == before; )
		look_once();
	expect_reason(addr, "maybe-unequal", PAGES);
}

SCENE_MAIN
