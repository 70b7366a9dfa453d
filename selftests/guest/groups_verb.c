// SPDX-License-Identifier: GPL-2.0
/* groups_verb - `vmaview groups` of processes of which every page is known, beside what pagemap says of them. */
#include <fcntl.h>
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
#include "lib/command.h"
#include "lib/frameset.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(groups_verb)

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

enum { CHILDREN = 4, COMMON = 300, SHARED = 64, MERGED = 24, LARGE = 16384 };

/* Two groups of two. */
static const char *const names[CHILDREN] = { "grp-one", "grp-one", "grp-two", "grp-two" };

static struct child children[CHILDREN];
static char *common;			/* of all, from before fork() */
static int memfd, hugefd, file;
static bool with_huge, with_merged, with_swap;

/* Pages [@first, @first + @nr) of what is shared, at an address of its own. */
static void share(int fd, size_t first, size_t nr)
{
	char *addr = mmap(NULL, nr * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, first * PAGE);

	if (addr == MAP_FAILED)
		die("cannot map what is shared");
	scene_write(addr, nr);
}

static void share_huge(void)
{
	char *addr = with_huge ? mmap(NULL, HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, hugefd, 0) : MAP_FAILED;

	if (addr != MAP_FAILED)
		addr[0] = 1;
}

/* A huge page, of which one page in the middle is gone: what is left is mapped by PTEs. */
static void split_huge(void)
{
	char *addr = scene_try_huge_page();

	if (addr)
		munmap(addr + 100 * PAGE, PAGE);
}

/* Equal pages, which KSM makes one of both children. */
static void merge(void)
{
	char *addr;

	if (!with_merged)
		return;
	addr = scene_anon(MERGED);
	madvise(addr, MERGED * PAGE, MADV_MERGEABLE);
	memset(addr, 'k', MERGED * PAGE);
}

static void swap(void)
{
	char *addr;

	if (!with_swap)
		return;
	addr = scene_anon(16);
	scene_write(addr, 16);
	scene_page_out(addr, 9);
}

/* The first writes some of what it has from its parent and keeps the rest, ... */
static void first(void)
{
	scene_write(common, 37);
	share(memfd, 0, 40);
	mlock(common + 30 * PAGE, 5 * PAGE);
	merge();
}

/* ... the second has other pages of the file, and reads what was never written, ... */
static void second(void)
{
	char *zeros = scene_anon(20);

	share(memfd, 20, 44);
	scene_read(zeros, 20);
	share(file, 3, 9);
	merge();
	swap();
}

/* ... the third has some of them twice, a huge page of its own and one of hugetlbfs, ... */
static void third(void)
{
	share(memfd, 30, 6);
	share(memfd, 32, 6);
	share(file, 0, 5);
	split_huge();
	share_huge();
}

/* ... which the fourth has as well, and nothing else. */
static void fourth(void)
{
	munmap(common, COMMON * PAGE);
	share_huge();
}

static int play(void *arg)
{
	static void (*const parts[CHILDREN])(void) = { first, second, third, fourth };
	unsigned int number = *(unsigned int *)arg;

	prctl(PR_SET_NAME, names[number]);
	parts[number]();
	scene_drain();
	child_ready();
	return 0;
}

static void await_merged(void)
{
	const struct timespec tick = { .tv_nsec = 10000000 };
	const char *sharing;

	for (int tries = 0; with_merged && tries < 1000; tries++) {
		sharing = setting_get("/sys/kernel/mm/ksm/pages_sharing");
		if (sharing && atoi(sharing) >= 2 * MERGED - 2)
			break;
		nanosleep(&tick, NULL);	/* polling: ksmd tells nobody */
	}
	setting("/sys/kernel/mm/ksm/run", "0");
}

/*
 * The test has all pages of its program and libraries: nobody has one of them alone, neither while the tool runs, which
 * has libraries as well, nor afterwards.
 */
