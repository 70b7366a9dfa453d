// SPDX-License-Identifier: GPL-2.0
/*
 * why_forks - why a write after a fork copies: who holds the page, as `vmaview why` says, and what the write does
 * before and after that holder lets go.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(why_forks)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS, PAGES = 8, WRITTEN = 3 };

static char *memory;

static int writes_some(void *arg)
{
	(void)arg;
	scene_write(memory, WRITTEN);
	child_ready();
	return 0;
}

static int stays(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

static void make_memory(void)
{
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
}

/* Columns Address, Size, Reason, HeldBy, Mapped and Unfound of [@addr, @addr + @pages), as raw output has them. */
static void expect_rows(pid_t pid, const char *addr, size_t pages, const char *want)
{
	char args[200];

	snprintf(args, sizeof(args), "why -n -r -Q question==forks -o Address,Kbytes,Reason,HeldBy,Mapped,Unfound "
		 "-A %lx,%lx %d", (long)addr, (long)(addr + pages * PAGE - 1), pid);
	tool_expect(args, want);
}

static uint64_t frame_of(const char *addr)
{
	return PAGEMAP_PFN(proc_page(addr));
}

/* The next write to @addr copies its page, or does not. */
static void expect_write(const char *what, char *addr, bool copies)
{
	uint64_t before = frame_of(addr);

	scene_write(addr, 1);
	expect_eq(what, frame_of(addr) != before, copies);
}

/* Two children, one of which has written some; the first of them ends, then the second. */
TEST_F(why_forks, children)
{
	struct child first, second;
	char want[256], args[128];
	const char *rest;

	make_memory();
	rest = memory + WRITTEN * PAGE;
	child_start(&first, writes_some, NULL);
	child_start(&second, stays, NULL);
	snprintf(want, sizeof(want), "%016lx %lu mapped %d 2 0\n%016lx %lu mapped %d\\x20%d 3 0\n", (long)memory,
		 WRITTEN * PAGE / 1024, second.pid, (long)rest, (PAGES - WRITTEN) * PAGE / 1024, first.pid, second.pid);
	expect_rows(getpid(), memory, PAGES, want);
	snprintf(want, sizeof(want), "%016lx %lu mapped %d 2 0\n%016lx %lu mapped %d\\x20%d 3 0\n", (long)memory,
		 WRITTEN * PAGE / 1024, getpid(), (long)rest, (PAGES - WRITTEN) * PAGE / 1024, getpid(), first.pid);
	expect_rows(second.pid, memory, PAGES, want);
	snprintf(args, sizeof(args), "why -J %d %lx", getpid(), (long)memory);
	snprintf(want, sizeof(want), "\"reason\":\"mapped\",\"memory\":4096,\"held_by\":[\"%d\"],\"mapped\":2,"
		 "\"unfound\":0,\"may_hold\":[],", second.pid);
	tool_expect_part(args, want);
	expect_write("a page of two", memory, true);
	expect_write("a page of three", memory + WRITTEN * PAGE, true);
	expect_eq("second", child_end(&second), 0);
	snprintf(want, sizeof(want), "%016lx %lu mapped %d 2 0\n", (long)rest + PAGE,
		 (PAGES - WRITTEN - 1) * PAGE / 1024, first.pid);
	expect_rows(getpid(), memory, PAGES, want);
	expect_write("a page that only the second had, which has ended", memory + PAGE, false);
	expect_write("a page that the first has", memory + (WRITTEN + 1) * PAGE, true);
	expect_eq("first", child_end(&first), 0);
	expect_rows(getpid(), memory, PAGES, "");
	expect_write("a page that nobody has any more", memory + (WRITTEN + 2) * PAGE, false);
}

static char *moved_to;

static int moves(void *arg)
{
	(void)arg;
	if (mremap(memory, PAGES * PAGE, PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, moved_to) != moved_to)
		return 1;
	child_ready();
	return 0;
}

/* The child has them elsewhere. */
TEST_F(why_forks, moved)
{
	struct child child;
	char want[128];

	make_memory();
	moved_to = scene_place();
	child_start(&child, moves, NULL);
	snprintf(want, sizeof(want), "%016lx %lu mapped %d 2 0\n", (long)memory, PAGES * PAGE / 1024, child.pid);
	expect_rows(getpid(), memory, PAGES, want);
	expect_write("moved there", memory, true);
	expect_eq("child", child_end(&child), 0);
	expect_write("moved, and gone", memory + PAGE, false);
}

/* A pipe has the first page, from before a fork whose child is gone. */
static void pipe_holds(int ends[2])
{
	struct child child;
	struct iovec vector;

	make_memory();
	vector = (struct iovec){ memory, PAGE };
	child_start(&child, stays, NULL);
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	expect_eq("child", child_end(&child), 0);
	scene_drain();
}

/* Nobody maps it any more. */
TEST_F(why_forks, references)
{
	char want[128], args[128];
	int ends[2];

	pipe_holds(ends);
	snprintf(want, sizeof(want), "%016lx 4 references . 1 0\n", (long)memory);
	expect_rows(getpid(), memory, PAGES, want);
	snprintf(args, sizeof(args), "why -n -r -Q question==forks -o Right %d %lx", getpid(), (long)memory);
	snprintf(want, sizeof(want), "%d,%d\n", ends[0], ends[1]);
	tool_expect_part(args, "pipe:");
	tool_expect_part(args, want);
	close(ends[0]);
	close(ends[1]);
	scene_drain();
	expect_rows(getpid(), memory, PAGES, "");
	expect_write("what nobody holds", memory, false);
}

TEST_F(why_forks, held)
{
	int ends[2];

	pipe_holds(ends);
	expect_write("what a pipe holds", memory, true);
	expect_write("what nobody holds", memory + PAGE, false);
}

TEST_F(why_forks, huge)
{
	struct child child;
	char want[128];

	memory = scene_huge_page();
	scene_drain();
	child_start(&child, stays, NULL);
	snprintf(want, sizeof(want), "%016lx 2048 mapped %d 2 0\n", (long)memory, child.pid);
	expect_rows(getpid(), memory, HUGE / PAGE, want);
	expect_eq("child", child_end(&child), 0);
	expect_rows(getpid(), memory, HUGE / PAGE, "");
	expect_write("a huge page that nobody has any more", memory, false);
}

TEST_F(why_forks, hugetlb)
{
	struct child child;
	char want[128];

	scene_hugetlb(2);
	memory = scene_map(HUGE, RW, ANON | MAP_HUGETLB, -1);
	scene_write(memory, 1);
	child_start(&child, stays, NULL);
	snprintf(want, sizeof(want), "%016lx 2048 mapped %d 2 0\n", (long)memory, child.pid);
	expect_rows(getpid(), memory, HUGE / PAGE, want);
	expect_write("hugetlb of two", memory, true);
	expect_rows(getpid(), memory, HUGE / PAGE, "");
	expect_eq("child", child_end(&child), 0);
}

SCENE_MAIN
