/* SPDX-License-Identifier: GPL-2.0 */
/* table.h - in: headings and cells; out: a table on stdout, drawn by libsmartcols. */
#ifndef VMAVIEW_TABLE_H
#define VMAVIEW_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table;

struct table_style {
	bool raw;
	bool noheadings;
	bool color;
	size_t rows;		/* about how many there will be */
};

/* From this many rows on, those for no terminal are not left to libsmartcols: see long_table.h. */
#define TABLE_LONG 100

/* NULL without memory. */
struct table *table_new(const struct table_style *style);
void table_free(struct table *table);

/* Columns come before rows.  0 or -ENOMEM. */
int table_add_column(struct table *table, const char *heading, bool right, bool may_cut);
int table_add_row(struct table *table);

/* Cell @column of the newest row, from left to right.  @text is copied; @color may be NULL. */
int table_set(struct table *table, size_t column, const char *text, size_t length,
	      const char *color);

bool table_has_color(const struct table *table);

int table_print(struct table *table);

#endif /* VMAVIEW_TABLE_H */
