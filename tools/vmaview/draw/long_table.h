/* SPDX-License-Identifier: GPL-2.0 */
/*
 * long_table.h - in: headings and cells; out: the bytes that libsmartcols would write for them on
 * what is no terminal, for tables so long that its time per letter matters.
 */
#ifndef VMAVIEW_LONG_TABLE_H
#define VMAVIEW_LONG_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct long_table;

enum long_form {
	LONG_ALIGNED,
	LONG_RAW,	/* one blank between two cells, blanks within a cell escaped; printed as it comes */
};

struct long_table *long_table_new(bool noheadings, enum long_form form);
void long_table_free(struct long_table *table);

/* Columns first; then rows; in a row cells from left to right, any left out are empty. */
int long_table_add_column(struct long_table *table, const char *heading, bool right);
int long_table_add_row(struct long_table *table);
int long_table_set(struct long_table *table, size_t column, const char *text, size_t length);

/* A column is as wide as its widest cell, and at least this wide. */
void long_table_widen(struct long_table *table, size_t column, size_t width);

/* What is not printed yet. */
int long_table_print(struct long_table *table);

#endif /* VMAVIEW_LONG_TABLE_H */
