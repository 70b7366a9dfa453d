// SPDX-License-Identifier: GPL-2.0
/* sharer_columns.c - in: a sharer; out: the columns of it. */
#include <stdio.h>

#include "columns/column_text.h"
#include "columns/sharer_columns.h"

static const struct vmaview_sharer *sharer_of(const struct cell *cell)
{
	return cell->row;
}

/* What a column of the view shows of the target's area. */
static const struct area *area_of(const struct cell *cell)
{
	return process_find_area(cell->process, sharer_of(cell)->area);
}

COLUMN_GETTER(target, cell->process->pid)
COLUMN_GETTER(start, sharer_of(cell)->area)

static bool number_end(const struct cell *cell, uint64_t *number)
{
	const struct area *area = area_of(cell);

	if (area)
		*number = area->end;
	return area;
}

/* One that has no number in our PID namespace. */
static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->pid;
	return sharer_of(cell)->pid > 0;
}

COLUMN_GETTER(first, sharer_of(cell)->first)
COLUMN_GETTER(there, sharer_of(cell)->address)
COLUMN_GETTER(from, sharer_of(cell)->start)
COLUMN_GETTER(to, sharer_of(cell)->end)
COLUMN_GETTER(pages, sharer_of(cell)->pages)

static bool number_shared(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->pages * cell->process->page_size;
	return cell->process->page_size;
}

static int text_command(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", sharer_of(cell)->comm);
}

static int text_state(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", sharer_of(cell)->flags & VMAVIEW_SHARER_CHANGED ? "changed" : "");
}

TEXT_WITH_AREA(area_name, area_of(cell), text_name)
TEXT_WITH_AREA(area_mapping, area_of(cell), text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "target", COUNT, COL_VIEW, number_target, "the process that was asked about"),
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, D, number_start, "first address of its area"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "end of its area"),
	COLUMN_NUMBER("Sharer", NULL, "pid", COUNT, D, number_pid, "PID of the other process, here"),
	COLUMN_TEXT("Command", NULL, "comm", TEXT, D, text_command, "name of its command"),
	COLUMN_NUMBER("Pages", NULL, "pages", COUNT, D, number_pages, "pages that both map"),
	COLUMN_NUMBER("Shared", NULL, "shared", SIZE, D, number_shared, "their size"),
	COLUMN_NUMBER("First", NULL, "first", ADDRESS, 0, number_first, "address of the first of them"),
	COLUMN_NUMBER("There", NULL, "address", ADDRESS, D, number_there, "where the other maps it"),
	COLUMN_NUMBER("From", NULL, "other_start", ADDRESS, 0, number_from, "first address of the other's area"),
	COLUMN_NUMBER("To", NULL, "other_end", ADDRESS, 0, number_to, "end of the other's area"),
	COLUMN_TEXT("State", NULL, "state", WORDS, 0, text_state, "changed: only a part was compared"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, COL_TRUNC, text_area_name, "name of the area as maps shows it"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_area_mapping, "name of the area"),
};

const struct column_set sharer_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
