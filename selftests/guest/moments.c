// SPDX-License-Identifier: GPL-2.0
/*
 * moments - files of several processes and of a series: each moment is whole and shows what was there then,
 * whatever ended the series.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(moments)

#define FOLDER "/tmp/moments"
#define SAVED FOLDER "/saved"

enum { STEP = 128, STEPS = 8 };		/* 512 KiB */

static char *memory;

/* Writes so many pages more at each step. */
static int grow(void *arg)
{
	(void)arg;
	for (int step = 0; step < STEPS; step++) {
		child_ready();
		scene_write(memory + step * STEP * PAGE, STEP);
	}
	child_ready();
	return 0;
}

static void start(struct child *child)
{
	mkdir(FOLDER, 0700);
	unlink(SAVED);
	memory = scene_anon(STEPS * STEP);
	madvise(memory, STEPS * STEP * PAGE, MADV_NOHUGEPAGE);
	child_start(child, grow, NULL);
}

/* Everything but the program itself is ready: `vmaview` with @args, in the background; its words go to FOLDER/err. */
static pid_t start_tool(const char *args)
{
	char words[512], *argv[64] = { "vmaview" }, *save;
	pid_t pid = fork();
	size_t nr = 1;
	int fd;

	if (pid)
		return pid;
	signal(SIGINT, SIG_DFL);
	fd = open(FOLDER "/err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, 2) < 0)
		_exit(126);
	snprintf(words, sizeof(words), "%s", args);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[nr++] = word;
	execvp("vmaview", argv);
	_exit(127);
}

static int end_tool(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		die("nobody to wait for");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* How long the file is that has not its name yet; 0: there is none. */
static off_t unfinished(void)
{
	struct stat info = { .st_size = 0 };
	glob_t found;

	if (!glob(SAVED ".*", 0, NULL, &found) && stat(found.gl_pathv[0], &info))
		info.st_size = 0;
	globfree(&found);
	return info.st_size;
}

/* Polling: nothing says when a file has grown.  The harness's own limit ends it. */
static off_t await_growth(pid_t pid, off_t beyond)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	off_t now;

	while ((now = unfinished()) <= beyond) {
		if (proc_state(pid) == 'Z')
			die("the series has ended: %d", end_tool(pid));
		nanosleep(&tick, NULL);
	}
	return now;
}

/* It waits between two moments alone, and is there once more than the head is written: the length of what is whole. */
static off_t await_moment(pid_t pid, off_t beyond)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	char path[64], number[16];
	struct bytes call;

	await_growth(pid, beyond);
	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	snprintf(number, sizeof(number), "%d ", SYS_rt_sigtimedwait);
	for (bool waits = false; !waits; nanosleep(&tick, NULL)) {
		if (slurp(path, &call))
			die("the series has ended: %d", end_tool(pid));
		waits = !strncmp(call.data, number, strlen(number));
		bytes_free(&call);
	}
	return unfinished();
}

/* Until it has waited, and looked, some times more. */
static void await_looks(pid_t pid)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	uint64_t before = proc_status(pid, "voluntary_ctxt_switches");

	while (proc_status(pid, "voluntary_ctxt_switches") < before + 4 && proc_state(pid) != 'Z')
		nanosleep(&tick, NULL);
}

/* Resident memory of the scene at a moment, in kB; ~0 where it is not shown. */
static uint64_t resident(const char *moment)
{
	struct command_result result;
	char args[128], *end;
	uint64_t kb;

	snprintf(args, sizeof(args), "--from " SAVED "%s -r -n -o RSS -A %lx", moment, (long)memory);
	tool_run(args, &result);
	kb = strtoull(result.out.data, &end, 10);
	if (result.status || end == result.out.data) {
		note("%s: status %d: %s", args, result.status, result.err.data);
		kb = ~0ULL;
	}
	command_free(&result);
	return kb;
}

static void expect_zstd(void)
{
	struct command zstd = { .program = "/usr/bin/zstd", .drop = -1 };
	char *argv[] = { "zstd", "-q", "-t", SAVED, NULL };
	struct command_result result;

	command_run(&zstd, argv, &result);
	expect_eq("zstd -t", result.status, 0);
	command_free(&result);
}

static void expect_no_rest(void)
{
	if (unfinished())
		fail("a file is left that has not its name");
}

/* All but the gate area, which is no module's: whether there is one is the kernel's command line to say. */
#define COLUMNS "-r -n -o Pid,Address,RSS,Perms -A 0,7fffffffffff"

