// SPDX-License-Identifier: GPL-2.0
/*
 * crowd.c - who descends from whom, who is chosen of 40,000 processes, and what verbs show of them: a folder stands for
 * /proc here.
 */
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command/options.h"
#include "ktap.h"
#include "select/family.h"
#include "select/targets.h"
#include "verbs/all_verbs.h"

#define CROWD 40000
/* No kernel gives such a number: nobody else has it. */
#define FIRST 5000000

/* The area of these is shown, too. */
#define SHOWN 4000
#define FIRST_SHOWN (FIRST + CROWD - SHOWN)

/* Bytes that a verb may keep of each. */
#define KEPT 512

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

#define AREA "00400000-00600000 rw-p 00000000 00:00 0 "
#define SUMS "Rss:\t1028 kB\nPss:\t516 kB\nSwap:\t8 kB\n"

/* What is the same of all: one file, with a name for each. */
static const struct file {
	const char *name, *text;
	int from;			/* who has it: this PID and those after it */
} alike[] = {
	{ "smaps_rollup", AREA "[rollup]\n" SUMS, FIRST },
	{ "smaps", AREA "\nSize:\t2048 kB\n" SUMS "VmFlags: rd wr mr mw me ac\n", FIRST_SHOWN },
};

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
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if (pid >= alike[i].from && linkat(proc, alike[i].name, folder, alike[i].name, 0))
			perror(alike[i].name);
	close(folder);
}

/* In a namespace of mounts of our own.  False: not allowed here. */
static bool make_crowd(void)
{
	int proc;

	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("crowd", "/proc", "tmpfs", 0, "size=800m,nr_inodes=1m"))
		return false;
	proc = open("/proc", O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		put(proc, alike[i].name, alike[i].text);
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
		ret = targets_find(&targets, &selection, NULL);
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
	return finds(BY_TREE, "5019000", CROWD - 19000, FIRST + CROWD - 1);
}

/* What main() does, but for a look at whose /proc that is: nobody's. */
static int run_verb(char **argv)
{
	struct options options;
	int argc = 0, ret;

	while (argv[argc])
		argc++;
	ret = options_parse(&options, &all_verbs, argc, argv);
	if (!ret)
		ret = options_choose_targets(&options);
	if (!ret)
		ret = options.row->run(&options);
	fflush(stdout);
	options_free(&options);
	return ret;
}

/* What a verb has shown, and what that took. */
struct shown {
	double first;		/* seconds of the processor until there was anything */
	int out;		/* where its stdout is */
	unsigned long lines;	/* of that */
	char last[256];
	size_t at;
	int status;
	long peak;		/* KiB */
};

/* The child has a terminal as stderr. */
static pid_t start_verb(char **argv, int *out, int *terminal)
{
	int to[2];
	pid_t pid;

	*terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*terminal < 0 || grantpt(*terminal) || unlockpt(*terminal) || pipe2(to, O_CLOEXEC))
		return -1;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		int typed = open(ptsname(*terminal), O_RDWR | O_NOCTTY);

		if (typed < 0 || dup2(typed, STDERR_FILENO) < 0 || dup2(to[1], STDOUT_FILENO) < 0)
			_exit(99);
		_exit(run_verb(argv));
	}
	close(to[1]);
	*out = to[0];
	return pid;
}

static double seconds_of(pid_t pid)
{
	struct timespec time = { .tv_sec = 1000 };
	clockid_t clock;

	if (!clock_getcpuclockid(pid, &clock))
		clock_gettime(clock, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* Lines, the last of which is kept; of the one that has not ended @at bytes are there. */
static void take_lines(struct shown *shown, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '\n') {
			if (shown->at + 1 < sizeof(shown->last))
				shown->last[shown->at++] = text[i];
			continue;
		}
		shown->last[shown->at] = '\0';
		shown->at = 0;
		shown->lines++;
	}
}

