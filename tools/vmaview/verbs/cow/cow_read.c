// SPDX-License-Identifier: GPL-2.0
/* cow_read.c - in: PIDs; out: their memory read page by page, beside each other. */
#include <errno.h>
#include <stdlib.h>

#include "proc/same_space.h"
#include "proc/who.h"
#include "verbs/cow/cow_read.h"
#include "vmaview/runs.h"

static size_t find_pid(const struct cow *cow, pid_t pid)
{
	for (size_t i = 0; i < cow->group.nr; i++)
		if (cow->group.members[i].process->pid == pid)
			return i;
	for (size_t i = 0; i < cow->nr_twins; i++)
		if (cow->twins[i].pid == pid)
			return cow->twins[i].member;
	return NO_PARENT;
}

static pid_t parent_of(pid_t pid)
{
	struct who who;

	return who_is(pid, &who) ? who.parent : 0;
}

/* Whose child a saved process was, is not saved: who has its number now is another one. */
static void find_parents(struct cow *cow)
{
	for (size_t i = 0; cow->group.nr > 1 && i < cow->group.nr; i++) {
		struct member *member = &cow->group.members[i];
		bool lives = member->process->source != SOURCE_FILE;
		size_t parent = lives ? find_pid(cow, parent_of(member->process->pid)) : NO_PARENT;

		if (parent != i)
			member->parent = parent;
	}
}

/* What names a space is x86's; elsewhere those that live are compared. */
static bool are_one(const struct process *a, const struct process *b)
{
	if (a->pid == b->pid)
		return true;
	if (a->space || b->space)
		return a->space == b->space;
	return a->source != SOURCE_FILE && same_space(a->thread, b->thread);
}

static bool is_noted(const struct cow *cow, pid_t pid)
{
	for (size_t i = 0; i < cow->nr_twins; i++)
		if (cow->twins[i].pid == pid)
			return true;
	return false;
}

/*
 * A process that is named twice would share all its memory with itself, and so would one address space
 * of two processes: nothing there is copied on write, what one writes the other reads.
 */
static int drop_doubles(struct cow *cow)
{
	struct report *report = &cow->report;
	size_t kept = 0;

	cow->twins = calloc(report->nr + 1, sizeof(*cow->twins));
	if (!cow->twins)
		return -ENOMEM;
	for (size_t i = 0; i < report->nr; i++) {
		struct process *process = &report->processes[i];
		size_t j = 0;

		while (j < kept && !are_one(&report->processes[j], process))
			j++;
		if (j == kept) {
			report->processes[kept++] = *process;
			continue;
		}
		if (report->processes[j].pid != process->pid && !is_noted(cow, process->pid))
			cow->twins[cow->nr_twins++] = (struct cow_twin){ process->pid, j };
		process_free(process);
	}
	report->nr = kept;
	return 0;
}

static int compare(struct cow *cow)
{
	int ret = drop_doubles(cow);

	if (ret)
		return ret;
	cow->has_group = true;
	ret = group_fill(&cow->group, cow->report.processes, cow->report.nr);
	if (ret)
		return ret;
	find_parents(cow);
	group_compare(&cow->group);
	return 0;
}

/* As pages has it: single pages are not always saved. */
static int check_saved(const struct options *options, struct report *report)
{
	for (size_t i = 0; options->from && i < report->nr; i++) {
		if (!report->processes[i].has_runs)
			return report_say_not_saved(report, options->from, "cow");
		runs_of_areas(&report->processes[i]);
	}
	return EXIT_DONE;
}

int cow_read(struct cow *cow, struct options *options)
{
	struct collector collector;
	int ret;

	*cow = (struct cow){ .has_group = false };
	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS;
	collector.whole = true;
	collector.module_only = true;
	ret = report_collect(&cow->report, options, &collector);
	if (!ret)
		ret = check_saved(options, &cow->report);
	if (ret)
		return ret;
	if (!compare(cow))
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

void cow_free(struct cow *cow)
{
	if (cow->has_group)
		group_free(&cow->group);
	free(cow->twins);
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
