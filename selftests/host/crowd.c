// SPDX-License-Identifier: GPL-2.0
/* crowd.c - who descends from whom, and who is chosen of 40,000 processes: a folder that stands for /proc here. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ktap.h"
#include "select/family.h"
#include "select/targets.h"

#define CROWD 40000
#define FIRST 1000

static bool is_chosen(const struct people *people, pid_t eldest, const char *wanted)
{
	char seen[64] = "";
	size_t length = 0;

	for (size_t i = 0; i < people->nr; i++)
		people->list[i].chosen = false;
	if (family_choose(people, eldest))
		return ktap_note("out of memory");
	for (size_t i = 0; i < people->nr; i++)
		if (people->list[i].chosen)
			length += snprintf(seen + length, sizeof(seen) - length, "%d ", people->list[i].pid);
	return !strcmp(seen, wanted) || ktap_note("of %d: \"%s\", wanted \"%s\"", eldest, seen, wanted);
}

/* 1 is the parent of 2 and 5, 2 of 3, 3 of 4, which is a zombie, 4 of 9; 6 has one that is not seen. */
static bool families(void)
{
	struct person list[] = {
		{ 1, 0, 1, 1, true, false }, { 2, 1, 1, 1, true, false }, { 3, 2, 1, 1, true, false },
		{ 4, 3, 1, 1, false, false }, { 5, 1, 1, 1, true, false }, { 6, 7, 1, 1, true, false },
		{ 9, 4, 1, 1, true, false },
	};
	struct people people = { .list = list, .nr = sizeof(list) / sizeof(list[0]) };

	return is_chosen(&people, 1, "1 2 3 5 9 ") && is_chosen(&people, 2, "2 3 9 ") &&
	       is_chosen(&people, 4, "9 ") && is_chosen(&people, 5, "5 ") && is_chosen(&people, 6, "6 ") &&
	       is_chosen(&people, 7, "") && is_chosen(&people, 0, "");
}

/* PIDs were used again while they were read: 2, 3 and 4 are each other's, and 5 is its own parent. */
static bool circles(void)
{
	struct person list[] = {
		{ 1, 0, 1, 1, true, false }, { 2, 4, 1, 1, true, false }, { 3, 2, 1, 1, true, false },
		{ 4, 3, 1, 1, true, false }, { 5, 5, 1, 1, true, false }, { 6, 4, 1, 1, true, false },
	};
	struct people people = { .list = list, .nr = sizeof(list) / sizeof(list[0]) };

	return is_chosen(&people, 1, "1 ") && is_chosen(&people, 3, "2 3 4 6 ") && is_chosen(&people, 5, "5 ") &&
	       is_chosen(&people, 6, "6 ");
}

static void put(int folder, const char *name, const char *text)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		perror(name);
	if (fd >= 0)
		close(fd);
}

/* Each is the child of the one before; the first of a hundred is called leader. */
static void put_process(int proc, int pid)
{
	char name[16], text[512];
	int folder;

	snprintf(name, sizeof(name), "%d", pid);
	if (mkdirat(proc, name, 0755) || (folder = openat(proc, name, O_RDONLY | O_DIRECTORY)) < 0) {
		perror(name);
		return;
	}
	snprintf(text, sizeof(text), "%d (%s) S %d 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 4096 1 0 0 0 0 0 0 0 0 0 0 0 "
		 "0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n", pid, pid % 100 ? "worker" : "leader", pid - 1, pid);
	put(folder, "stat", text);
	snprintf(text, sizeof(text), "Name:\tx\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n"
		 "Uid:\t7\t%d\t7\t7\nGid:\t7\t7\t7\t7\nVmSize:\t4 kB\nThreads:\t1\n", pid, pid, pid - 1, pid % 2);
	put(folder, "status", text);
	close(folder);
}

/* In a namespace of mounts of our own.  False: not allowed here. */
static bool make_crowd(void)
{
	int proc;

	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("crowd", "/proc", "tmpfs", 0, "size=800m"))
		return false;
	proc = open("/proc", O_RDONLY | O_DIRECTORY);
	put(proc, "uptime", "1000.00 1000.00\n");
	put(proc, "stat", "cpu  1 1 1 1 1 1 1 0 0 0\ncpu0 1 1 1 1 1 1 1 0 0 0\nbtime 1\n");
	put(proc, "meminfo", "MemTotal: 1000 kB\nMemFree: 1000 kB\n");
	for (int pid = FIRST; pid < FIRST + CROWD; pid++)
		put_process(proc, pid);
	close(proc);
	return true;
}

static uint64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec * 1000ull + time.tv_nsec / 1000000;
}

static bool crowded;

/* How many that finds, and that the last is who it has to be. */
static bool finds(enum chosen_by by, const char *word, size_t wanted, pid_t last)
{
	struct selection selection = { .nr = 0 };
	struct targets targets = { .nr = 0 };
	uint64_t began = now_ms();
	pid_t found = 0;
	size_t nr = 0;
	int ret;

	if (!crowded)
		return ktap_skip("no namespace of mounts, or no tmpfs, can be had here");
	ret = selection_add(&selection, by, word, by == BY_TREE ? atoi(word) : 0);
	if (!ret)
		ret = targets_find(&targets, &selection);
	if (!ret) {
		nr = targets.nr;
		found = targets.list[nr - 1].pid;
	}
	targets_free(&targets);
	selection_free(&selection);
	if (now_ms() - began > 10000)
		return ktap_note("%s: it took %d ms of the processor", word, (int)(now_ms() - began));
	return (!ret && nr == wanted && found == last) ||
	       ktap_note("%s: %d, %zu found, the last %d", word, ret, nr, found);
}

static bool crowd_all(void)
{
	return finds(BY_ALL, "all", CROWD, FIRST + CROWD - 1);
}

static bool crowd_names(void)
{
	return finds(BY_NAME, "^leader$", CROWD / 100, FIRST + CROWD - 100);
}

static bool crowd_users(void)
{
	return finds(BY_USER, "1", CROWD / 2, FIRST + CROWD - 1);
}

static bool crowd_trees(void)
{
	return finds(BY_TREE, "20000", FIRST + CROWD - 20000, FIRST + CROWD - 1);
}

static const struct ktap_test tests[] = {
	{ "a family is its eldest and all who descend from it, by whomever", families },
	{ "parents that were read while PIDs were used again make no circle", circles },
	{ "40,000 processes are found", crowd_all },
	{ "those of a name among them", crowd_names },
	{ "those of a user among them, as their status has it, whoever owns their folders", crowd_users },
	{ "a tree that is 21,000 deep", crowd_trees },
};

/* LeakSanitizer looks for threads in /proc when a process ends: it is another one that has that folder. */
int main(void)
{
	pid_t child = fork();
	int status = 1;

	if (!child) {
		crowded = make_crowd();
		_exit(ktap_run(tests, sizeof(tests) / sizeof(tests[0])));
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
