// SPDX-License-Identifier: GPL-2.0
/* pmap.c - `vmaview pmap` prints what pmap prints, of every process of this guest. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/pair.h"
#include "lib/proc.h"
#include "lib/scene_test.h"
#include "lib/slurp.h"
#include "lib/text.h"

SCENE(pmap)

#define PIDS 200	/* libproc2 takes 255 at a time */
#define PID_LIST (PIDS * 9)

static void write_pids(const pid_t *pids, size_t nr, char *out)
{
	*out = '\0';
	for (size_t i = 0; i < nr; i++)
		out += sprintf(out, "%s%d", i ? " " : "", pids[i]);
}

/* Processes of this guest */

struct stopped {
	pid_t pid[PIDS];
	size_t nr;
	pid_t guardian;
	int lifeline;		/* closed when this test ends, whichever way */
};

/* The harness may be among the stopped: a process that outlives this one lets them all go on. */
static void guard(struct stopped *stopped)
{
	int ends[2];
	char byte;

	if (pipe2(ends, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	stopped->guardian = fork();
	if (stopped->guardian < 0)
		die("fork: %s", strerror(errno));
	if (!stopped->guardian) {
		close(ends[1]);
		while (read(ends[0], &byte, 1) < 0 && errno == EINTR)
			;
		for (size_t i = 0; i < stopped->nr; i++)
			proc_continue(stopped->pid[i]);
		_exit(0);
	}
	close(ends[0]);
	stopped->lifeline = ends[1];
}

/* But the first process, which nothing stops: it waits. */
static void stop_all(struct stopped *stopped)
{
	stopped->nr = proc_users(stopped->pid, PIDS);
	guard(stopped);
	for (size_t i = 0; i < stopped->nr; i++)
		if (stopped->pid[i] != 1 && !proc_stop(stopped->pid[i]))
			note("process %d does not stop", stopped->pid[i]);
}

static void continue_all(struct stopped *stopped)
{
	close(stopped->lifeline);
	waitpid(stopped->guardian, NULL, 0);
}

static void compare_all(enum pair_how how, void (*modes)(enum pair_how how, const char *pids))
{
	static struct stopped stopped;
	char pids[PID_LIST];

	pair_alone();
	stop_all(&stopped);
	expect_eq("there are other processes", stopped.nr > 1, true);
	write_pids(stopped.pid, stopped.nr, pids);
	modes(how, pids);
	/* Alone, as widths come from all that are shown together. */
	for (size_t i = 0; i < stopped.nr && i < 4; i++) {
		snprintf(pids, sizeof(pids), "-X %d", stopped.pid[i]);
		pair_compare(how | PAIR_APART, pids);
	}
	continue_all(&stopped);
}

/* Every process, all stopped, is shown as pmap shows it. */
TEST_F(pmap, every_process)
{
	compare_all(PAIR_PLAIN, pair_all_modes);
}

/* Every process is shown as pmap shows it where only /proc can be asked. */
TEST_F(pmap, every_process_from_proc)
{
	compare_all(PAIR_NO_ADMIN, pair_main_modes);
}

/* Every process is shown as pmap shows it for a user who may see no areas. */
TEST_F(pmap, every_process_for_nobody)
{
	compare_all(PAIR_NOBODY | PAIR_MESSAGES, pair_main_modes);
}

/* Kernel threads have no areas.  Those of workqueues are left out: they change their names as they work. */
TEST_F(pmap, kernel_threads)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	char list[PID_LIST];
	pid_t pids[PIDS];
	size_t nr = 0;

	while (dir && nr + 1 < PIDS && (entry = readdir(dir))) {
		char path[32];
		struct bytes comm;
		pid_t pid = atoi(entry->d_name);

		if (pid <= 0 || !proc_is_kernel_thread(pid))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/comm", pid);
		if (!slurp(path, &comm) && strncmp(comm.data, "kworker", 7))
			pids[nr++] = pid;
		bytes_free(&comm);
	}
	closedir(dir);
	pair_alone();
	pids[nr++] = getppid();		/* with totals of one that has some */
	write_pids(pids, nr, list);
	pair_main_modes(PAIR_PLAIN, list);
}

static int exit_at_once(void *unused)
{
	(void)unused;
	return 0;
}

static int wait_for_end(void *unused)
{
	(void)unused;
	pair_alone();
	child_ready();
	return 0;
}

/* Zombies have no areas. */
TEST_F(pmap, zombie)
{
	struct child child, other;
	char pids[64];

	child_start(&other, wait_for_end, NULL);
	child_start(&child, exit_at_once, NULL);
	if (!proc_await(child.pid, 'Z'))
		die("no zombie");
	snprintf(pids, sizeof(pids), "%d %d %d", other.pid, child.pid, other.pid);
	pair_main_modes(PAIR_PLAIN, pids);
	snprintf(pids, sizeof(pids), "%d", child.pid);
	pair_main_modes(PAIR_PLAIN, pids);
}

static void *outlive(void *unused)
{
	(void)unused;
	child_ready();
	_exit(0);
}

static int end_first(void *unused)
{
	pthread_t thread;

	(void)unused;
	if (!pthread_create(&thread, NULL, outlive, NULL))
		syscall(SYS_exit, 0);
	return 1;
}

/*
 * Those whose first thread has ended have no areas for pmap.  The module knows its memory; pmap does
 * not, and shows none.
 */
TEST_F(pmap, first_thread_ended)
{
	struct child child;
	char pids[64];

	child_start(&child, end_first, NULL);
	if (!proc_await(child.pid, 'Z'))
		die("the first thread has not ended");
	snprintf(pids, sizeof(pids), "%d", child.pid);
	pair_main_modes(PAIR_PLAIN, pids);
	snprintf(pids, sizeof(pids), "%d %d 1", child.pid, child.pid);
	pair_main_modes(PAIR_PLAIN, pids);
	child_end(&child);
}

static uint64_t count(const char *key)
{
	struct bytes stats;
	uint64_t value;

	if (door_file("stats", &stats) || !text_number(stats.data, key, &value))
		die("stats has no %s", key);
	bytes_free(&stats);
	return value;
}

/* How many areas the module described for ours, called with @args. */
static uint64_t areas_told(enum pair_how how, const char *args)
{
	struct command_result result;
	uint64_t before = count("Areas");

	pair_run(PAIR_OURS, how, args, &result);
	expect_eq(args, result.status, 0);
	command_free(&result);
	return count("Areas") - before;
}

/* The module is asked where it may be. */
TEST_F(pmap, module_is_asked)
{
	expect_eq("without options", areas_told(PAIR_PLAIN, "1") > 0, true);
	expect_eq("-x", areas_told(PAIR_PLAIN, "-x 1") > 0, true);
	expect_eq("-X", areas_told(PAIR_PLAIN, "-X 1") > 0, true);
	expect_eq("-X without the right to", areas_told(PAIR_NO_ADMIN, "-X 1"), 0);
}

SCENE_MAIN
