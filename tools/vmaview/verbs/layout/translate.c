// SPDX-License-Identifier: GPL-2.0
/* translate.c - in: a range of addresses; out: the runs of physical memory that it has. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vmaview_words.h>

#include "verbs/layout/translate.h"
#include "vmaview/reader.h"

#define WORD(value, word) [value] = (word),

static const char *state_word(unsigned int state)
{
	static const char *const words[] = { VMAVIEW_STATE_WORDS(WORD) };

	return state < sizeof(words) / sizeof(words[0]) && words[state] ? words[state] : "unknown";
}

/* Goes on where @part ends, in the same way? */
static bool follows(const struct part *last, const struct part *part)
{
	if (last->end != part->start || last->known != part->known || strcmp(last->state, part->state))
		return false;
	return !(part->known & PART_PHYS) ||
	       last->physical + (last->end - last->start) == part->physical;
}

static int add(struct sheet *sheet, size_t first, const struct part *part)
{
	struct part *rows = sheet->rows;

	if (sheet->nr > first && follows(&rows[sheet->nr - 1], part)) {
		rows[sheet->nr - 1].end = part->end;
		return 0;
	}
	/* Room for 1, 2, 4, 8, ... rows. */
	if (!(sheet->nr & (sheet->nr - 1))) {
		rows = reallocarray(rows, sheet->nr ? 2 * sheet->nr : 1, sizeof(*rows));
		if (!rows)
			return -ENOMEM;
		sheet->rows = rows;
	}
	rows[sheet->nr++] = *part;
	return 0;
}

/* What of a run is in the place. */
static void fill(struct part *part, const struct vmaview_run *run, const struct place *place,
		 uint64_t page_size)
{
	uint64_t last = place->start + (place->length - 1);

	part->start = run->start > place->start ? run->start : place->start;
	part->end = run->end - 1 < last ? run->end : last + 1;
	part->state = state_word(run->state);
	part->known = PART_START | PART_END;
	if (run->state == VMAVIEW_STATE_PRESENT && run->pfn != VMAVIEW_UNKNOWN64) {
		part->physical = run->pfn * page_size + (part->start - run->start);
		part->known |= PART_PHYS;
	}
}

static struct part blank(const struct place *place, uint64_t start)
{
	return (struct part){
		.group = PART_PHYSICAL,
		.name = place->word,
		.grows = "",
		.state = "unmapped",
		.start = start,
		.known = PART_START | PART_END,
	};
}

/* Up to @last, if it is not below its start. */
static int add_up_to(struct sheet *sheet, size_t first, struct part part, uint64_t last)
{
	part.end = last + 1;
	return part.start > last ? 0 : add(sheet, first, &part);
}

/* What no run says, up to @last; the gate area is in no mm, so there is none for it either. */
static int add_gap(struct sheet *sheet, size_t first, struct part part, uint64_t last)
{
	const struct area *gate = process_gate(sheet->process);
	uint64_t start = part.start;
	int ret;

	if (!gate || gate->start > last || gate->end <= start)
		return add_up_to(sheet, first, part, last);
	ret = add_up_to(sheet, first, part, gate->start - 1);
	part.start = start > gate->start ? start : gate->start;
	part.state = "gate";
	if (!ret)
		ret = add_up_to(sheet, first, part, last < gate->end ? last : gate->end - 1);
	part.start = gate->end;
	part.state = "unmapped";
	return ret ? ret : add_up_to(sheet, first, part, last);
}

static int take_runs(struct sheet *sheet, struct reader *reader, const struct place *place)
{
	uint64_t last = place->start + (place->length - 1), next = place->start;
	const struct vmaview_header *record;
	size_t first = sheet->nr;
	int ret;

	while ((ret = reader_next(reader, &record)) > 0) {
		const struct vmaview_run *run = (const void *)record;
		struct part part = blank(place, 0);

		if (record->type != VMAVIEW_REC_RUN || run->end <= next || run->start > last)
			continue;
		fill(&part, run, place, sheet->process->page_size);
		ret = part.start ? add_gap(sheet, first, blank(place, next), part.start - 1) : 0;
		if (!ret)
			ret = add(sheet, first, &part);
		if (ret)
			return ret;
		next = part.end;
	}
	return ret ? ret : add_gap(sheet, first, blank(place, next), last);
}

int translate(struct sheet *sheet, struct collector *collector, const struct place *place)
{
	struct reader reader;
	int ret;

	collector->want = VMAVIEW_WANT_RUNS;
	collector->select.states = VMAVIEW_STATES;	/* entries that are none, too: no hole, but nothing yet */
	collector->low = place->start;
	collector->high = place->start + (place->length - 1);
	ret = collect_open(collector, &reader, sheet->process->pid);
	if (ret)
		return ret;
	ret = take_runs(sheet, &reader, place);
	if (ret == -ENOMEM)
		reader.why = "out of memory";
	if (ret)
		snprintf(collector->why, sizeof(collector->why), "%s", reader.why);
	reader_close(&reader);
	return ret;
}