/* Several processes are in one moment, by number and by choice; and what stands still is the same from the file. */
TEST_F(moments, several)
{
	struct command_result live, saved;
	struct child one, two;
	char args[160];

	start(&one);
	child_start(&two, grow, NULL);
	child_step(&two);
	snprintf(args, sizeof(args), COLUMNS " %d %d", one.pid, two.pid);
	tool_run(args, &live);
	snprintf(args, sizeof(args), "record -f " SAVED " %d --tree %d", one.pid, two.pid);
	tool_expect(args, "");
	tool_run("--from " SAVED " " COLUMNS, &saved);
	expect_eq("status", saved.status, 0);
	if (!live.out.len || strcmp(live.out.data, saved.out.data))
		fail("live: %s\nsaved: %s", live.out.data, saved.out.data);
	expect_zstd();
	command_free(&live);
	command_free(&saved);
	snprintf(args, sizeof(args), "record -f " SAVED " %d 2147483647", one.pid);
	tool_run(args, &saved);
	expect_eq("one of two is not there", saved.status, 42);
	expect_eq("the other is saved all the same", resident(""), 0);
	command_free(&saved);
	child_kill(&one);
	child_kill(&two);
}

/* So many moments. */
TEST_F(moments, count)
{
	struct child child;
	char args[160];

	start(&child);
	child_step(&child);
	snprintf(args, sizeof(args), "record -f " SAVED " --interval 0.05 --count 3 %d", child.pid);
	tool_expect(args, "");
	expect_eq("at first", resident("@1"), STEP * PAGE / 1024);
	expect_eq("at last", resident("@3"), STEP * PAGE / 1024);
	tool_expect_refused("--from " SAVED "@4", 1, "it has no moment 4: its last is 3");
	expect_zstd();
	expect_no_rest();
	child_kill(&child);
}

/* A moment comes when all of them have grown by so much since the last one, and not before. */
TEST_F(moments, when_grown)
{
	struct child child;
	char args[160];
	off_t size;
	pid_t tool;

	start(&child);
	snprintf(args, sizeof(args), "record -f " SAVED " --interval 0.02 --when-grown 1M --count 3 %d", child.pid);
	tool = start_tool(args);
	size = await_moment(tool, 256);
	child_step(&child);
	await_looks(tool);
	child_step(&child);
	await_moment(tool, size);
	child_step(&child);
	await_looks(tool);
	child_step(&child);
	expect_eq("status", end_tool(tool), 0);
	expect_eq("at first", resident("@1"), 0);
	expect_eq("then", resident("@2"), 1024);
	expect_eq("and then", resident("@3"), 2048);
	expect_no_rest();
	child_kill(&child);
}

/* SIGINT is the end of a series, as SIGTERM is, and so is that nobody is left. */
TEST_F(moments, ends)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, 0 };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		struct child child;
		char args[160];
		pid_t tool;

		start(&child);
		snprintf(args, sizeof(args), "record -f " SAVED " --interval 0.02 %d", child.pid);
		tool = start_tool(args);
		await_moment(tool, await_moment(tool, 256));
		if (signals[i])
			kill(tool, signals[i]);
		else
			child_kill(&child);
		expect_eq("status", end_tool(tool), 0);
		expect_eq("first moment", resident("@1"), 0);
		expect_eq("last moment", resident("@last"), 0);
		expect_zstd();
		expect_no_rest();
		if (signals[i])
			child_kill(&child);
	}
}

/* A file system that is full after @kb. */
static void mount_small(unsigned int kb)
{
	char size[32];

	umount2(FOLDER, MNT_DETACH);
	snprintf(size, sizeof(size), "size=%uk", kb);
	if (mount("small", FOLDER, "tmpfs", 0, size))
		die("tmpfs: %s", strerror(errno));
}

static void fill_up(void)
{
	static char page[PAGE];
	int fd = open(FOLDER "/other", O_WRONLY | O_CREAT, 0600);

	while (write(fd, page, sizeof(page)) > 0)
		;
	close(fd);
}

/* A disk that is full leaves the moments that are whole and says how many; or nothing. */
TEST_F(moments, full)
{
	struct command_result result;
	struct child child;
	char args[160];
	struct stat info;

	start(&child);
	snprintf(args, sizeof(args), "record -f " SAVED " --interval 0.01 %d", child.pid);
	mount_small(64);
	tool_run(args, &result);
	expect_eq("status", result.status, 1);
	if (!strstr(result.err.data, "No space left on device") || !strstr(result.err.data, "before that"))
		fail("it says: %s", result.err.data);
	expect_eq("first moment", resident("@1"), 0);
	expect_eq("last moment", resident("@last"), 0);
	expect_zstd();
	expect_no_rest();
	command_free(&result);
	mount_small(4);
	fill_up();
	snprintf(args, sizeof(args), "record --pages -f " SAVED " %d", child.pid);
	tool_run(args, &result);
	expect_eq("status", result.status, 1);
	if (!strstr(result.err.data, "No space left on device") || !stat(SAVED, &info))
		fail("it says: %s", result.err.data);
	expect_no_rest();
	command_free(&result);
	umount2(FOLDER, MNT_DETACH);
	child_kill(&child);
}

SCENE_MAIN