static void map_files(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[4096];

	while (maps && fgets(line, sizeof(line), maps)) {
		unsigned long start, end;

		if (strchr(line, '/') && sscanf(line, "%lx-%lx", &start, &end) == 2)
			madvise((void *)start, end - start, MADV_POPULATE_READ);
	}
	if (maps)
		fclose(maps);
}

static void start(void)
{
	map_files();
	common = scene_anon(COMMON);
	scene_write(common, COMMON);
	memfd = memfd_create("scene-shared", MFD_CLOEXEC);
	file = scene_file("/tmp", 16);
	if (memfd < 0 || ftruncate(memfd, SHARED * PAGE))
		die("no memfd");
	for (unsigned int i = 0; i < CHILDREN; i++)
		child_start(&children[i], play, &i);
	await_merged();
}

static void end(void)
{
	for (unsigned int i = 0; i < CHILDREN; i++)
		child_kill(&children[i]);
}

/* What the tool prints with @args for the first @nr children; free it. */
static char *ask_of(const char *args, unsigned int nr)
{
	struct command_result result;
	char line[512];
	int used = snprintf(line, sizeof(line), "groups %s", args);

	for (unsigned int i = 0; i < nr; i++)
		used += snprintf(line + used, sizeof(line) - used, " %d", children[i].pid);
	tool_run(line, &result);
	expect_eq(line, result.status, 0);
	expect_str("stderr", result.err.data, "");
	bytes_free(&result.err);
	return result.out.data;
}

static char *ask(const char *args)
{
	return ask_of(args, CHILDREN);
}

/* The row that begins with @key says this, in bytes. */
static void expect_row(const char *text, const char *key, struct frame_truth truth)
{
	char want[160];
	const char *row = strstr(text, key);

	while (row && row != text && row[-1] != '\n')
		row = strstr(row + 1, key);
	snprintf(want, sizeof(want), "%s %lu %lu %lu %lu\n", key, truth.frames * PAGE, truth.unique * PAGE,
		 (truth.frames - truth.unique) * PAGE, truth.inside * PAGE);
	if (!row || strncmp(row, want, strlen(want)))
		fail("expected %s in %.1500s", want, text);
}

#define SUMS "Frames,Unique,Outside,Inside "

/* Of groups of @size processes each, one after the other, and last of all: each frame looked at in pagemap. */
static void count(unsigned int size, struct frame_truth truth[CHILDREN + 1])
{
	struct frameset set = { .nr = 0 };

	memset(truth, 0, (CHILDREN + 1) * sizeof(*truth));
	for (unsigned int i = 0; i < CHILDREN; i++)
		frameset_add(&set, i / size, children[i].pid, NULL);
	for (unsigned int group = 0; group < CHILDREN / size; group++)
		truth[group] = frameset_group(&set, group);
	truth[CHILDREN] = frameset_all(&set);
	frameset_free(&set);
}

/*
 * What the tool prints while nothing changes: pagemap says the same before and after.  A page that the test still
 * shares with its children becomes theirs alone when the test writes to it.
 */
static char *ask_at_rest(const char *args, unsigned int size, struct frame_truth truth[CHILDREN + 1])
{
	struct frame_truth before[CHILDREN + 1];

	for (int tries = 0; tries < 10; tries++) {
		char *text;

		count(size, before);
		text = ask(args);
		count(size, truth);
		if (!memcmp(before, truth, sizeof(before)))
			return text;
		free(text);
	}
	die("what pagemap says of the children changes all the time");
}

/* Each process, each name, and all: as when each frame is looked at in pagemap. */
static void expect_witness(void)
{
	struct frame_truth truth[CHILDREN + 1];
	char *text, key[32], want[64];

	text = ask_at_rest("-r -n -b -o Name," SUMS, 2, truth);
	expect_row(text, "grp-one", truth[0]);
	expect_row(text, "grp-two", truth[1]);
	free(text);
	text = ask_at_rest("-J", 2, truth);
	snprintf(want, sizeof(want), "\"unique\":%lu,", truth[CHILDREN].unique * PAGE);
	if (!strstr(strstr(text, "\"total\""), want))
		fail("no %s in the total of %s", want, text);
	free(text);
	text = ask_at_rest("--by pid -r -n -b -o Pid," SUMS, 1, truth);
	for (unsigned int i = 0; i < CHILDREN; i++) {
		snprintf(key, sizeof(key), "%d", children[i].pid);
		expect_row(text, key, truth[i]);
	}
	free(text);
}

