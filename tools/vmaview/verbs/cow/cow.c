// SPDX-License-Identifier: GPL-2.0
/* cow.c - in: PIDs; out: their memory read page by page, beside each other. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proc/tree.h"
#include "verbs/cow/cow.h"

static size_t find_pid(const struct group *group, pid_t pid)
{
	for (size_t i = 0; i < group->nr; i++)
		if (group->members[i].process->pid == pid)
			return i;
	return NO_PARENT;
}

static void find_parents(struct group *group)
{
	for (size_t i = 0; i < group->nr; i++) {
		size_t parent = find_pid(group, tree_parent(group->members[i].process->pid));

		if (parent != i)
			group->members[i].parent = parent;
	}
}

/* A process that is named twice would share all its memory with itself. */
static void drop_doubles(struct report *report)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->nr; i++) {
		size_t j = 0;

		while (j < kept && report->processes[j].pid != report->processes[i].pid)
			j++;
		if (j < kept)
			process_free(&report->processes[i]);
		else
			report->processes[kept++] = report->processes[i];
	}
	report->nr = kept;
}

int cow_read(struct cow *cow, const struct options *options)
{
	struct collector collector;
	int ret;

	*cow = (struct cow){ .has_group = false };
	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS;
	collector.whole = true;
	collector.module_only = true;
	ret = report_collect(&cow->report, options, &collector);
	if (ret)
		return ret;
	drop_doubles(&cow->report);
	cow->has_group = true;
	if (group_fill(&cow->group, cow->report.processes, cow->report.nr)) {
		say("out of memory");
		return EXIT_FAILED;
	}
	find_parents(&cow->group);
	group_compare(&cow->group);
	return EXIT_DONE;
}

void cow_free(struct cow *cow)
{
	if (cow->has_group)
		group_free(&cow->group);
	report_free(&cow->report);
}

void cow_cost(const struct cow *cow, uint64_t *elapsed, uint64_t *longest_hold)
{
	*elapsed = *longest_hold = 0;
	for (size_t i = 0; i < cow->report.nr; i++) {
		const struct vmaview_end *receipt = &cow->report.processes[i].receipt;

		*elapsed += receipt->elapsed;
		if (receipt->longest_hold > *longest_hold)
			*longest_hold = receipt->longest_hold;
	}
}

static int show(struct options *options)
{
	struct cow cow;
	int ret = cow_read(&cow, options);

	if (!ret && (options->json ? cow_json(&cow) : cow_print(options, &cow))) {
		say("out of memory");
		ret = EXIT_FAILED;
	}
	if (!ret)
		ret = report_exit_code(&cow.report);
	cow_free(&cow);
	return ret;
}

/* --tree: the descendants of the one that was named. */
static int choose_tree(struct options *options)
{
	pid_t root = options->pids[0], *pids;
	size_t nr;
	int ret;

	if (options->nr_pids != 1) {
		say("--tree takes one PID: that of the eldest");
		return EXIT_USAGE;
	}
	ret = tree_descendants(root, &pids, &nr);
	if (ret == -ENOENT)
		return EXIT_DONE;	/* reading it says so */
	if (ret) {
		say("/proc cannot be read: %s", strerror(-ret));
		return EXIT_FAILED;
	}
	free(options->pids);
	options->pids = pids;
	options->nr_pids = nr;
	return EXIT_DONE;
}

/* An option that a line of the watch would ignore is a mistake. */
static int check_watch(const struct options *options)
{
	if (options->json)
		say("--watch prints lines, not JSON");
	else if (options->nr_columns || options->sort || options->areas)
		say("--watch prints one line for all; it has no columns to choose");
	else if (options->filter || options->show_path || options->quiet)
		say("--watch prints one line for all; it has no rows, paths or totals");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

int cow_main(struct options *options)
{
	int ret = options->watch ? check_watch(options) : EXIT_DONE;

	if (!ret && options->tree && !options->watch)
		ret = choose_tree(options);
	if (ret)
		return ret;
	return options->watch ? cow_watch(options) : show(options);
}
