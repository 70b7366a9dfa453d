// SPDX-License-Identifier: GPL-2.0
/*
 * long_table.c - in: cells; out: aligned lines on stdout.
 *
 * libsmartcols takes some 280 instructions for each letter, twice: too many for 60,000 rows.  This
 * keeps cells as they come, one after the other, each column's width beside, and writes them once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "columns/columns.h"
#include "draw/long_table.h"

struct long_column {
	const char *heading;
	bool right;
	size_t width;
};

struct long_table {
	bool noheadings;
	enum long_form form;
	struct long_column columns[COLUMNS_MAX];
	size_t nr_columns;
	size_t rows;
	size_t next;		/* the column that the next cell is of */
	char *cells;		/* texts, a NUL after each, row by row */
	size_t used;
	size_t room;
};

struct long_table *long_table_new(bool noheadings, enum long_form form)
{
	struct long_table *table = calloc(1, sizeof(*table));

	if (table) {
		table->noheadings = noheadings;
		table->form = form;
	}
	return table;
}

void long_table_free(struct long_table *table)
{
	if (table)
		free(table->cells);
	free(table);
}

/* How many places @text takes on a terminal. */
static size_t width_of(const char *text, size_t length)
{
	mbstate_t state = { 0 };
	size_t at = 0, width = 0;

	while (at < length && (unsigned char)text[at] < 0x80)
		at++;
	if (at == length)
		return length;
	for (at = 0; at < length; ) {
		wchar_t letter;
		size_t bytes = mbrtowc(&letter, text + at, length - at, &state);

		if (bytes == (size_t)-1 || bytes == (size_t)-2 || !bytes) {
			memset(&state, 0, sizeof(state));
			bytes = 1;
		} else if (iswprint(letter) && wcwidth(letter) > 0) {
			width += wcwidth(letter);
		}
		at += bytes;
	}
	return width;
}

int long_table_add_column(struct long_table *table, const char *heading, bool right)
{
	struct long_column *column = &table->columns[table->nr_columns];

	if (table->nr_columns == COLUMNS_MAX)
		return -ENOMEM;
	column->heading = heading;
	column->right = right;
	table->next = ++table->nr_columns;
	return 0;
}

void long_table_widen(struct long_table *table, size_t column, size_t width)
{
	if (width > table->columns[column].width)
		table->columns[column].width = width;
}

static int append(struct long_table *table, const char *text, size_t length)
{
	size_t needed = table->used + length + 1;

	if (needed > table->room) {
		size_t room = 2 * table->room > needed ? 2 * table->room : needed + 64 * 1024;
		char *cells = realloc(table->cells, room);

		if (!cells)
			return -ENOMEM;
		table->cells = cells;
		table->room = room;
	}
	memcpy(table->cells + table->used, text, length);
	table->cells[needed - 1] = '\0';
	table->used = needed;
	table->next++;
	return 0;
}

static int fill_upto(struct long_table *table, size_t column)
{
	int ret = 0;

	while (!ret && table->next < column)
		ret = append(table, "", 0);
	return ret;
}

int long_table_add_row(struct long_table *table)
{
	int ret = fill_upto(table, table->nr_columns);

	table->next = 0;
	table->rows++;
	return ret;
}

int long_table_set(struct long_table *table, size_t column, const char *text, size_t length)
{
	int ret = fill_upto(table, column);

	if (table->form == LONG_ALIGNED)
		long_table_widen(table, column, width_of(text, length));
	return ret ? ret : append(table, text, length);
}

static void pad(size_t places)
{
	static const char blanks[] = "                                                            ";

	while (places) {
		size_t now = places < sizeof(blanks) - 1 ? places : sizeof(blanks) - 1;

		fwrite_unlocked(blanks, 1, now, stdout);
		places -= now;
	}
}

/* As the library's: every byte that is no letter or sign of ASCII is escaped. */
static void print_raw(const struct long_table *table, size_t at, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = text[i];

		if (byte > ' ' && byte < 0x7f && byte != '\\')
			putc_unlocked(byte, stdout);
		else
			printf("\\x%02x", byte);
	}
	putc_unlocked(at + 1 == table->nr_columns ? '\n' : ' ', stdout);
}

/* The last column is not filled up, and what is empty is blank also where it is right. */
static void print_cell(const struct long_table *table, size_t at, const char *text, size_t length)
{
	const struct long_column *column = &table->columns[at];
	bool last = at + 1 == table->nr_columns;
	size_t width, gap;

	if (table->form == LONG_RAW) {
		print_raw(table, at, text, length);
		return;
	}
	width = width_of(text, length);
	gap = column->width > width ? column->width - width : 0;
	if (column->right && length)
		pad(gap);
	fwrite_unlocked(text, 1, length, stdout);
	if ((!column->right || !length) && (!last || column->right))
		pad(gap);
	putc_unlocked(last ? '\n' : ' ', stdout);
}

int long_table_print(struct long_table *table)
{
	const char *cell = fill_upto(table, table->nr_columns) ? NULL : table->cells;

	if (!cell && table->rows)
		return -ENOMEM;
	for (size_t i = 0; !table->noheadings && i < table->nr_columns; i++)
		print_cell(table, i, table->columns[i].heading, strlen(table->columns[i].heading));
	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->nr_columns; i++) {
			size_t length = strlen(cell);

			print_cell(table, i, cell, length);
			cell += length + 1;
		}
	}
	return 0;
}
