// SPDX-License-Identifier: GPL-2.0
/* view.c - in: options; out: the areas of processes. */
#include "area_table.h"
#include "json.h"
#include "report.h"
#include "sort.h"
#include "view.h"

/* Only columns of the module: /proc cannot stand in for it. */
static bool needs_module(const struct options *options)
{
	for (size_t i = 0; i < options->nr_columns; i++)
		if (options->columns[i]->flags & COL_PROC)
			return false;
	return options->nr_columns;
}

static int show(struct options *options, const struct report *report)
{
	if (options->sort)
		for (size_t i = 0; i < report->nr; i++)
			sort_areas(&report->processes[i], options->sort);
	if (options->json) {
		json_areas(options, report->processes, report->nr);
		return EXIT_DONE;
	}
	if (!options->nr_columns)
		options_choose_default(options);
	if (area_table_print(options, report->processes, report->nr)) {
		say("out of memory");
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

int view_main(struct options *options)
{
	struct collector collector;
	struct report report;
	int ret;

	collector_init(&collector);
	collector.module_only = needs_module(options);
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = show(options, &report);
	if (!ret)
		ret = report_exit_code(&report);
	report_free(&report);
	return ret;
}
