// SPDX-License-Identifier: GPL-2.0
/* space - where an address space ends, and what names it. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/machine.h"
#include "lib/program32.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"
#include "lib/verdict.h"

SCENE(space)

#define ADDRESS(number) ((const void *)(uintptr_t)(number))

static void expect_tool_end(pid_t pid, unsigned long address, const char *gap)
{
	struct command_result result;
	char args[64];

	snprintf(args, sizeof(args), "explain %d %lx", pid, address);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	if (!strstr(result.out.data, gap))
		fail("no '%s' in: %s", gap, result.out.data);
	command_free(&result);
}

/* The program has tried: the page below @end can be mapped, the one at @end cannot. */
static void ends_at(unsigned long persona, unsigned long end)
{
	struct vmaview_explain answer;
	struct area_list smaps;
	struct stream stream;
	struct child child;
	char gap[64];
	uint64_t last;

	program32_start(&child, persona, end);
	door_smaps(child.pid, &smaps);
	last = smaps.area[smaps.nr - 1].end;
	if (last >= end)
		die("its last area ends at %lx", (long)last);
	verdict_ask_pages(child.pid, ADDRESS(end - PAGE), 1, &answer);
	expect_eq("flags of the last gap", answer.flags, VMAVIEW_EXPLAIN_BELOW);
	expect_eq("start of the last gap", answer.start, last);
	expect_eq("end of the last gap", answer.end, end);
	expect_eq("the last page", answer.why[VMAVIEW_WRITE], VMAVIEW_WHY_GAP);
	verdict_ask_pages(child.pid, ADDRESS(end), 1, &answer);
	expect_eq("the first page beyond", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	expect_eq("what a read does there", answer.verdict[VMAVIEW_READ], VMAVIEW_SEGV_UNMAPPED);
	verdict_ask_pages(child.pid, ADDRESS(1UL << 46), 1, &answer);
	expect_eq("where only programs of 64 bits are", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	expect_eq("size of the task", stream.layout.task_size, end);
	snprintf(gap, sizeof(gap), "%lx", end);
	expect_tool_end(child.pid, end - PAGE, gap);
	child_kill(&child);
}

/* An address space of 32 bits ends below 4 GiB. */
TEST_F(space, end_of_32_bits)
{
	ends_at(PER_LINUX, PROGRAM32_END);
}

/* An address space of 32 bits ends at 3 GiB where that is asked for. */
TEST_F(space, end_of_3_gigabytes)
{
	ends_at(PER_LINUX | ADDR_LIMIT_3GB, PROGRAM32_END_3GB);
}

static uint64_t space_of(pid_t pid)
{
	struct stream stream;
	uint64_t space;

	door_stream(pid, VMAVIEW_WANT_MM, &stream);
	space = stream.begin.space;
	stream_free(&stream);
	return space;
}

static void need_numbers(void)
{
	if (!machine_numbers_spaces() && !space_of(getpid()))
		skip("nothing names an address space on this machine");
}

static int waits(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* Of who shares our memory: it may not use what belongs to this thread. */
static int pauses(void *arg)
{
	(void)arg;
	while (pause())
		;
	return 0;
}

static pid_t start_sharer(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	pid_t pid = clone(pauses, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);

	if (pid < 0)
		die("clone: %s", strerror(errno));
	return pid;
}

static void end_sharer(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Processes with one address space have one number. */
TEST_F(space, one_number)
{
	uint64_t own = space_of(getpid());
	pid_t sharer;

	need_numbers();
	sharer = start_sharer();
	if (!own)
		fail("it has no number");
	expect_eq("who shares the memory", space_of(sharer), own);
	expect_eq("its owner, again", space_of(getpid()), own);
	end_sharer(sharer);
}

/* Stands still until its child calls exec or ends, which that does not do. */
static void vforks(int ready)
{
	if (vfork() == 0 && write(ready, "r", 1) == 1)
		pauses(NULL);
	_exit(1);
}

static pid_t only_child_of(pid_t pid)
{
	struct bytes text;
	char path[64];
	pid_t child;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	if (slurp(path, &text) || !(child = atoi(text.data)))
		die("%s names no child", path);
	bytes_free(&text);
	return child;
}

/* A parent and its child between vfork and exec have one space. */
TEST_F(space, vfork_child)
{
	pid_t parent, child;
	int ready[2];
	char byte;

	need_numbers();
	if (pipe(ready))
		die("pipe: %s", strerror(errno));
	fflush(stdout);
	parent = fork();
	if (!parent)
		vforks(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		die("no child");
	child = only_child_of(parent);
	expect_eq("a child of vfork() and its parent", space_of(child), space_of(parent));
	kill(child, SIGKILL);
	end_sharer(parent);
}

/* A fork and an exec have numbers of their own. */
TEST_F(space, other_numbers)
{
	uint64_t own = space_of(getpid()), before, after;
	struct child child;

	need_numbers();
	child_start(&child, waits, NULL);
	before = space_of(child.pid);
	if (before == own)
		fail("a child of fork() has its parent's number");
	child_end(&child);
	child_start_program(&child);
	after = space_of(child.pid);
	if (after == own || after == before)
		fail("after exec the number is %lu, as that of another", (long)after);
	child_kill(&child);
}

SCENE_MAIN
