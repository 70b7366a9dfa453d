// SPDX-License-Identifier: GPL-2.0
/* other_proc - where the PIDs of /proc are not those of the tool, whatever takes a PID is refused. */
#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(other_proc)

/* 1 is a process in each namespace; each of these would have an answer. */
static const char *const verbs[] = {
	"1", "-J 1", "-r 1", "pages 1", "cow 1", "cow --tree 1", "cow --watch 1 1", "explain 1 0", "explain 1 stack",
	"record -f /tmp/other_proc.vmav 1", "sharers 1", "pins 1", "reclaim 1", "verify 1", "faults --count 1 1",
	"layout 1", "layout 1 0+1", "tables 1", "uffd 1", "pmap 1", "pmap -x 1", "/proc/1",
};

static void expect_all_refused(const char *why, const char *state)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		tool_expect_refused(verbs[i], 1, why);
	if (!access("/tmp/other_proc.vmav", F_OK))
		fail("record has left a file");
	tool_expect_part_of("status -r -n", 3, state);
	if (!access("/sys/kernel/btf/vmlinux", F_OK))
		tool_expect_part("tables --structs", "");
	tool_expect_part("--from /tmp/other_proc.saved -r -n -o Pid,Address", "1 ");
}

static void save(void)
{
	tool_expect_part("record -f /tmp/other_proc.saved 1", "");
}

static void own_mounts(int flags)
{
	if (unshare(CLONE_NEWNS | flags) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("unshare: %s", strerror(errno));
}

static int inside_old(void *arg)
{
	(void)arg;
	expect_eq("own PID", getpid(), 1);
	expect_all_refused("another PID namespace's", "proc no another\\x20PID\\x20namespace's");
	return failed();
}

/* In a PID namespace with the /proc of the one above, nothing takes a PID. */
TEST_F(other_proc, others)
{
	struct child child;

	save();
	own_mounts(CLONE_NEWPID);
	child_start(&child, inside_old, NULL);
	if (child_end(&child))
		fail("not all of it, inside");
}

static int inside_new(void *arg)
{
	(void)arg;
	if (mount("proc", "/proc", "proc", 0, NULL))
		die("proc: %s", strerror(errno));
	tool_expect_part("-r -n -o Address 1", "0000");
	tool_expect_part("verify 1", "no difference");
	tool_expect_part("status -r -n", "proc ok of\\x20this\\x20PID\\x20namespace");
	child_ready();
	return failed();
}

/* In the namespace above, with mounts that are the test's, too. */
static int above_new(void *arg)
{
	int status = -1;
	pid_t pid;

	if (unshare(CLONE_NEWPID))
		die("unshare: %s", strerror(errno));
	pid = fork();
	if (!pid)
		_exit(inside_new(arg));
	waitpid(pid, &status, 0);
	return status;
}

/* The /proc of a namespace below is not taken.  It does not know us: /proc/self leads nowhere. */
TEST_F(other_proc, child_namespace)
{
	struct child child;

	save();
	own_mounts(0);
	child_start(&child, above_new, NULL);
	expect_all_refused("another PID namespace's", "proc no another\\x20PID\\x20namespace's");
	if (child_end(&child))
		fail("not all of it, inside");
}

/* Without /proc nothing takes a PID. */
TEST_F(other_proc, not_mounted)
{
	save();
	own_mounts(0);
	umount2("/proc", MNT_DETACH);
	if (mount("none", "/proc", "tmpfs", 0, NULL))
		die("tmpfs: %s", strerror(errno));
	expect_all_refused("/proc is not mounted", "proc no not\\x20mounted");
	tool_expect_part_of("status -J", 3, "\"proc\"");
}

/* /proc of this PID namespace is as it should be. */
TEST_F(other_proc, own)
{
	tool_expect_part("status -r -n", "proc ok of\\x20this\\x20PID\\x20namespace");
}

/* It has the same number in both: /proc/self alone would prove nothing. */
static int both_numbers(void *arg)
{
	pid_t same = *(pid_t *)arg, pids[] = { same, same };
	struct clone_args args = {
		.exit_signal = SIGCHLD, .set_tid = (uintptr_t)pids, .set_tid_size = 2,
	};
	char link[16] = "";
	pid_t pid;
	int status;

	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid < 0)
		die("clone3: %s", strerror(errno));
	if (!pid) {
		if (getpid() != same || readlink("/proc/self", link, sizeof(link) - 1) < 0 || atoi(link) != same)
			_exit(8);
		execlp("vmaview", "vmaview", "1", NULL);
		_exit(9);
	}
	waitpid(pid, &status, 0);
	expect_eq("status", WIFEXITED(status) ? WEXITSTATUS(status) : 128, 1);
	return failed();
}

/* A number that is the same in both makes no difference. */
TEST_F(other_proc, same_number)
{
	pid_t same = 30111;
	struct child child;

	while (!kill(same, 0))
		same++;
	own_mounts(CLONE_NEWPID);
	child_start(&child, both_numbers, &same);
	if (child_end(&child))
		fail("not refused, inside");
}

SCENE_MAIN
