// SPDX-License-Identifier: GPL-2.0
/* table.c - in: text, already safe to print; out: columns on stdout. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libsmartcols.h>

#include "draw/long_table.h"
#include "draw/table.h"

/* What a column keeps of a narrow terminal's width, where it has to be cut. */
#define CUT_SHARE 0.14

struct table {
	struct long_table *rows;	/* instead of lines in @scols, or NULL */
	struct libscols_table *scols;
	struct libscols_line *row;
	bool color;
	bool ascii;			/* the locale knows no other characters */
};

static bool is_long(const struct table_style *style)
{
	return style->rows >= TABLE_LONG && !style->color &&
	       (style->raw || !isatty(STDOUT_FILENO));
}

void table_free(struct table *table)
{
	if (!table)
		return;
	long_table_free(table->rows);
	scols_unref_table(table->scols);
	free(table);
}

struct table *table_new(const struct table_style *style)
{
	struct table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->color = style->color;
	table->ascii = MB_CUR_MAX == 1 && !style->raw;
	table->scols = scols_new_table();
	if (is_long(style))
		table->rows = long_table_new(style->noheadings, style->raw ? LONG_RAW : LONG_ALIGNED);
	if (!table->scols || (is_long(style) && !table->rows)) {
		table_free(table);
		return NULL;
	}
	scols_table_enable_raw(table->scols, style->raw);
	scols_table_enable_noheadings(table->scols, style->noheadings);
	scols_table_enable_colors(table->scols, style->color);
	/* What is not safe was escaped already, as the kernel writes it: \ooo. */
	scols_table_enable_noencoding(table->scols, true);
	return table;
}

int table_add_column(struct table *table, const char *heading, bool right, bool may_cut)
{
	int flags = (right ? SCOLS_FL_RIGHT : 0) | (may_cut ? SCOLS_FL_TRUNC : 0);
	double share = may_cut ? CUT_SHARE : 0;
	struct libscols_column *column = scols_table_new_column(table->scols, heading, share, flags);

	if (!column)
		return -ENOMEM;
	if (table->rows)
		return long_table_add_column(table->rows, heading, right);
	if (table->color)
		scols_cell_set_color(scols_column_get_header(column), "\033[1m");
	return 0;
}

int table_add_row(struct table *table)
{
	if (table->rows)
		return long_table_add_row(table->rows);
	table->row = scols_table_new_line(table->scols, NULL);
	return table->row ? 0 : -ENOMEM;
}

/* libsmartcols never comes to an end of a cell with a character that the locale does not know. */
static char *copy_ascii(const char *text, size_t length)
{
	char *copy = malloc(4 * length + 1), *out = copy;

	for (size_t i = 0; copy && i < length; i++) {
		unsigned char byte = text[i];

		if (byte < 0x80)
			*out++ = byte;
		else
			out += snprintf(out, 5, "\\%03o", byte);
	}
	if (copy)
		*out = '\0';
	return copy;
}

static int set_long(struct table *table, size_t column, const char *text, size_t length)
{
	char *copy;
	int ret;

	if (!table->ascii)
		return long_table_set(table->rows, column, text, length);
	copy = copy_ascii(text, length);
	ret = copy ? long_table_set(table->rows, column, copy, strlen(copy)) : -ENOMEM;
	free(copy);
	return ret;
}

int table_set(struct table *table, size_t column, const char *text, size_t length,
	      const char *color)
{
	struct libscols_cell *cell;
	char *copy;

	if (table->rows)
		return set_long(table, column, text, length);
	cell = scols_line_get_cell(table->row, column);
	copy = table->ascii ? copy_ascii(text, length) : strndup(text, length);
	if (!cell || !copy) {
		free(copy);
		return -ENOMEM;
	}
	if (color && table->color)
		scols_cell_set_color(cell, color);
	return scols_cell_refer_data(cell, copy);
}

bool table_has_color(const struct table *table)
{
	return table->color;
}

/* What headings do to the widths, the library knows: let it draw one row, and measure that. */
static int measure(struct table *table)
{
	struct libscols_line *line = scols_table_new_line(table->scols, NULL);
	size_t nr = scols_table_get_ncols(table->scols);
	char *drawn;
	int ret = line ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < nr; i++)
		ret = scols_line_set_data(line, i, ".");
	if (!ret)
		ret = scols_print_table_to_string(table->scols, &drawn);
	if (ret)
		return ret;
	free(drawn);
	for (size_t i = 0; i < nr; i++) {
		struct libscols_column *column = scols_table_get_column(table->scols, i);

		long_table_widen(table->rows, i, scols_column_get_width(column));
	}
	return 0;
}

int table_print(struct table *table)
{
	int ret;

	if (!table->rows)
		return scols_print_table(table->scols);
	ret = measure(table);
	return ret ? ret : long_table_print(table->rows);
}
