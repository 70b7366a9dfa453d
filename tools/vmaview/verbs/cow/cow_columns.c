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

static int text_area_mapping(const struct cell *cell, char *out, size_t room)
{
	struct cell area = *cell;

	area.process = row_of(cell)->member->process;
	area.area = row_of(cell)->area;
	return area.area ? text_mapping(&area, out, room) : -1;
}

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, D, number_pid, "the process"),
	COLUMN_NUMBER("Parent", NULL, "parent", COUNT, D, number_parent,
		      "its parent, where that is one of the group"),
	COLUMN_TEXT("Command", NULL, "comm", TEXT, D, text_command, "name of its command"),
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, 0, number_start, "first address of the area"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "end of the area"),
	COLUMN_NUMBER("Mapped", NULL, "mapped", SIZE, D, number_mapped, "memory that it maps, each page once"),
	COLUMN_NUMBER("Unique", NULL, "unique", SIZE, D, number_unique, "which nobody else of the group maps"),
	COLUMN_NUMBER("Shared", NULL, "shared", SIZE, D, number_shared, "which others of the group map, too"),
	COLUMN_NUMBER("Debt", NULL, "debt", SIZE, D, number_debt, "new memory if all that is present were written"),
	COLUMN_NUMBER("Same", NULL, "same", SIZE, D, number_same, "anonymous memory that is still the parent's, too"),
	COLUMN_NUMBER("Copied", NULL, "copied", SIZE, D, number_copied, "copied since the fork, by either of them"),
	COLUMN_NUMBER("New", NULL, "new", SIZE, D, number_fresh, "where the parent has nothing"),
	COLUMN_TEXT("Mapping", NULL, "name", TEXT, COL_TRUNC, text_area_mapping, "name of the area"),
};

const struct column_set cow_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
