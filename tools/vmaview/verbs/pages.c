// SPDX-License-Identifier: GPL-2.0
/* pages.c - in: options; out: the runs of equal pages of processes. */
#include <errno.h>
#include <stdlib.h>

#include "columns/run_columns.h"
#include "draw/json.h"
#include "draw/sheet.h"
#include "filter/push.h"
#include "filter/runs.h"
#include "verbs/pages.h"
#include "verbs/report.h"

/* Areas are only asked for where a column shows something of them: there may be many. */
static bool is_of_area(const struct column *column)
{
	return column->flags & COL_AREA;
}

static bool needs_areas(const struct options *options)
{
	if (options->sort && is_of_area(options->sort))
		return true;
	for (size_t i = 0; i < options->nr_columns; i++)
		if (is_of_area(options->columns[i]))
			return true;
	return options->filter && filter_uses(options->filter, is_of_area);
}

static void ask(const struct options *options, struct collector *collector)
{
	collector->module_only = true;
	collector->want = VMAVIEW_WANT_RUNS | (needs_areas(options) ? VMAVIEW_WANT_AREAS : 0);
	if (options->filter)
		push_filter(options->filter, &collector->select);
	if (options->no_pfn)
		collector->select.flags |= VMAVIEW_REQUEST_JOIN;
}

/* What the module did not do, or could not: it never saw a saved stream's filter. */
static void reduce(const struct options *options, struct process *process)
{
	runs_clip(process, options->low, options->high);
	if (options->no_pfn)
		runs_join(process);
}

/* The sheets take the rows over. */
static struct sheet *fill(const struct options *options, struct report *report)
{
	struct sheet *sheets = calloc(report->nr + 1, sizeof(*sheets));

	for (size_t i = 0; sheets && i < report->nr; i++) {
		struct process *process = &report->processes[i];

		reduce(options, process);
		sheets[i] = (struct sheet){
			.process = process,
			.rows = process->runs,
			.nr = process->nr_runs,
			.size = sizeof(*process->runs),
		};
		process->runs = NULL;
		process->nr_runs = 0;
		sheet_filter(options, &sheets[i]);
		sheet_sort(options, &sheets[i]);
	}
	return sheets;
}

static int print(struct options *options, const struct sheet *sheets, size_t nr)
{
	if (options->json) {
		json_sheets(options, "pages", sheets, nr);
		return 0;
	}
	if (!options->nr_columns)
		options_choose_default(options);
	return sheet_print(options, sheets, nr);
}

static int show(struct options *options, struct report *report)
{
	struct sheet *sheets = fill(options, report);
	int ret = sheets ? print(options, sheets, report->nr) : -ENOMEM;

	for (size_t i = 0; sheets && i < report->nr; i++)
		free(sheets[i].rows);
	free(sheets);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

/* A stream that was saved without them has no runs to show, which is not the same as none. */
static int check_saved(const struct options *options, const struct report *report)
{
	if (!options->from || !report->nr || report->processes[0].has_runs)
		return EXIT_DONE;
	say("%s: single pages are not in it; vmaview record --pages saves them", options->from);
	return EXIT_FAILED;
}

int pages_main(struct options *options)
{
	struct collector collector;
	struct report report;
	int ret;

	collector_init(&collector);
	ask(options, &collector);
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = check_saved(options, &report);
	if (!ret)
		ret = show(options, &report);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}