/* What there is at one of its two ends; false: there will be no more. */
static bool take(struct shown *shown, pid_t pid, struct pollfd *end)
{
	char text[65536];
	ssize_t got = read(end->fd, text, sizeof(text));

	if (got <= 0)
		return false;	/* of a terminal that is EIO */
	if (!shown->first)
		shown->first = seconds_of(pid);
	if (end->fd == shown->out)
		take_lines(shown, text, got);
	return true;
}

static bool take_all(struct shown *shown, pid_t pid, int terminal)
{
	struct pollfd ends[2] = { { .fd = shown->out, .events = POLLIN }, { .fd = terminal, .events = POLLIN } };

	while (ends[0].fd >= 0 || ends[1].fd >= 0) {
		if (poll(ends, 2, -1) < 0)
			return false;
		for (int i = 0; i < 2; i++)
			if (ends[i].fd >= 0 && ends[i].revents && !take(shown, pid, &ends[i]))
				ends[i].fd = -1;
	}
	return true;
}

static bool show(struct shown *shown, char **argv)
{
	struct rusage usage;
	int terminal;
	bool done;
	pid_t pid;

	*shown = (struct shown){ .first = 0 };
	pid = start_verb(argv, &shown->out, &terminal);
	if (pid < 0)
		return ktap_note("no terminal, or no process, can be had");
	done = take_all(shown, pid, terminal) && wait4(pid, &shown->status, 0, &usage) == pid;
	close(shown->out);
	close(terminal);
	shown->peak = usage.ru_maxrss;
	return done && !shown->status;
}

/* The same of the last of them alone, whatever it is that chooses the others. */
static bool show_one(struct shown *shown, char **argv)
{
	char *alone[16] = { NULL }, number[16];
	int nr = 0;

	snprintf(number, sizeof(number), "%d", FIRST + CROWD - 1);
	for (; argv[nr + 1]; nr++)
		alone[nr] = argv[nr];
	alone[nr] = number;
	return show(shown, alone);
}

/*
 * Of all, whom the last word chooses: something within a second, @lines lines of which this is the last, and no more
 * memory than it may have.
 */
static bool shows(char **argv, unsigned long lines, const char *last)
{
	struct shown all = { .status = 0 }, one;

	if (!crowded)
		return ktap_skip("no namespace of mounts, or no tmpfs, can be had here");
	if (!show_one(&one, argv) || !show(&all, argv))
		return ktap_note("%s failed: %#x, %#x", argv[1], one.status, all.status);
	if (all.first > 1)
		return ktap_note("it showed nothing for %.2f seconds of the processor", all.first);
	if (all.lines != lines || strcmp(all.last, last))
		return ktap_note("%lu lines, the last \"%s\"", all.lines, all.last);
	return (all.peak - one.peak) * 1024 <= (long)KEPT * CROWD ||
	       ktap_note("%ld KiB more than for one", all.peak - one.peak);
}

static bool crowd_groups(void)
{
	char *argv[] = {
		"vmaview", "groups", "-r", "-b", "-n", "--by", "session", "-o", "Session,Procs,RSS,Pss,Swap", "--all",
		NULL
	};

	return shows(argv, 1, "1 40000 42106880000 21135360000 327680000");
}

static bool crowd_view(void)
{
	char *argv[] = { "vmaview", "-r", "-b", "-n", "-o", "Pid,RSS", "--tree=5036000", NULL };

	return shows(argv, SHOWN, "5039999 1052672");
}

static const struct ktap_test tests[] = {
	{ "a family is its eldest and all who descend from it, by whomever", families },
	{ "parents that were read while PIDs were used again make no circle", circles },
	{ "40,000 processes are found", crowd_all },
	{ "those of a name among them", crowd_names },
	{ "those of a user among them, as their status has it, whoever owns their folders", crowd_users },
	{ "a tree that is 21,000 deep", crowd_trees },
	{ "groups of them all: progress within a second, their sums, and little memory", crowd_groups },
	{ "the areas of a tenth of them are shown as they are read, and none is kept", crowd_view },
};

/* What was freed is not kept for long, so that what is not freed can be seen. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}

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
