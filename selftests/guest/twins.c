// SPDX-License-Identifier: GPL-2.0
/* twins - two processes with one address space: cow says so, and counts it once. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(twins)

enum { PAGES = 40 };

static char *memory;

/* It may use nothing that belongs to the other's thread. */
static int pauses(void *arg)
{
	(void)arg;
	while (pause())
		;
	return 0;
}

static pid_t start_twin(int flags)
{
	static char stacks[2][65536] __attribute__((aligned(16)));
	static int used;
	pid_t pid = clone(pauses, stacks[used] + sizeof(stacks[0]), CLONE_VM | flags | SIGCHLD, NULL);

	used++;
	if (pid < 0)
		die("clone: %s", strerror(errno));
	return pid;
}

static void end_twin(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static int write_some(void *arg)
{
	scene_write(memory, *(size_t *)arg);
	child_ready();
	return 0;
}

static void run(const char *options, const pid_t *pids, size_t nr, struct command_result *result)
{
	char args[256];
	int used = snprintf(args, sizeof(args), "cow %s -A %lx,%lx", options, (long)memory,
			    (long)memory + PAGES * PAGE - 1);

	for (size_t i = 0; i < nr; i++)
		used += snprintf(args + used, sizeof(args) - used, " %d", pids[i]);
	tool_run(args, result);
	expect_eq(args, result->status, 0);
}

static void expect_in(const char *text, const char *want)
{
	if (!strstr(text, want))
		fail("no '%s' in: %s", want, text);
}

/* Processes with one address space are one in all sums, and said to be. */
TEST_F(twins, counted_once)
{
	pid_t pids[] = { getpid(), 0, 0, getpid() };
	struct command_result result;
	char want[256];

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	pids[1] = start_twin(0);
	pids[2] = start_twin(CLONE_FILES);
	run("-b", pids, ARRAY_SIZE(pids), &result);
	snprintf(want, sizeof(want), "\nPID %d has the address space of PID %d, where it is counted\n"
		 "PID %d has the address space of PID %d, where it is counted\n"
		 "3 processes with 1 address space map %lu bytes: %lu of one alone; 0 of it others map, too\n",
		 pids[1], getpid(), pids[2], getpid(), PAGES * PAGE, PAGES * PAGE);
	expect_in(result.out.data, want);
	command_free(&result);
	run("-b -r -n -o Pid,Mapped,Unique,Shared,Debt", pids, ARRAY_SIZE(pids), &result);
	snprintf(want, sizeof(want), "%d %lu %lu 0 0\n", getpid(), PAGES * PAGE, PAGES * PAGE);
	expect_str("rows", result.out.data, want);
	snprintf(want, sizeof(want), "PID %d has the address space of PID %d, where it is counted\n", pids[2],
		getpid());
	expect_in(result.err.data, want);
	command_free(&result);
	end_twin(pids[1]);
	end_twin(pids[2]);
}

/* What is not text of its own is the same without blanks. */
static void squeeze(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (*text != ' ' && *text != '\n')
			*to++ = *text;
	*to = '\0';
}

/* JSON names the others. */
TEST_F(twins, in_json)
{
	pid_t pids[] = { getpid(), 0 };
	struct command_result result;
	char want[128];

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	pids[1] = start_twin(0);
	run("-J", pids, 2, &result);
	squeeze(result.out.data);
	snprintf(want, sizeof(want), "\"same_space\":[%d],\"mapped\":%lu,\"unique\":%lu,", pids[1], PAGES * PAGE,
		 PAGES * PAGE);
	expect_in(result.out.data, want);
	command_free(&result);
	run("-J", pids, 1, &result);
	squeeze(result.out.data);
	expect_in(result.out.data, "\"same_space\":[],");
	command_free(&result);
	end_twin(pids[1]);
}

/*
 * A child of one of them is a child of what both have.  The child of a twin is a child of the space that
 * both have; of two twins named alone, the first has the row.
 */
TEST_F(twins, family_of_a_twin)
{
	struct command_result result;
	struct child child;
	size_t own = 7;
	pid_t pids[3];
	char want[256];

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
	child_start(&child, write_some, &own);
	pids[0] = start_twin(0);
	pids[1] = getpid();
	pids[2] = child.pid;
	run("-b -r -n -o Pid,Parent,Mapped,Unique,Same,Copied", pids, 3, &result);
	snprintf(want, sizeof(want), "%d - %lu %lu - -\n%d %d %lu %lu %lu %lu\n", pids[0], PAGES * PAGE, own * PAGE,
		 child.pid, pids[0], PAGES * PAGE, own * PAGE, (PAGES - own) * PAGE, own * PAGE);
	expect_str("rows", result.out.data, want);
	command_free(&result);
	end_twin(pids[0]);
	child_kill(&child);
}

/* A tree finds them. */
TEST_F(twins, in_a_tree)
{
	struct command_result result;
	char args[128], want[64];
	pid_t twin;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	twin = start_twin(0);
	snprintf(args, sizeof(args), "cow -b -A %lx,%lx --tree %d", (long)memory, (long)memory + PAGES * PAGE - 1,
		 getpid());
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	snprintf(want, sizeof(want), "PID %d has the address space of PID %d", twin, getpid());
	expect_in(result.out.data, want);
	command_free(&result);
	end_twin(twin);
}

SCENE_MAIN
