// SPDX-License-Identifier: GPL-2.0
/* cow_columns.c - in: a process of a group, or an area of one; out: its columns. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/cow/cow_columns.h"

static const struct cow_row *row_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->member->process->pid;
	return true;
}

static bool number_parent(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->parent;
	return *number;
}

static bool number_start(const struct cell *cell, uint64_t *number)
{
	const struct area *area = row_of(cell)->area;

	if (area)
		*number = area->start;
	return area;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	const struct area *area = row_of(cell)->area;

	if (area)
		*number = area->end;
	return area;
}

#define NUMBER_OF(field) \
	static bool number_##field(const struct cell *cell, uint64_t *number) \
	{ \
		*number = row_of(cell)->usage->field; \
		return true; \
	}

NUMBER_OF(mapped)
NUMBER_OF(unique)
NUMBER_OF(shared)

static bool number_debt(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->usage->debt;
	return row_of(cell)->member->knows_debt;
}

/* Without a parent in the group there is nothing to compare with. */
#define NUMBER_OF_CHILD(field) \
	static bool number_##field(const struct cell *cell, uint64_t *number) \
	{ \
		*number = row_of(cell)->usage->field; \
		return row_of(cell)->parent; \
	}

NUMBER_OF_CHILD(same)
NUMBER_OF_CHILD(copied)
NUMBER_OF_CHILD(fresh)

static int text_command(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", row_of(cell)->member->process->comm);
}

static int text_of_area(const struct cell *cell, char *out, size_t room)
{
	struct cell area = *cell;

	area.process = row_of(cell)->member->process;
	area.area = row_of(cell)->area;
	return area.area ? text_mapping(&area, out, room) : -1;
}

#define D COL_DEFAULT
#define NUMBER(name, json, kind, flags, number, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, flags, text, help) \
	{ name, NULL, json, KIND_TEXT, KEY_NR, flags, NULL, text, help }

static const struct column columns[] = {
	NUMBER("Pid", "pid", COUNT, D, number_pid, "the process"),
	NUMBER("Parent", "parent", COUNT, D, number_parent, "its parent, where that is one of the group"),
	TEXT("Command", "comm", D, text_command, "name of its command"),
	NUMBER("Address", "start", ADDRESS, 0, number_start, "first address of the area"),
	NUMBER("End", "end", ADDRESS, 0, number_end, "end of the area"),
	NUMBER("Mapped", "mapped", SIZE, D, number_mapped, "memory that it maps, each page once"),
	NUMBER("Unique", "unique", SIZE, D, number_unique, "which nobody else of the group maps"),
	NUMBER("Shared", "shared", SIZE, D, number_shared, "which others of the group map, too"),
	NUMBER("Debt", "debt", SIZE, D, number_debt, "new memory if all that is present were written"),
	NUMBER("Same", "same", SIZE, D, number_same, "anonymous memory that is still the parent's, too"),
	NUMBER("Copied", "copied", SIZE, D, number_copied, "copied since the fork, by either of them"),
	NUMBER("New", "new", SIZE, D, number_fresh, "where the parent has nothing"),
	TEXT("Mapping", "name", COL_TRUNC, text_of_area, "name of the area"),
};

const struct column_set cow_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
