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
	struct cell area = *cell;

	*out = '\0';
	if (!first)
		return 0;
	if (nr > 1)
		return snprintf(out, room, "%zu areas", nr);
	area.area = first;
	return text_mapping(&area, out, room);
}

#define NUMBER(name, json, kind, number, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, kind, text, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, NULL, text, help }

#define D COL_DEFAULT
#define V COL_VIEW

static const struct column columns[] = {
	NUMBER("Pid", "pid", COUNT, number_pid, V, "the process"),
	TEXT("Name", "name", TEXT, text_part_name, D,
	     "the part of the program, or the segment register or descriptor"),
	NUMBER("Tid", "tid", COUNT, number_tid, D, "whose segment it is"),
	NUMBER("Start", "start", ADDRESS, number_start, D, "first address"),
	NUMBER("End", "end", ADDRESS, number_end, D,
	       "behind the last; none for fs and gs, nor behind the last of all addresses"),
	NUMBER("Size", "size", SIZE, number_size, D | COL_UP, "size; in kB it is rounded up"),
	TEXT("Grows", "grows", TEXT, text_grows, D, "up or down"),
	NUMBER("Limit", "limit", ADDRESS, number_limit, 0, "how far it may grow"),
	NUMBER("Physical", "physical", ADDRESS, number_physical, 0,
	       "physical address of the first byte, where memory is there"),
	TEXT("State", "state", TEXT, text_state, 0,
	     "of a range that was asked about: present, swap, none, gate, unmapped, ..."),
	TEXT("Selector", "selector", TEXT, text_selector, 0, "of a segment"),
	TEXT("Access", "access", TEXT, text_access, 0, "type and attributes of a descriptor"),
	TEXT("Thread", "comm", TEXT, text_comm, 0, "name of the thread"),
	TEXT("Mapping", "mapping", TEXT, text_in, D | V, "the area, or how many, that it lies in"),
	TEXT("Areas", "areas", WORDS, text_areas, 0, "from start to end, the first 1024"),
	TEXT("Caveats", "caveats", WORDS, text_part_caveats, D,
	     "stale: the thread was running, the register may have changed since; "
	     "areas-cut: more than the 1024 that Areas names"),
};

const struct column_set layout_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
