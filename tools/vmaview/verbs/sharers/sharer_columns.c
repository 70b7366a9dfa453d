// SPDX-License-Identifier: GPL-2.0
/* sharer_columns.c - in: a sharer; out: the columns of it. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/sharers/sharers.h"

static const struct vmaview_sharer *sharer_of(const struct cell *cell)
{
	return cell->row;
}

/* What a column of the view shows of the target's area. */
static struct cell area_of(const struct cell *cell)
{
	struct cell area = *cell;

	area.area = process_find_area(cell->process, sharer_of(cell)->area);
	return area;
}

static bool number_target(const struct cell *cell, uint64_t *number)
{
	*number = cell->process->pid;
	return true;
}

static bool number_start(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->area;
	return true;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	const struct cell area = area_of(cell);

	if (area.area)
		*number = area.area->end;
	return area.area;
}

/* One that has no number in our PID namespace. */
static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->pid;
	return sharer_of(cell)->pid > 0;
}

static bool number_first(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->first;
	return true;
}

static bool number_there(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->address;
	return true;
}

static bool number_from(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->start;
	return true;
}

static bool number_to(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->end;
	return true;
}

static bool number_pages(const struct cell *cell, uint64_t *number)
{
	*number = sharer_of(cell)->pages;
	return true;
}

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

static int text_own_mapping(const struct cell *cell, char *out, size_t room)
{
	const struct cell area = area_of(cell);

	return area.area ? text_mapping(&area, out, room) : -1;
}

static int text_own_name(const struct cell *cell, char *out, size_t room)
{
	const struct cell area = area_of(cell);

	return area.area ? text_name(&area, out, room) : -1;
}

#define D COL_DEFAULT
#define NUMBER(name, json, kind, flags, number, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, kind, flags, text, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, NULL, text, help }

static const struct column columns[] = {
	NUMBER("Pid", "target", COUNT, COL_VIEW, number_target, "the process that was asked about"),
	NUMBER("Address", "start", ADDRESS, D, number_start, "first address of its area"),
	NUMBER("End", "end", ADDRESS, 0, number_end, "end of its area"),
	NUMBER("Sharer", "pid", COUNT, D, number_pid, "PID of the other process, here"),
	TEXT("Command", "comm", TEXT, D, text_command, "name of its command"),
	NUMBER("Pages", "pages", COUNT, D, number_pages, "pages that both map"),
	NUMBER("Shared", "shared", SIZE, D, number_shared, "their size"),
	NUMBER("First", "first", ADDRESS, 0, number_first, "address of the first of them"),
	NUMBER("There", "address", ADDRESS, D, number_there, "where the other maps it"),
	NUMBER("From", "other_start", ADDRESS, 0, number_from, "first address of the other's area"),
	NUMBER("To", "other_end", ADDRESS, 0, number_to, "end of the other's area"),
	TEXT("State", "state", WORDS, 0, text_state, "changed: only a part was compared"),
	TEXT("Name", "name", TEXT, COL_TRUNC, text_own_name, "name of the area as maps shows it"),
	TEXT("Mapping", "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_own_mapping, "name of the area"),
};

const struct column_set sharer_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
