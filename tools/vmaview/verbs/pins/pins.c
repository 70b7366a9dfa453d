// SPDX-License-Identifier: GPL-2.0
/* pins.c - in: PIDs; out: what holds their pages beyond the page tables, and who may. */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "read/collect.h"
#include "verbs/pin_holders.h"
#include "verbs/pins/pins.h"
#include "verbs/pins/pins_print.h"
#include "verbs/pins/pins_sums.h"
#include "verbs/sheet_verb.h"

/* Pages that are held, or that reclaim may not touch. */
#define HELD \
	(VMAVIEW_PAGE_EXTRA_REFS | VMAVIEW_PAGE_MAYBE_PINNED | VMAVIEW_PAGE_MLOCKED | \
	 VMAVIEW_PAGE_UNEVICTABLE)

static uint32_t kept(const struct vmaview_run *run, const struct area *area, uint64_t locked)
{
	return (area && area->vm_flags & locked ? PIN_VM_LOCKED : 0) |
	       (run->page & VMAVIEW_PAGE_MLOCKED ? PIN_MLOCKED : 0) |
	       (run->page & VMAVIEW_PAGE_UNEVICTABLE ? PIN_UNEVICTABLE : 0) |
	       (run->page & VMAVIEW_PAGE_MAYBE_PINNED ? PIN_MAYBE : 0);
}

static bool goes_on(const struct pin_row *row, const struct pin_row *more)
{
	const size_t facts = offsetof(struct pin_row, area);

	return row->end == more->start &&
	       !memcmp((const char *)row + facts, (const char *)more + facts, sizeof(*row) - facts);
}

/* Both the runs and the areas ascend. */
static const struct area *area_at(const struct process *process, uint64_t address, size_t *next)
{
	while (*next < process->nr_areas && process->areas[*next].end <= address)
		++*next;
	if (*next == process->nr_areas || process->areas[*next].start > address)
		return NULL;
	return &process->areas[*next];
}

/* What the module counts as too many may be no more than the kernel's own, of a page that it has made. */
static bool is_held(const struct pin_row *row)
{
	return refs_are_more(&row->refs) || row->kept & ~PIN_VM_LOCKED;
}

/* Neighbours may differ in what is no matter here: young, dirty, their list. */
static size_t make_rows(const struct sheet *sheet, struct pin_row *rows)
{
	const struct options *options = sheet->context;
	const struct process *process = sheet->process;
	uint64_t locked = pin_locked_flag(process);
	size_t nr = 0, area = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];
		struct pin_row *row = &rows[nr];

		memset(row, 0, sizeof(*row));	/* the padding, too: rows are compared */
		if (!refs_of_run(run, &row->refs))
			continue;
		row->start = run->start;
		row->end = run->end;
		row->area = area_at(process, run->start, &area);
		row->holders = sheet->beside;
		row->refcount = run->refcount;
		row->kept = kept(run, row->area, locked);
		row->origin = run->origin;
		row->order = run->order;
		if (!options->unheld && !is_held(row))
			continue;
		if (nr && goes_on(row - 1, row))
			row[-1].end = row->end;
		else
			nr++;
	}
	return nr;
}

int pins_fill(struct sheet *sheet)
{
	const struct process *process = sheet->process;

	sheet->size = sizeof(struct pin_row);
	sheet->rows = calloc(process->nr_runs + 1, sheet->size);
	sheet->beside = pin_holders_read(process, sheet->context);
	if (!sheet->rows || !sheet->beside)
		return -ENOMEM;
	sheet->nr = make_rows(sheet, sheet->rows);
	return 0;
}

static bool has(const struct process *process)
{
	return process->has_runs;
}

int pins_main(struct options *options)
{
	struct sheet_verb verb = {
		.json = "pins",
		.want = VMAVIEW_WANT_RUNS | COLLECT_AREAS,
		.select = {
			.flags = VMAVIEW_REQUEST_JOIN,
			.states = 1u << VMAVIEW_STATE_PRESENT,
			.page_any = options->unheld ? 0 : HELD,
		},
		.fill = pins_fill,
		.has = has,
		.notes = &pin_notes,
		.context = options,
	};

	return sheet_verb_main(options, &verb);
}
