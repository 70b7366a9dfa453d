// SPDX-License-Identifier: GPL-2.0
/* why_columns.c - in: two areas that touch; out: the columns of them. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/why/why.h"
#include "verbs/why/why_words.h"

static const struct why_row *row_of(const struct cell *cell)
{
	return cell->row;
}

COLUMN_GETTER(pid, cell->process->pid)
COLUMN_GETTER(start, row_of(cell)->seam->start)
COLUMN_GETTER(next, row_of(cell)->seam->at)
COLUMN_GETTER(end, row_of(cell)->seam->end)
COLUMN_GETTER(size, row_of(cell)->seam->at - row_of(cell)->seam->start)
COLUMN_GETTER(next_size, row_of(cell)->seam->end - row_of(cell)->seam->at)

static int text_field(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", why_fields[why_field(row_of(cell)->seam)]);
}

static int text_differ(const struct cell *cell, char *out, size_t room)
{
	uint32_t differ = row_of(cell)->seam->differ;
	size_t used = 0;

	*out = '\0';
	for (unsigned int i = 0; i < WHY_NOTHING; i++)
		if (differ >> i & 1)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", why_fields[i]);
	return used;
}

static int text_left(const struct cell *cell, char *out, size_t room)
{
	return why_text_side(cell->process, row_of(cell), 0, out, room);
}

static int text_right(const struct cell *cell, char *out, size_t room)
{
	return why_text_side(cell->process, row_of(cell), 1, out, room);
}

TEXT_WITH_AREA(first_name, row_of(cell)->below, text_name)
TEXT_WITH_AREA(next_name, row_of(cell)->above, text_name)
TEXT_WITH_AREA(first_mapping, row_of(cell)->below, text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, COL_VIEW, number_pid, "the process"),
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start, "first address of an area"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D, number_size, "its size"),
	COLUMN_NUMBER("Next", NULL, "next", ADDRESS, D, number_next, "where it ends and the next one begins"),
	COLUMN_NUMBER("Next_Size", NULL, "next_size", SIZE, 0, number_next_size, "size of that"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "end of that"),
	COLUMN_TEXT("Field", NULL, "field", TEXT, D, text_field,
		    "why they are two: flags, file, offset, anon_vma, policy, uffd, name, ops; none: for no reason"),
	COLUMN_TEXT("Left", NULL, "left", TEXT, D | COL_TRUNC, text_left, "what the first has of it"),
	COLUMN_TEXT("Right", NULL, "right", TEXT, D | COL_TRUNC, text_right, "what the next one has of it"),
	COLUMN_TEXT("Differ", NULL, "differ", WORDS, 0, text_differ, "all in which they differ"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, 0, text_first_name, "name of the first as maps shows it"),
	COLUMN_TEXT("Next_Name", NULL, "next_name", TEXT, 0, text_next_name, "name of the next one"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_first_mapping,
		    "name of the first"),
};

const struct column_set why_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
