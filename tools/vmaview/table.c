// SPDX-License-Identifier: GPL-2.0
/* table.c - in: text, already safe to print; out: columns on stdout. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libsmartcols.h>

#include "table.h"

struct table {
	struct libscols_table *scols;
	struct libscols_line *row;
	bool color;
};

struct table *table_new(const struct table_style *style)
{
	struct table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->color = style->color;
	table->scols = scols_new_table();
	if (!table->scols) {
		free(table);
		return NULL;
	}
	scols_table_enable_raw(table->scols, style->raw);
	scols_table_enable_noheadings(table->scols, style->noheadings);
	scols_table_enable_colors(table->scols, style->color);
	/* What is not safe was escaped already, as the kernel writes it: \ooo. */
	scols_table_enable_noencoding(table->scols, true);
	return table;
}

void table_free(struct table *table)
{
	if (table)
		scols_unref_table(table->scols);
	free(table);
}

int table_add_column(struct table *table, const char *heading, bool right, bool may_cut)
{
	int flags = (right ? SCOLS_FL_RIGHT : 0) | (may_cut ? SCOLS_FL_TRUNC : 0);
	struct libscols_column *column = scols_table_new_column(table->scols, heading, 0, flags);

	if (!column)
		return -ENOMEM;
	if (table->color)
		scols_cell_set_color(scols_column_get_header(column), "\033[1m");
	return 0;
}

int table_add_row(struct table *table)
{
	table->row = scols_table_new_line(table->scols, NULL);
	return table->row ? 0 : -ENOMEM;
}

int table_set(struct table *table, size_t column, const char *text, size_t length,
	      const char *color)
{
	struct libscols_cell *cell = scols_line_get_cell(table->row, column);
	char *copy = malloc(length + 1);

	if (!cell || !copy) {
		free(copy);
		return -ENOMEM;
	}
	memcpy(copy, text, length);
	copy[length] = '\0';
	if (color && table->color)
		scols_cell_set_color(cell, color);
	return scols_cell_refer_data(cell, copy);
}

int table_print(struct table *table)
{
	return scols_print_table(table->scols);
}
