// SPDX-License-Identifier: GPL-2.0
/* pages.c - in: options; out: the runs of equal pages of processes. */
#include "filter/preselect.h"
#include "verbs/pages.h"
#include "verbs/sheet_verb.h"
#include "vmaview/runs.h"

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

/* What the module did not do, or could not: it never saw a saved stream's filter. */
static void reduce(const struct options *options, struct process *process)
{
	runs_clip(process, options->low, options->high);
	if (options->no_pfn)
		runs_join(process);
}

static bool has(const struct process *process)
{
	return process->has_runs;
}

int pages_main(struct options *options)
{
	struct sheet_verb verb = {
		.json = "pages",
		.want = VMAVIEW_WANT_RUNS | (needs_areas(options) ? VMAVIEW_WANT_AREAS : 0),
		.reduce = reduce,
		.has = has,
	};

	if (options->filter)
		preselect(options->filter, &verb.select);
	if (options->no_pfn)
		verb.select.flags |= VMAVIEW_REQUEST_JOIN;
	return sheet_verb_main(options, &verb);
}
