// SPDX-License-Identifier: GPL-2.0
/*
 * saved_views.c - the tool's own time, natively: views of saved streams beside each other, and beside page-types.
 *
 * No module and no guest: what the kernel does is left out, but for what it takes to read the file.  CPU time, of the
 * user and of the system, so that other work on the machine shows little.  By turns; the best of each.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/die.h"
#include "lib/report.h"
#include "lib/saved.h"

#define WORDS_MAX 7

enum view { READING, TABLE, RAW, JSON, ALL, DIFF, PAGES, PAGES_RAW, PAGES_JSON, PAGE_TYPES, VIEWS };

struct run {
	const char *words[WORDS_MAX];	/* the command */
	uint64_t us;			/* out: the least that it took */
	long kib;			/* out: its peak resident set then */
};

static uint64_t us_of(const struct timeval *time)
{
	return time->tv_sec * UINT64_C(1000000) + time->tv_usec;
}

static pid_t spawn(const char *const words[])
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int ret;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	ret = posix_spawnp(&pid, words[0], &actions, NULL, (char *const *)words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (ret)
		die("%s: %s", words[0], strerror(ret));
	return pid;
}

static void run_once(struct run *run)
{
	struct rusage usage;
	uint64_t us;
	int status;

	if (wait4(spawn(run->words), &status, 0, &usage) < 0)
		die("wait4: %s", strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		die("%s %s: failed, status %#x", run->words[0], run->words[1], status);
	us = us_of(&usage.ru_utime) + us_of(&usage.ru_stime);
	if (run->us && us >= run->us)
		return;
	run->us = us;
	run->kib = usage.ru_maxrss;
}

static void row(const char *what, const struct run *ours, const struct run *theirs, double at_most)
{
	double ratio = (double)ours->us / theirs->us;

	report_row("%s\t%.1f ms\t%.1f ms\t%.2f\t%.1f\t%s", what, ours->us / 1e3, theirs->us / 1e3, ratio, at_most,
		   verdict(ratio <= at_most));
}

static void report_areas(const struct run *runs)
{
	const struct run *table = &runs[TABLE];

	report_table("The tool: 60,000 saved areas", "what against what\tthe one\tthe other\ttimes\tat most\tverdict");
	report_row("`--from FILE`, reading the file\t%.1f ms\t%.1f ms\t%.2f\t\t", table->us / 1e3,
		   runs[READING].us / 1e3, (double)table->us / runs[READING].us);
	row("`-J`, the table", &runs[JSON], table, 2);
	row("`-r`, the table", &runs[RAW], table, 1);
	report_row("`-r`, the table: memory\t%ld KiB\t%ld KiB\t%.2f\t1.0\t%s", runs[RAW].kib, table->kib,
		   (double)runs[RAW].kib / table->kib, verdict(runs[RAW].kib <= table->kib));
	report_row("`-O`, the table\t%.1f ms\t%.1f ms\t%.2f\t\t", runs[ALL].us / 1e3, table->us / 1e3,
		   (double)runs[ALL].us / table->us);
	row("`diff` of the file with itself, the table", &runs[DIFF], table, 2);
}

static void report_pages(const struct run *runs, bool has_page_types)
{
	const struct run *pages = &runs[PAGES];

	report_table("The tool: 262,144 saved runs", "what against what\tthe one\tthe other\ttimes\tat most\tverdict");
	if (has_page_types)
		row("`pages`, `page-types -l -N -p PID`", pages, &runs[PAGE_TYPES], 1);
	row("`pages -J`, `pages`", &runs[PAGES_JSON], pages, 2.5);
	row("`pages -r`, `pages`", &runs[PAGES_RAW], pages, 1);
}

static void choose(struct run *runs, const char *vmaview, const char *areas, const char *pages)
{
	runs[READING] = (struct run){ .words = { "cat", areas } };
	runs[TABLE] = (struct run){ .words = { vmaview, "--from", areas } };
	runs[RAW] = (struct run){ .words = { vmaview, "-r", "--from", areas } };
	runs[JSON] = (struct run){ .words = { vmaview, "-J", "--from", areas } };
	runs[ALL] = (struct run){ .words = { vmaview, "-O", "--from", areas } };
	runs[DIFF] = (struct run){ .words = { vmaview, "diff", areas, areas } };
	runs[PAGES] = (struct run){ .words = { vmaview, "pages", "--from", pages } };
	runs[PAGES_RAW] = (struct run){ .words = { vmaview, "pages", "-r", "--from", pages } };
	runs[PAGES_JSON] = (struct run){ .words = { vmaview, "pages", "-J", "--from", pages } };
}

/* page-types looks at a process that lives, in which as many pages are. */
static void compare_with(struct run *runs, const char *page_types, struct scene *scene, char *pid, size_t room)
{
	static const struct plan plan = { .build = build_scattered, .size = RESIDENT };

	scene_start(scene, &plan);
	snprintf(pid, room, "%d", scene->pid);
	runs[PAGE_TYPES] = (struct run){ .words = { page_types, "-l", "-N", "-p", pid } };
}

int main(int argc, char **argv)
{
	struct run runs[VIEWS] = { { .us = 0 } };
	char *areas, *pages, pid[16];
	struct scene scene;

	if (argc != 4 && argc != 5)
		die("usage: saved_views ROUNDS VMAVIEW FOLDER [PAGE-TYPES]");
	if (asprintf(&areas, "%s/areas.vmav", argv[3]) < 0 || asprintf(&pages, "%s/pages.vmav", argv[3]) < 0)
		die("out of memory");
	saved_areas(areas);
	saved_runs(pages);
	choose(runs, argv[2], areas, pages);
	if (argc == 5)
		compare_with(runs, argv[4], &scene, pid, sizeof(pid));
	for (int round = atoi(argv[1]); round > 0; round--)
		for (int i = 0; i < VIEWS; i++)
			if (runs[i].words[0])
				run_once(&runs[i]);
	report_areas(runs);
	report_pages(runs, argc == 5);
	if (argc == 5)
		scene_end(&scene);
	free(areas);
	free(pages);
	return 0;
}