/* Frames of a fork family and of shared files are those of pagemap. */
TEST_F(groups_verb, witness)
{
	start();
	expect_witness();
	end();
}

/* Huge pages, split and of hugetlbfs, are those of pagemap. */
TEST_F(groups_verb, huge)
{
	scene_hugetlb(2);
	scene_thp();
	hugefd = memfd_create("scene-huge", MFD_CLOEXEC | MFD_HUGETLB);
	if (hugefd < 0 || ftruncate(hugefd, HUGE))
		skip("no memfd of huge pages");
	with_huge = true;
	start();
	expect_witness();
	end();
}

/* Pages that KSM merged are those of pagemap. */
TEST_F(groups_verb, merged)
{
	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "1000");
	if (!setting("/sys/kernel/mm/ksm/run", "1"))
		skip("this kernel has no KSM");
	with_merged = true;
	start();
	expect_witness();
	end();
}

/* Frames of memory of which some is swapped out are those of pagemap. */
TEST_F(groups_verb, swapped)
{
	char *text;

	scene_swap();
	with_swap = true;
	start();
	expect_witness();
	text = ask("-r -n -b -o Name,Swap -Q Swap");
	expect_str("Swap", text, "grp-one 36864\n");
	free(text);
	end();
}

/*
 * What is known by construction is what is printed: of the file that is passed around 0-39, 20-63, and in
 * the other group 30-35, 32-37.
 */
TEST_F(groups_verb, constructed)
{
	char *text;

	start();
	text = ask("--by name,mapping -r -n -b -o Mapping,Name,Procs,Areas," SUMS "-Q Mapping=~shared --sort Name");
	expect_str("pairs", text, "/memfd:scene-shared\\x20(deleted) grp-one 2 2 262144 229376 32768 81920\n"
		   "/memfd:scene-shared\\x20(deleted) grp-two 1 2 32768 0 32768 0\n");
	free(text);
	text = ask("--by kind -r -n -b -o Kind,Procs,Areas," SUMS "-Q Kind=~memfd");
	expect_str("kind", text, "memfd 3 4 262144 262144 0 81920\n");
	free(text);
	end();
}

/*
 * Who was not asked for maps frames, too: of both files what the third has is outside of the first two, though it is
 * in no group.  All but it is unique, and what both have is inside.
 */
TEST_F(groups_verb, others_outside)
{
	char *text;

	start();
	text = ask_of("--by mapping -r -n -b -o Mapping,Procs," SUMS "-Q Mapping=~shared", 2);
	expect_str("memfd", text, "/memfd:scene-shared\\x20(deleted) 2 262144 229376 32768 81920\n");
	free(text);
	text = ask_of("--by name,mapping -r -n -b -o Name,Procs," SUMS "-Q Mapping=~\"scene[.]\"", 2);
	expect_str("file", text, "grp-one 1 36864 28672 8192 0\n");
	free(text);
	text = ask_of("-r -n -b -o Name,Procs,Locked", 2);
	expect_str("locked", text, "grp-one 2 20480\n");
	free(text);
	end();
}

/* Zeros that were read take no frame, whoever has an area of nothing else: 20 of them, and one that was written. */
static int read_zeros(void *arg)
{
	char *zeros = scene_anon(21);

	(void)arg;
	mprotect(zeros, 21 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC);
	scene_read(zeros, 21);
	scene_write(zeros, 1);
	child_ready();
	return 0;
}

