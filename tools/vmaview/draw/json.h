/* SPDX-License-Identifier: GPL-2.0 */
/* json.h - in: processes, or the rows of a verb; out: one JSON object on stdout. */
#ifndef VMAVIEW_JSON_H
#define VMAVIEW_JSON_H

#include <stdio.h>

#include "command/options.h"
#include "draw/sheet.h"
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

struct json_object;

/* One row: the columns that were chosen, or all. */
struct json_object *json_row(const struct options *options, const struct cell *cell);

/* The same, in one line of stdout. */
void json_line(const struct options *options, const struct cell *cell);

/* A column's value: null where it is not known. */
struct json_object *json_of_cell(const struct column *column, const struct cell *cell);

/* What goes before the list @key, in which all is from the source of @first, NULL for none. */
void json_begin(const struct process *first, const char *key);

/* A string, what is no UTF-8 escaped; NULL, which is null, for NULL. */
struct json_object *json_string(const char *text);

/* One object, or null, in one line without its end. */
void json_put(struct json_object *object);
/* Of what was read; NULL: nothing was. */
struct json_object *json_header(const struct process *first);

/* One object, pretty, and a newline. */
int json_write(struct json_object *object);

#endif /* VMAVIEW_JSON_H */
