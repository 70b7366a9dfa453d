// SPDX-License-Identifier: GPL-2.0
/*
 * view.c - in: options; out: everything is read first, then shown.
 *
 * So a target that cannot be read never leaves half an output behind.
 */
#include <stdlib.h>
#include <string.h>

#include "area_table.h"
#include "blame.h"
#include "json.h"
#include "sort.h"
#include "view.h"

struct report {
	struct process *processes;
	size_t nr;
	size_t nobody;
	size_t failed;
};

/* Only columns of the module: /proc cannot stand in for it. */
static bool needs_module(const struct options *options)
{
	for (size_t i = 0; i < options->nr_columns; i++)
		if (options->columns[i]->flags & COL_PROC)
			return false;
	return options->nr_columns;
}

static void add(struct report *report, const struct collector *collector,
		enum collected collected, pid_t pid)
{
	if (collected == COLLECTED) {
		report->nr++;
		return;
	}
	process_free(&report->processes[report->nr]);
	blame_target(collector, collected, pid);
	if (collected == COLLECT_NOBODY)
		report->nobody++;
	else
		report->failed++;
}

static void say_fallback(const struct collector *collector)
{
	char why[512];

	blame_module(collector, why, sizeof(why));
	say("showing only what /proc tells: %s", why);
}

/* EXIT_DONE, or the code to stop with. */
static int collect_pids(const struct options *options, struct report *report)
{
	struct collector collector;
	bool said = false;

	collector_init(&collector);
	collector.low = options->low;
	collector.high = options->high;
	for (size_t i = 0; i < options->nr_pids; i++) {
		struct process *process = &report->processes[report->nr];
		enum collected collected;

		collector.module_only = needs_module(options);
		collected = collect_process(&collector, process, options->pids[i]);
		if (collected == COLLECT_NO_MODULE) {
			blame_target(&collector, collected, options->pids[i]);
			process_free(process);
			return EXIT_NO_MODULE;
		}
		if (collected == COLLECTED && process->source == SOURCE_PROC && !said) {
			said = true;
			collector.proc_only = true;
			say_fallback(&collector);
		}
		add(report, &collector, collected, options->pids[i]);
	}
	return EXIT_DONE;
}

static int collect_saved(const struct options *options, struct report *report)
{
	struct collector collector;

	collector_init(&collector);
	collector.low = options->low;
	collector.high = options->high;
	if (collect_file(&collector, &report->processes[0], options->from) != COLLECTED) {
		say("%s: %s", options->from, collector.why);
		process_free(&report->processes[0]);
		return EXIT_FAILED;
	}
	report->nr = 1;
	return EXIT_DONE;
}

static void choose_columns(struct options *options)
{
	if (options->nr_columns || options->json)
		return;
	/* Rows of several processes in one table must say whose they are. */
	if (options->raw && options->nr_pids > 1)
		options->columns[options->nr_columns++] = column_find(&area_columns, "Pid", 3);
	options_choose(options, COL_DEFAULT);
}

static int show(struct options *options, const struct report *report)
{
	if (options->sort)
		for (size_t i = 0; i < report->nr; i++)
			sort_areas(&report->processes[i], options->sort);
	choose_columns(options);
	if (options->json)
		json_print(options, report->processes, report->nr);
	else if (area_table_print(options, report->processes, report->nr)) {
		say("out of memory");
		return EXIT_FAILED;
	}
	return blame_exit_code(report->nobody, report->failed, report->nr);
}

int view_main(struct options *options)
{
	size_t room = options->nr_pids ? options->nr_pids : 1;
	struct report report = { .processes = calloc(room, sizeof(*report.processes)) };
	int ret;

	if (!report.processes) {
		say("out of memory");
		return EXIT_FAILED;
	}
	ret = options->from ? collect_saved(options, &report) : collect_pids(options, &report);
	if (!ret)
		ret = show(options, &report);
	for (size_t i = 0; i < report.nr; i++)
		process_free(&report.processes[i]);
	free(report.processes);
	return ret;
}
