// SPDX-License-Identifier: GPL-2.0
/* diff_sides.c - in: OLD and NEW, each a file or a PID; out: their processes, and which belong together. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command/moment.h"
#include "command/operands.h"
#include "verbs/blame.h"
#include "verbs/diff/diff_sides.h"
#include "verbs/report.h"

int diff_sides_parse(struct diff_sides *sides, char **words)
{
	int ret = EXIT_DONE;

	for (int i = 0; !ret && i < 2; i++) {
		struct diff_side *side = &sides->side[i];

		side->word = words[i];
		ret = operand_is_pid(words[i]) ? operand_pid(words[i], &side->pid) :
					 moment_parse(words[i], &side->path, &side->moment);
	}
	return ret;
}

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

static int read_file(struct diff_side *side, struct collector *collector, struct saved *saved)
{
	int ret = collect_saved_open(collector, saved, side->path, side->moment);

	if (!ret && side->moment == MOMENT_LAST)
		side->moment = saved->file.moments;

	side->processes = ret ? NULL : calloc(saved->nr + 1, sizeof(*side->processes));
	if (!ret && !side->processes)
		return say_no_memory();
	for (size_t i = 0; !ret && i < saved->nr; i++)
		ret = collect_saved(collector, saved, i, &side->processes[side->nr++]) != COLLECTED;
	if (!ret)
		return EXIT_DONE;
	say("%s: %s", side->word, collector->why);
	return EXIT_FAILED;
}

static int read_live(struct diff_side *side, struct collector *collector)
{
	bool tried = collector->proc_only;
	enum collected collected;

	side->processes = calloc(1, sizeof(*side->processes));
	if (!side->processes)
		return say_no_memory();
	side->nr = 1;
	collected = collect_process(collector, side->processes, side->pid);
	if (collected == COLLECTED) {
		collector->proc_only = side->processes->source == SOURCE_PROC;
		if (collector->proc_only && !tried)
			report_say_fallback(collector);
		return EXIT_DONE;
	}
	blame_target(collector, collected, side->pid);
	return collected == COLLECT_NOBODY ? EXIT_NOBODY : EXIT_FAILED;
}

/* A PID and a file are that process and its past: the others are not asked about. */
static int keep_pid(struct diff_side *side, pid_t pid)
{
	size_t kept = 0;

	for (size_t i = 0; i < side->nr; i++) {
		if (side->processes[i].pid == pid)
			side->processes[kept++] = side->processes[i];
		else
			process_free(&side->processes[i]);
	}
	side->nr = kept;
	if (kept)
		return EXIT_DONE;
	say("%s: it has no process %d", side->word, pid);
	return EXIT_NOBODY;
}

static bool has_runs(const struct diff_side *side)
{
	for (size_t i = 0; side->processes && i < side->nr; i++)
		if (!side->processes[i].has_runs)
			return false;
	return true;
}

static int check_proc(const struct diff_sides *sides)
{
	const char *why = sides->side[0].pid || sides->side[1].pid ? blame_proc() : NULL;

	if (!why)
		return EXIT_DONE;
	say("%s", why);
	return EXIT_FAILED;
}

static int read_files(struct diff_sides *sides)
{
	int ret = EXIT_DONE;

	for (int i = 0; !ret && i < 2; i++) {
		struct diff_side *side = &sides->side[i];
		struct collector collector;
		struct saved saved;

		if (side->pid)
			continue;
		collector_init(&collector);
		ret = read_file(side, &collector, &saved);
		collect_saved_close(&saved);
		if (!ret && sides->side[!i].pid)
			ret = keep_pid(side, sides->side[!i].pid);
	}
	return ret;
}

int diff_sides_read(struct diff_sides *sides)
{
	struct collector collector;
	int ret = check_proc(sides);

	if (!ret)
		ret = read_files(sides);
	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT;
	/* Pages of one side alone say nothing. */
	if (has_runs(&sides->side[0]) && has_runs(&sides->side[1]))
		collector.want |= VMAVIEW_WANT_RUNS;
	for (int i = 0; !ret && i < 2; i++)
		if (sides->side[i].pid)
			ret = read_live(&sides->side[i], &collector);
	return ret;
}

static const struct process *find(const struct diff_side *side, pid_t pid)
{
	for (size_t i = 0; i < side->nr; i++)
		if (side->processes[i].pid == pid)
			return &side->processes[i];
	return NULL;
}

void diff_sides_pair(const struct diff_sides *sides, size_t index, const struct process **before,
		     const struct process **after)
{
	const struct diff_side *old = &sides->side[0], *new = &sides->side[1];

	*before = *after = NULL;
	if (old->nr == 1 && new->nr == 1) {
		*before = index ? NULL : old->processes;
		*after = index ? NULL : new->processes;
		return;
	}
	if (index < old->nr) {
		*before = &old->processes[index];
		*after = find(new, (*before)->pid);
		return;
	}
	index -= old->nr;
	for (size_t i = 0; i < new->nr; i++) {
		if (find(old, new->processes[i].pid))
			continue;
		if (!index--) {
			*after = &new->processes[i];
			return;
		}
	}
}

void diff_sides_free(struct diff_sides *sides)
{
	for (int i = 0; i < 2; i++) {
		struct diff_side *side = &sides->side[i];

		for (size_t j = 0; j < side->nr; j++)
			process_free(&side->processes[j]);
		free(side->processes);
		free(side->path);
	}
}
