// SPDX-License-Identifier: GPL-2.0
/* layout.c - in: options of layout; out: the parts of a program, shown. */
#include <stdlib.h>
#include <string.h>

#include "draw/json.h"
#include "verbs/layout/layout.h"
#include "verbs/layout/translate.h"
#include "verbs/report.h"
#include "verbs/sheet_verb.h"

#define WANT (VMAVIEW_WANT_LAYOUT | VMAVIEW_WANT_AREAS | VMAVIEW_WANT_VMFLAGS)

static size_t group_of(const void *row)
{
	return ((const struct part *)row)->group;
}

static int fill(struct sheet *sheet)
{
	uint32_t flags = sheet->process->layout.flags;
	int ret = layout_parts(sheet);

	sheet->group_of = group_of;
	sheet->group[PART_PROGRAM] = (struct sheet_group){ "layout", !sheet->process->has_layout };
	sheet->group[PART_THREAD] = (struct sheet_group){ "threads", !(flags & VMAVIEW_LAYOUT_SEGMENTS) };
	sheet->group[PART_LDT] = (struct sheet_group){ "ldt", !(flags & VMAVIEW_LAYOUT_LDT) };
	return ret;
}

/* The columns that say something of a translation. */
static void choose_columns(struct options *options)
{
	static const char *const names[] = { "Name", "Start", "End", "Size", "Physical", "State", "Mapping" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		options->columns[options->nr_columns++] =
			column_find(&layout_columns, names[i], strlen(names[i]));
}

static int show(struct options *options, struct sheet *sheet)
{
	sheet->group_of = group_of;
	sheet->group[PART_PHYSICAL] = (struct sheet_group){ "physical", false };
	sheet_sort(options, sheet);
	if (options->json) {
		json_sheets(options, "physical", sheet, 1);
		return EXIT_DONE;
	}
	if (!options->nr_columns)
		choose_columns(options);
	if (!sheet_print(options, sheet, 1))
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

static int translate_all(struct sheet *sheet, struct collector *collector, struct place *places,
			 size_t nr, const struct sheet *parts)
{
	for (size_t i = 0; i < nr; i++) {
		int ret = place_find(&places[i], parts);

		if (ret)
			return ret;
		if (translate(sheet, collector, &places[i])) {
			say("PID %d: %s", sheet->process->pid, collector->why);
			return EXIT_FAILED;
		}
	}
	return EXIT_DONE;
}

/* All is translated before any of it is shown. */
static int translate_process(struct options *options, struct collector *collector,
			     const struct process *process, struct place *places, size_t nr)
{
	struct sheet parts = { .process = process };
	struct sheet sheet = { .process = process, .size = sizeof(struct part) };
	int ret = EXIT_FAILED;

	if (layout_parts(&parts))
		say("out of memory");
	else
		ret = translate_all(&sheet, collector, places, nr, &parts);
	if (!ret)
		ret = show(options, &sheet);
	free(sheet.rows);
	free(parts.rows);
	return ret;
}

static int translate_main(struct options *options, struct place *places, size_t nr)
{
	struct collector collector;
	struct report report;
	int ret;

	for (size_t i = 0; i < nr; i++) {
		ret = place_parse(&places[i], options->words[i]);
		if (ret)
			return ret;
	}
	collector_init(&collector);
	collector.want = WANT;
	collector.module_only = true;
	collector.gate = true;
	ret = report_collect(&report, options, &collector);
	if (!ret)
		ret = report_exit_code(&report);
	if (!ret)
		ret = translate_process(options, &collector, report.processes, places, nr);
	report_free(&report);
	return ret;
}

static int with_places(struct options *options, size_t nr)
{
	struct place *places = calloc(nr, sizeof(*places));
	int ret;

	if (!places) {
		say("out of memory");
		return EXIT_FAILED;
	}
	ret = translate_main(options, places, nr);
	free(places);
	return ret;
}

static bool has(const struct process *process)
{
	return process->has_layout;
}

int layout_main(struct options *options)
{
	static const struct sheet_verb verb = {
		.json = "layout",
		.want = WANT,
		.fill = fill,
		.has = has,
	};
	size_t nr = 0;

	while (options->words[nr])
		nr++;
	if (!nr)
		return sheet_verb_main(options, &verb);
	return with_places(options, nr);
}