/* The zero page is nobody's memory. */
TEST_F(groups_verb, zeros)
{
	char line[160], want[64];
	struct child child;

	child_start(&child, read_zeros, NULL);
	snprintf(line, sizeof(line), "groups --by perms -r -n -b -o Perms,Procs," SUMS "-Q Perms=~rwxp %d",
		 child.pid);
	snprintf(want, sizeof(want), "rwxp 1 %lu %lu 0 0\n", PAGE, PAGE);
	tool_expect(line, want);
	child_kill(&child);
}

static int share_space(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return 0;
}

/* Two processes with one address space are counted once, and so are their sums. */
TEST_F(groups_verb, one_space)
{
	static char stack[65536];
	struct command_result result;
	char line[128];
	pid_t twin;

	twin = clone(share_space, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);
	if (twin < 0)
		die("no clone");
	snprintf(line, sizeof(line), "groups -r -n -b --by perms -o Procs,Frames -Q Perms=~rw-p %d %d", getpid(), twin);
	tool_run(line, &result);
	if (strncmp(result.out.data, "1 ", 2))
		fail("two processes with one address space: %s%s", result.out.data, result.err.data);
	command_free(&result);
	kill(twin, SIGKILL);
	waitpid(twin, NULL, 0);
}

static int have_all(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * A machine's groups add up: what must hold of any machine.  What the kernel has counted as mapped, anonymous and of
 * files, is the second witness; processes come and go between the two, the tool's own among them, so that the test
 * has memory that no such difference hides, and a child that has it, too.
 */
TEST_F(groups_verb, whole_machine)
{
	static const char *const keys[] = { "name", "cgroup,kind", "mapping" };
	char script[1024];
	struct child child;

	scene_write(scene_anon(LARGE), LARGE);
	child_start(&child, have_all, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		char *const argv[] = { "env", "sh", "-c", script, NULL };
		struct command command = { .program = "/usr/bin/env", .drop = -1 };
		struct command_result result;

		snprintf(script, sizeof(script), "meminfo() { echo $(($(grep -E \"^($1):\" /proc/meminfo | "
			 "sed 's/[^0-9]//g' | paste -sd+))); }; vmaview groups -J --by %s 2>/dev/null | "
			 "jq -c --argjson ram $(meminfo MemTotal) --argjson used $(meminfo 'AnonPages|Mapped') '"
			 "([.groups[], .total] | all(.unique + .outside == .frames and .inside <= .frames)), "
			 "(.machine as $m | .total.frames <= $m.ram and .total.frames == $m.mapped and "
			 "$m.ram == $m.free + $m.mapped + $m.cache + $m.kernel + $m.rest), "
			 "([.groups[].unique] | add) <= .total.frames and .vmaview.source == \"module\", "
			 "(.machine.ram == $ram * 1024 and .machine.rest > -.machine.ram / 16), "
			 "(.total.frames / 1024 - $used | fabs | "
			 "if . < $used / 4 + 8192 then true else [., $used] end)'",
			 keys[i]);
		command_run(&command, argv, &result);
		expect_str(keys[i], result.out.data, "true\ntrue\ntrue\ntrue\ntrue\n");
		command_free(&result);
	}
	child_kill(&child);
}

/* In a namespace of PIDs all are those inside, with which no machine's memory is accounted for. */
TEST_F(groups_verb, inside_namespace)
{
	char *const argv[] = { "sh", "-c", "unshare --mount --pid --fork --mount-proc sh -c 'vmaview groups -J; :' | "
			       "jq -c '.total.processes, .total.frames > 0, .machine'", NULL };
	struct command command = { .program = "/bin/sh", .drop = -1 };
	struct command_result result;

	command_run(&command, argv, &result);
	expect_str("in a namespace", result.out.data, "2\ntrue\nnull\n");
	command_free(&result);
}

/* Who has no memory, or is not there, has no group. */
TEST_F(groups_verb, nobody)
{
	char line[128];

	tool_expect_refused("groups 4194304", 42, "no process has PID");
	snprintf(line, sizeof(line), "groups %d", child_zombie());
	tool_expect_refused(line, 1, "zombie");
	tool_expect_refused("groups 2", 1, "kernel thread");
}

SCENE_MAIN
