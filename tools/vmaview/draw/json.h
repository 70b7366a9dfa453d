/* SPDX-License-Identifier: GPL-2.0 */
/* json.h - in: processes, or the rows of a verb; out: one JSON object on stdout. */
#ifndef VMAVIEW_JSON_H
#define VMAVIEW_JSON_H

#include <stdio.h>

#include "command/options.h"
#include "draw/sheet.h"
#include "json/json_out.h"
#include "vmaview/model.h"

/*
 * From here on JSON goes into @file, as a part of HTML; NULL: to stdout again.  What is written there has no "<".
 */
void json_write_to(FILE *file);

/* The view: areas and totals. */
void json_areas(const struct options *options, const struct process *processes, size_t nr);

/* The same, of one process after the other, of which @shown were before; NULL: there is no other. */
void json_next_areas(const struct options *options, const struct process *process, size_t shown);

/* A verb: @key is that of the rows of a process.  Each sheet has its process. */
void json_sheets(const struct options *options, const char *key, const struct sheet *sheets,
		 size_t nr);

/* The same, of one process after the other, of which @shown were before; NULL: there is no other. */
void json_next_sheet(const struct options *options, const char *key, const struct sheet *sheet, size_t shown);

/* A document, or a part of it, that begins here; json_close() it. */
void json_start(struct json_out *out, unsigned int form);
/* The end of a whole one: a newline, and what json_close() does. */
void json_finish(struct json_out *out);

/* One row, as an object or, of one that is open, as members: the columns that were chosen, or all. */
void json_row(struct json_out *out, const struct options *options, const struct cell *cell);
void json_row_members(struct json_out *out, const struct options *options, const struct cell *cell);

/* The same, in one line of stdout. */
void json_row_line(const struct options *options, const struct cell *cell);

/* A column's value: null where it is not known. */
void json_cell(struct json_out *out, const struct column *column, const struct cell *cell);
void json_column_key(struct json_out *out, const struct column *column);
/* Whether all of the group is known. */
bool json_knows_group(enum key_group group, const struct area *area);

/* What goes before the list @key, in which all is from the source of @first, NULL for none. */
void json_begin(struct json_out *out, const struct process *first, const char *key);

/* Of what was read; NULL: nothing was.  As an object, or as members of one that is open. */
void json_header(struct json_out *out, const struct process *first);
void json_header_members(struct json_out *out, const struct process *first);

#endif /* VMAVIEW_JSON_H */
