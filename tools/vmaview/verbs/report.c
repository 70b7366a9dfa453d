// SPDX-License-Identifier: GPL-2.0
/* report.c - in: processes or a saved stream; out: their processes, and words for those that are missing. */
#include <stdio.h>
#include <stdlib.h>

#include "verbs/blame.h"
#include "verbs/report.h"

void report_say_fallback(const struct collector *collector)
{
	char why[512];

	blame_module(collector, why, sizeof(why));
	say("showing only what /proc reports: %s", why);
}

/* EXIT_DONE, and whether @process is that of @target, and to be freed; or the code to stop with. */
static int read_target(struct report *report, struct collector *collector, const struct target *target,
		       struct process *process, bool *there)
{
	enum collected collected = collect_process(collector, process, target->pid);

	*there = false;
	if (collected != COLLECTED || process->source == SOURCE_PROC)
		progress_hide(&report->progress);
	if (collected == COLLECT_NO_MODULE) {
		blame_target(collector, collected, target->pid);
		process_free(process);
		return EXIT_NO_MODULE;
	}
	if (collected == COLLECTED && process->source == SOURCE_PROC && !collector->proc_only) {
		collector->proc_only = true;
		report_say_fallback(collector);
	}
	*there = missing_none(&report->missing, collector, collected, target);
	if (!*there)
		process_free(process);
	return EXIT_DONE;
}

static int collect_pids(struct report *report, const struct options *options,
			struct collector *collector)
{
	int ret = EXIT_DONE;

	report->progress = progress_begin(options->targets.nr);
	for (size_t i = 0; !ret && i < options->targets.nr; i++) {
		struct process *process = &report->processes[report->nr];
		bool there;

		progress_step(&report->progress, i);
		ret = read_target(report, collector, &options->targets.list[i], process, &there);
		report->nr += there;
	}
	progress_hide(&report->progress);
	if (!ret)
		missing_say(&report->missing);
	return ret;
}

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

static int read_saved(struct report *report, const struct options *options, struct collector *collector,
		      struct saved *saved)
{
	if (collect_saved_open(collector, saved, options->from_path, options->from_moment)) {
		say("%s: %s", options->from, collector->why);
		return EXIT_FAILED;
	}
	report->processes = calloc(saved->nr, sizeof(*report->processes));
	if (!report->processes)
		return say_no_memory();
	for (size_t i = 0; i < saved->nr; i++) {
		enum collected collected = collect_saved(collector, saved, i, &report->processes[report->nr++]);

		if (collected == COLLECTED)
			continue;
		say("%s: %s", options->from, collector->why);
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

static int report_saved(struct report *report, const struct options *options, struct collector *collector)
{
	struct saved saved;
	int ret = read_saved(report, options, collector, &saved);

	collect_saved_close(&saved);
	return ret;
}

int report_collect(struct report *report, struct options *options, struct collector *collector)
{
	int ret;

	*report = (struct report){ .nr = 0 };
	collector->low = options->low;
	collector->high = options->high;
	if (options->from) {
		ret = report_saved(report, options, collector);
		options->several_saved = report->nr > 1;
		return ret;
	}
	report->processes = calloc(options->targets.nr, sizeof(*report->processes));
	return report->processes ? collect_pids(report, options, collector) : say_no_memory();
}

bool report_is_long(const struct options *options)
{
	return options->selection.nr && !selection_is_named(&options->selection);
}

int report_each(struct options *options, struct collector *collector, report_show *show, const void *context)
{
	struct report report = { .nr = 0 };
	int ret = EXIT_DONE;

	collector->low = options->low;
	collector->high = options->high;
	for (size_t i = 0; !ret && !ferror(stdout) && i < options->targets.nr; i++) {
		struct process process;
		bool there;

		ret = read_target(&report, collector, &options->targets.list[i], &process, &there);
		if (!there)
			continue;
		ret = show(options, &process, report.nr++, context);
		process_free(&process);
	}
	if (!ret)
		ret = show(options, NULL, report.nr, context);
	if (ret)
		return ret;
	missing_say(&report.missing);
	return report_exit_code(&report);
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->nr; i++)
		process_free(&report->processes[i]);
	free(report->processes);
}

int report_say_not_saved(const struct report *report, const char *file, const char *verb)
{
	if (report->nr && report->processes->is_core)
		say("%s: what %s shows is not in a core file", file, verb);
	else
		say("%s: what %s shows is not in it; vmaview record --pages saves it", file, verb);
	return EXIT_FAILED;
}

int report_exit_code(const struct report *report)
{
	return missing_exit_code(&report->missing, report->nr);
}
