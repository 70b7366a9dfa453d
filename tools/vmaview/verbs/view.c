// SPDX-License-Identifier: GPL-2.0
/* view.c - in: options; out: the areas of processes. */
#include <errno.h>

#include "columns/sort.h"
#include "draw/area_table.h"
#include "draw/json.h"
#include "verbs/labels.h"
#include "verbs/report.h"
#include "verbs/view.h"
#include "vmaview/kind.h"

static bool is_modules(const struct column *column)
{
	return !(column->flags & COL_PROC);
}

/*
 * Only columns of the module: /proc cannot stand in for it.  Nor can it for one in a filter, which
 * would then hold for no row, as if there were none.
 */
static bool needs_module(const struct options *options)
{
	if (options->filter && filter_uses(options->filter, is_modules))
		return true;
	for (size_t i = 0; i < options->nr_columns; i++)
		if (!is_modules(options->columns[i]))
			return false;
	return options->nr_columns;
}

/* The totals are those of what is shown. */
static void filter_areas(const struct options *options, struct process *process)
{
	struct cell cell = { .process = process, .show_path = options->show_path };
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_areas; i++) {
		cell.area = &process->areas[i];
		if (filter_holds(options->filter, &cell))
			process->areas[kept++] = process->areas[i];
	}
	process->nr_areas = kept;
}

/* What of it is shown, in which order.  0 or -ENOMEM. */
static int arrange(const struct options *options, struct process *process, const struct labels *labels)
{
	struct sort_order order = { options->sort, options->sort_down, options->show_path };

	if (labels_call(labels, process))
		return -ENOMEM;
	if (options_need_kinds(options))
		kinds_find(process);
	if (options->filter)
		filter_areas(options, process);
	if (options->sort)
		sort_areas(process, &order);
	return 0;
}

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

static int show(struct options *options, const struct report *report, const struct labels *labels)
{
	for (size_t i = 0; i < report->nr; i++)
		if (arrange(options, &report->processes[i], labels))
			return say_no_memory();
	if (options->json) {
		json_areas(options, report->processes, report->nr);
		return EXIT_DONE;
	}
	if (!options->nr_columns)
		options_choose_default(options);
	return area_table_print(options, report->processes, report->nr) ? say_no_memory() : EXIT_DONE;
}

/* One of many: raw rows have one heading for all. */
static int show_next(struct options *options, struct process *process, size_t shown, const void *context)
{
	if (process && arrange(options, process, context))
		return say_no_memory();
	if (options->json) {
		json_next_areas(options, process, shown);
	} else if (process) {
		if (!options->nr_columns)
			options_choose_default(options);
		options->noheadings |= options->raw && shown;
		if (area_table_print(options, process, 1))
			return say_no_memory();
	}
	flush_stdout();
	return EXIT_DONE;
}

static int view(struct options *options, const struct labels *labels)
{
	struct collector collector;
	struct report report;
	int ret;

	collector_init(&collector);
	collector.module_only = needs_module(options);
	if (options_need_places(options))
		collector_add_places(&collector);
	/* Stacks of threads are known by their segments. */
	if (options_need_kinds(options))
		collector.want |= VMAVIEW_WANT_LAYOUT;
	if (report_is_long(options))
		return report_each(options, &collector, show_next, labels);
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = show(options, &report, labels);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}

int view_main(struct options *options)
{
	struct labels labels = { .nr = 0 };
	int ret = EXIT_DONE;

	if (options->labels && !options_show_called(options)) {
		say("--labels has no effect but with the column Label: -o +Label");
		return EXIT_USAGE;
	}
	if (options->labels)
		ret = labels_read(&labels, options->labels);
	if (!ret)
		ret = view(options, &labels);
	labels_free(&labels);
	return ret;
}
