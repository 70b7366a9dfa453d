/* SPDX-License-Identifier: GPL-2.0 */
/* sheet.h - in: rows of a verb, and which of its columns to show; out: tables on stdout. */
#ifndef VMAVIEW_SHEET_H
#define VMAVIEW_SHEET_H

#include "command/options.h"
#include "vmaview/model.h"

struct sheet;
struct json_out;

/* What a verb says of a process beside its rows. */
struct sheet_notes {
	/* Lines below the table, above the receipt; NULL: none. */
	void (*print)(const struct options *options, const struct sheet *sheet);
	/* Members of the process's object, after the rows, each in a line of its own; NULL: none. */
	void (*json)(const struct sheet *sheet, struct json_out *out);
};

#define SHEET_GROUPS 5

/* An array of JSON, for verbs whose rows are not all of a kind. */
struct sheet_group {
	const char *json;	/* its key; NULL: not there */
	bool unknown;		/* null, not empty */
};

/* The rows of one process, or of none. */
struct sheet {
	const struct process *process;	/* NULL: without title and receipt */
	void *rows;			/* an array; getters of columns see one as cell.row */
	size_t nr;
	size_t size;			/* of one row */
	void *beside;			/* what the verb knows beside them, in one piece of memory; NULL */
	const struct sheet_notes *notes;	/* how that is printed; NULL: there is nothing to print */
	size_t (*group_of)(const void *row);	/* index in @group; NULL: one array for all */
	struct sheet_group group[SHEET_GROUPS];
	/* In JSON, where -o names none: does a column mean anything for rows of this group?  NULL: it does. */
	bool (*column_of)(const struct column *column, size_t group);
	const void *context;		/* the verb's own */
};

/* What a getter, a table and JSON are given for row @index. */
struct cell sheet_cell(const struct sheet *sheet, size_t index);

/* Only those rows for which --filter holds, where it is given. */
void sheet_filter(const struct options *options, struct sheet *sheet);

/* By --sort, where it is given. */
void sheet_sort(const struct options *options, struct sheet *sheet);

/*
 * The columns that are chosen: a title, a table and a receipt for each sheet; raw: one table for all.
 * 0 or -ENOMEM.
 */
int sheet_print(const struct options *options, const struct sheet *sheets, size_t nr);

#endif /* VMAVIEW_SHEET_H */
