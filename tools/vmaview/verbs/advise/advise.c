// SPDX-License-Identifier: GPL-2.0
/* advise.c - in: PIDs; out: what of their memory is worth doing something about, in ten lines at most. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proc/area_limit.h"
#include "proc/memory.h"
#include "proc/object_search.h"
#include "proc/whose.h"
#include "verbs/advise/advise.h"
#include "verbs/advise/advise_json.h"
#include "verbs/advise/findings.h"
#include "verbs/huge_facts.h"
#include "verbs/report.h"
#include "vmaview/kind.h"

#define LINES 10

struct advising {
	struct findings findings;
	struct objects objects;		/* those that are mapped, and in the end all */
	bool all;			/* all processes are asked about */
	struct process header;		/* for JSON: what is the same of all processes */
};

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

/* In a namespace of PIDs all is not all of the machine. */
static bool is_machine(const struct selection *selection)
{
	for (size_t i = 0; i < selection->nr; i++)
		if (selection->rules[i].by == BY_ALL)
			return whose_are_all();
	return false;
}

static int find_huge(const struct process *process, struct huge_ranges *ranges)
{
	struct thp_machine machine;
	struct huge_asked asked = {
		.process = process, .machine = &machine, .allowed = thp_of_process(process->thread),
		.high = UINT64_MAX,
	};
	uint8_t *may;
	int ret;

	thp_read(&machine, process->leaf_size[1]);
	asked.may = may = huge_may_read(&asked);
	ret = may ? huge_ranges_find(&asked, ranges) : -ENOMEM;
	free(may);
	return ret;
}

static int note_objects(struct advising *advising, const struct process *process)
{
	for (size_t i = 0; i < process->nr_areas; i++) {
		enum kind kind = kind_of_area(process, i);

		if ((kind == KIND_OF_MEMFD || kind == KIND_OF_SYSV) &&
		    !object_of_area(&advising->objects, kind == KIND_OF_SYSV ? OBJECT_SYSV : OBJECT_MEMFD, process, i))
			return -ENOMEM;
	}
	return 0;
}

static int add_process(struct advising *advising, const struct process *process)
{
	struct huge_ranges ranges = { .range = NULL };
	struct memory memory;
	struct findings_known known = { .free = VMAVIEW_UNKNOWN64, .limit = area_limit_read() };
	struct holders *holders = holders_read(process->thread, holders_have_aio(process));
	int ret = holders ? find_huge(process, &ranges) : -ENOMEM;

	if (memory_read(&memory))
		known.free = memory.free + memory.cache;
	known.holders = holders;
	known.ranges = &ranges;
	if (!ret)
		ret = findings_add_process(&advising->findings, process, &known);
	if (!ret && advising->all)
		ret = note_objects(advising, process);
	free(ranges.range);
	free(holders);
	return ret;
}

/* Where all are asked about, what none of them maps is mapped by nobody. */
static int add_objects(struct advising *advising)
{
	int ret = objects_search(&advising->objects);

	for (size_t i = 0; !ret && i < advising->objects.nr; i++) {
		const struct object *object = advising->objects.list[i];

		if (object->mapped || !object->measured ||
		    (object->id.kind != OBJECT_MEMFD && object->id.kind != OBJECT_SYSV) ||
		    object->present + object->swap < FINDING_LEAST)
			continue;
		ret = findings_add(&advising->findings, ADVICE_UNMAPPED, 0, object->present + object->swap);
	}
	return ret;
}

static int show(struct options *options, const struct advising *advising, const struct sheet *sheet)
{
	if (options->json) {
		advise_json(options, sheet, advising->header.abi_major ? &advising->header : NULL);
		return EXIT_DONE;
	}
	if (!sheet->nr)
		return EXIT_DONE;
	if (!options->nr_columns)
		options_choose_default(options);
	return sheet_print(options, sheet, 1) ? say_no_memory() : EXIT_DONE;
}

static int print(struct options *options, struct advising *advising)
{
	const struct finding **list = calloc(LINES, sizeof(*list));
	struct sheet sheet = { .rows = list, .size = sizeof(list[0]) };
	int ret;

	if (!list)
		return say_no_memory();
	sheet.nr = findings_sort(&advising->findings, list, LINES);
	sheet_filter(options, &sheet);
	/* Sorting may put the rows elsewhere in memory. */
	sheet_sort(options, &sheet);
	ret = show(options, advising, &sheet);
	free(sheet.rows);
	return ret;
}

/* Nothing is shown before all were read. */
static int take(struct options *options, struct process *process, size_t shown, const void *context)
{
	struct advising *advising = *(struct advising *const *)context;

	if (!process) {
		if (advising->all && add_objects(advising))
			return say_no_memory();
		return print(options, advising);
	}
	if (!shown) {
		advising->header.abi_major = process->abi_major;
		advising->header.abi_minor = process->abi_minor;
		advising->header.page_size = process->page_size;
		advising->header.source = process->source;
		advising->header.release = process_keep(&advising->header, process->release, strlen(process->release));
	}
	if (!shown && !advising->header.release)
		return say_no_memory();
	return add_process(advising, process) ? say_no_memory() : EXIT_DONE;
}

int advise_main(struct options *options)
{
	struct advising *advising = calloc(1, sizeof(*advising));
	struct collector collector;
	int ret;

	if (!advising)
		return say_no_memory();
	process_init(&advising->header);
	objects_init(&advising->objects);
	advising->objects.live = true;
	advising->objects.swapped = memory_is_swapped();
	advising->all = is_machine(&options->selection);
	collector_init(&collector);
	collector.want = COLLECT_AREAS | VMAVIEW_WANT_SEAMS | VMAVIEW_WANT_RUNS;
	collector.select.flags = VMAVIEW_REQUEST_JOIN;
	collector.module_only = true;
	ret = report_each(options, &collector, take, &advising);
	findings_free(&advising->findings);
	objects_free(&advising->objects);
	process_free(&advising->header);
	free(advising);
	return ret;
}
