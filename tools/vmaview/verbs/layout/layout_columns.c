// SPDX-License-Identifier: GPL-2.0
/* layout_columns.c - in: nothing; out: the columns of layout. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/layout/layout_parts.h"

static const struct part *part_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = cell->process->pid;
	return true;
}

static bool number_tid(const struct cell *cell, uint64_t *number)
{
	const struct vmaview_segment *segment = part_of(cell)->segment;

	*number = segment ? segment->tid : 0;
	return segment && segment->tid > 0;
}

static bool number_start(const struct cell *cell, uint64_t *number)
{
	*number = part_of(cell)->start;
	return part_of(cell)->known & PART_START;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	*number = part_of(cell)->end;
	return part_of(cell)->known & PART_END && part_of(cell)->end;
}

static bool number_size(const struct cell *cell, uint64_t *number)
{
	*number = part_of(cell)->end - part_of(cell)->start;
	return part_of(cell)->known & PART_END;
}

static bool number_limit(const struct cell *cell, uint64_t *number)
{
	*number = part_of(cell)->limit;
	return part_of(cell)->known & PART_LIMIT;
}

static bool number_physical(const struct cell *cell, uint64_t *number)
{
	*number = part_of(cell)->physical;
	return part_of(cell)->known & PART_PHYS;
}

static int text_part_name(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", part_of(cell)->name);
}

static int text_grows(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", part_of(cell)->grows);
}

static int text_state(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", part_of(cell)->state ? part_of(cell)->state : "");
}

static int text_selector(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_segment *segment = part_of(cell)->segment;

	*out = '\0';
	return segment ? snprintf(out, room, "0x%x", segment->selector) : 0;
}

static int text_access(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_segment *segment = part_of(cell)->segment;

	*out = '\0';
	return segment && segment->kind >= VMAVIEW_SEGMENT_TLS ?
	       snprintf(out, room, "0x%x", segment->access) : 0;
}

static int text_comm(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_segment *segment = part_of(cell)->segment;

	return snprintf(out, room, "%s", segment ? segment->comm : "");
}

static const struct area *next_area(const struct cell *cell, const struct area *area)
{
	return layout_area(cell->process, part_of(cell), area ? area + 1 : NULL);
}

static size_t count_areas(const struct cell *cell)
{
	const struct area *area = NULL;
	size_t nr = 0;

	while ((area = next_area(cell, area)))
		nr++;
	return nr;
}

/* So many areas fit into a cell, with two addresses each. */
#define AREAS_NAMED 1024

static int text_areas(const struct cell *cell, char *out, size_t room)
{
	const struct area *area = NULL;
	size_t used = 0;

	*out = '\0';
	for (int i = 0; i < AREAS_NAMED && (area = next_area(cell, area)); i++)
		used += snprintf(out + used, room - used, "%s0x%llx-0x%llx", used ? " " : "",
				 (unsigned long long)area->start, (unsigned long long)area->end);
	return used;
}

static int text_part_caveats(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_segment *segment = part_of(cell)->segment;

	if (segment && segment->flags & VMAVIEW_SEGMENT_STALE)
		return snprintf(out, room, "stale");
	return snprintf(out, room, "%s", count_areas(cell) > AREAS_NAMED ? "areas-cut" : "");
}

static int text_in(const struct cell *cell, char *out, size_t room)
{
	const struct area *first = next_area(cell, NULL);
	size_t nr = count_areas(cell);

	*out = '\0';
	if (!first)
		return 0;
	if (nr > 1)
		return snprintf(out, room, "%zu areas", nr);
	return text_with_area(cell, first, text_mapping, out, room);
}

#define D COL_DEFAULT
#define V COL_VIEW

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, V, number_pid, "the process"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, D, text_part_name,
		    "the part of the program, or the segment register or descriptor"),
	COLUMN_NUMBER("Tid", NULL, "tid", COUNT, D, number_tid, "whose segment it is"),
	COLUMN_NUMBER("Start", NULL, "start", ADDRESS, D, number_start, "first address"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, D, number_end,
		      "after the last; none for fs and gs, nor after the last of all addresses"),
	COLUMN_NUMBER("Size", NULL, "size", SIZE, D | COL_UP, number_size, "size; in kB it is rounded up"),
	COLUMN_TEXT("Grows", NULL, "grows", TEXT, D, text_grows, "up or down"),
	COLUMN_NUMBER("Limit", NULL, "limit", ADDRESS, 0, number_limit, "how far it may grow"),
	COLUMN_NUMBER("Physical", NULL, "physical", ADDRESS, 0, number_physical,
		      "physical address of the first byte, where memory is there"),
	COLUMN_TEXT("State", NULL, "state", TEXT, 0, text_state,
		    "of a range that was asked about: present, swap, none, gate, unmapped, ..."),
	COLUMN_TEXT("Selector", NULL, "selector", TEXT, 0, text_selector, "of a segment"),
	COLUMN_TEXT("Access", NULL, "access", TEXT, 0, text_access, "type and attributes of a descriptor"),
	COLUMN_TEXT("Thread", NULL, "comm", TEXT, 0, text_comm, "name of the thread"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | V, text_in, "the area, or how many, that it lies in"),
	COLUMN_TEXT("Areas", NULL, "areas", WORDS, 0, text_areas, "from start to end, the first 1024"),
	COLUMN_TEXT("Caveats", NULL, "caveats", WORDS, D, text_part_caveats,
		    "stale: the thread was running, the register may have changed since; areas-cut: more than the "
		    "1024 that Areas names"),
};

const struct column_set layout_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
