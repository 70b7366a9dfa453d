// SPDX-License-Identifier: GPL-2.0
/* column_table.c - in: the columns that are chosen, and cells; out: a table that has them. */
#include <stdio.h>

#include "draw/column_table.h"

struct table *column_table_new(const struct options *options, size_t rows)
{
	struct table_style style = {
		.raw = options->raw,
		.noheadings = options->noheadings,
		.color = color_wanted(options->color),
		.rows = rows,
	};
	struct table *table = table_new(&style);

	for (size_t i = 0; table && i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		bool right = column->kind == KIND_SIZE || column->kind == KIND_COUNT || column->kind == KIND_DELTA;

		if (table_add_column(table, column_heading(column, options->bytes), right, column->flags & COL_TRUNC)) {
			table_free(table);
			return NULL;
		}
	}
	return table;
}

int column_table_add(struct table *table, const struct options *options, const struct cell *cell)
{
	char text[CELL_MAX];
	int ret = table_add_row(table);

	for (size_t i = 0; !ret && i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		bool word = !i && cell->is_total && !column_has_total(column);
		int length = word ? snprintf(text, sizeof(text), "total") :
			column_text(column, cell, text, sizeof(text));

		ret = table_set(table, i, text, length,
				table_has_color(table) ? color_of_cell(column, cell, text) : NULL);
	}
	return ret;
}
