// SPDX-License-Identifier: GPL-2.0
/* sheet_verb.c - in: a verb's options; out: its processes read, their rows made, sorted and shown. */
#include <errno.h>
#include <stdlib.h>

#include "draw/json.h"
#include "verbs/report.h"
#include "verbs/sheet_verb.h"
#include "vmaview/runs.h"

static void free_sheets(struct sheet *sheets, size_t nr)
{
	for (size_t i = 0; sheets && i < nr; i++) {
		free(sheets[i].rows);
		free(sheets[i].beside);
	}
	free(sheets);
}

/* There may be millions: the sheet takes them over. */
static int take_runs(struct sheet *sheet, struct process *process)
{
	sheet->rows = process->runs;
	sheet->nr = process->nr_runs;
	sheet->size = sizeof(*process->runs);
	process->runs = NULL;
	process->nr_runs = process->room_runs = 0;
	return 0;
}

/* One sheet a process of the report; NULL without memory. */
static struct sheet *fill(const struct options *options, const struct sheet_verb *verb, struct report *report)
{
	struct sheet *sheets = calloc(report->nr + 1, sizeof(*sheets));
	int ret = sheets ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < report->nr; i++) {
		sheets[i].process = &report->processes[i];
		sheets[i].notes = verb->notes;
		sheets[i].context = verb->context;
		ret = verb->fill ? verb->fill(&sheets[i]) : take_runs(&sheets[i], &report->processes[i]);
		if (ret)
			break;
		sheet_filter(options, &sheets[i]);
		sheet_sort(options, &sheets[i]);
	}
	if (!ret)
		return sheets;
	free_sheets(sheets, report->nr);
	return NULL;
}

static int print(struct options *options, const struct sheet *sheets, size_t nr)
{
	if (!options->nr_columns)
		options_choose_default(options);
	return sheet_print(options, sheets, nr);
}

static int show(struct options *options, const struct sheet_verb *verb, struct report *report)
{
	struct sheet *sheets = fill(options, verb, report);
	int ret = sheets ? 0 : -ENOMEM;

	if (!ret && options->json)
		json_sheets(options, verb->json, sheets, report->nr);
	else if (!ret)
		ret = print(options, sheets, report->nr);
	free_sheets(sheets, report->nr);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

static int check(const struct options *options, const struct sheet_verb *verb, const struct report *report)
{
	int ret = EXIT_DONE;

	for (size_t i = 0; verb->check && !ret && i < report->nr; i++)
		ret = verb->check(options, &report->processes[i]);
	return ret;
}

/* What was saved without it has nothing to show, which is not the same as none. */
static int check_saved(const struct options *options, const struct sheet_verb *verb,
		       const struct report *report)
{
	bool has = true;

	for (size_t i = 0; options->from && verb->has && i < report->nr; i++)
		has = has && verb->has(&report->processes[i]);
	if (has)
		return EXIT_DONE;
	return report_say_not_saved(report, options->from, verb_name(options->row));
}

/* What the module would have done, had it been asked. */
static void reduce_saved(const struct options *options, const struct sheet_verb *verb, struct process *process)
{
	if (verb->whole)
		runs_of_areas(process);
	else
		runs_clip(process, options->low, options->high);
	runs_select(process, &verb->select);
}

static void reduce(const struct options *options, const struct sheet_verb *verb, const struct report *report)
{
	for (size_t i = 0; i < report->nr; i++) {
		if (verb->reduce)
			verb->reduce(options, &report->processes[i]);
		else if (options->from)
			reduce_saved(options, verb, &report->processes[i]);
	}
}

/* One of many, @one: raw rows have one heading for all. */
static int show_one(struct options *options, const struct sheet_verb *verb, struct report *one, size_t shown)
{
	struct sheet *sheet = fill(options, verb, one);
	int ret = sheet ? 0 : -ENOMEM;

	options->noheadings |= options->raw && shown;
	if (!ret && options->json)
		json_next_sheet(options, verb->json, sheet, shown);
	else if (!ret)
		ret = print(options, sheet, 1);
	free_sheets(sheet, 1);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

static int show_next(struct options *options, struct process *process, size_t shown, const void *context)
{
	const struct sheet_verb *verb = context;
	struct report one = { .processes = process, .nr = 1 };
	int ret = process ? check(options, verb, &one) : EXIT_DONE;

	if (!ret && process) {
		reduce(options, verb, &one);
		ret = show_one(options, verb, &one, shown);
	} else if (!ret && options->json) {
		json_next_sheet(options, verb->json, NULL, shown);
	}
	flush_stdout();
	return ret;
}

int sheet_verb_main(struct options *options, const struct sheet_verb *verb)
{
	struct collector collector;
	struct report report;
	int ret;

	collector_init(&collector);
	collector.want = verb->want;
	collector.select = verb->select;
	collector.whole = verb->whole;
	collector.module_only = true;
	if (report_is_long(options))
		return report_each(options, &collector, show_next, verb);
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = check_saved(options, verb, &report);
	if (!ret)
		ret = check(options, verb, &report);
	if (!ret)
		reduce(options, verb, &report);
	if (!ret)
		ret = show(options, verb, &report);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}
