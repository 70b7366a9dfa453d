// SPDX-License-Identifier: GPL-2.0
/*
 * long_table.c - in: cells; out: aligned lines on stdout.
 *
 * libsmartcols takes some 280 instructions for each letter, twice: too many for 60,000 rows.  This
 * keeps cells as they come, one after the other, each column's width beside, and writes them once.  What is
 * raw needs no widths, and is written as it comes: nothing of it is kept.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "columns/columns.h"
#include "draw/long_table.h"
#include "text/output.h"

struct long_column {
	const char *heading;
	bool right;
	size_t width;
};

/*
 * A cell is kept as a byte and its text: the byte is its length, and how wide it is, too.  Where these differ, or
 * are not below, it is this, and the length comes after it.
 */
#define CELL_IS_LONG 255

struct long_table {
	bool noheadings;
	enum long_form form;
	struct long_column columns[COLUMNS_MAX];
	size_t nr_columns;
	size_t rows;
	size_t next;		/* the column that the next cell is of */
	char *cells;		/* row by row */
	size_t used;
	size_t room;
	struct output output;
};

struct long_table *long_table_new(bool noheadings, enum long_form form)
{
	struct long_table *table = calloc(1, sizeof(*table));

	if (table) {
		table->noheadings = noheadings;
		table->form = form;
		output_begin(&table->output, stdout);
	}
	return table;
}

void long_table_free(struct long_table *table)
{
	if (table)
		free(table->cells);
	free(table);
}

/* Eight letters at a time; the last eight, or what there is, may have been looked at before. */
static bool is_ascii(const char *text, size_t length)
{
	uint64_t eight, all = 0;
	uint32_t first, last;

	for (size_t at = 0; at + sizeof(eight) <= length; at += sizeof(eight)) {
		memcpy(&eight, text + at, sizeof(eight));
		all |= eight;
	}
	if (length >= sizeof(eight)) {
		memcpy(&eight, text + length - sizeof(eight), sizeof(eight));
		all |= eight;
	} else if (length >= sizeof(first)) {
		memcpy(&first, text, sizeof(first));
		memcpy(&last, text + length - sizeof(last), sizeof(last));
		all = first | last;
	} else {
		while (length)
			all |= (unsigned char)text[--length];
	}
	return !(all & UINT64_C(0x8080808080808080));
}

/* How many places @text takes on a terminal. */
static size_t width_of(const char *text, size_t length)
{
	mbstate_t state = { 0 };
	size_t width = 0;

	if (is_ascii(text, length))
		return length;
	for (size_t at = 0; at < length; ) {
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

/* Room for @more bytes after those that are used. */
static int make_room(struct long_table *table, size_t more)
{
	size_t needed = table->used + more;
	size_t room = 2 * table->room > needed ? 2 * table->room : needed + 64 * 1024;
	char *cells = realloc(table->cells, room);

	if (!cells)
		return -ENOMEM;
	table->cells = cells;
	table->room = room;
	return 0;
}

static int keep(struct long_table *table, const char *text, size_t length)
{
	size_t width = width_of(text, length);
	bool is_long = width != length || length >= CELL_IS_LONG;
	size_t needed = 1 + (is_long ? sizeof(length) : 0) + length;
	char *to;

	if (table->room - table->used < needed && make_room(table, needed))
		return -ENOMEM;
	long_table_widen(table, table->next++, width);
	to = table->cells + table->used;
	table->used += needed;
	*to++ = is_long ? (char)CELL_IS_LONG : (char)length;
	if (is_long)
		to = (char *)memcpy(to, &length, sizeof(length)) + sizeof(length);
	memcpy(to, text, length);
	return 0;
}

static bool ends_row(const struct long_table *table, size_t column)
{
	return column + 1 == table->nr_columns;
}

/* As the library's: every byte that is no letter or sign of ASCII is escaped. */
static void print_raw(struct long_table *table, size_t column, const char *text, size_t length)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < length; i++) {
		unsigned char byte = text[i];

		if (byte > ' ' && byte < 0x7f && byte != '\\')
			output_byte(&table->output, byte);
		else
			memcpy(output_room(&table->output, 4),
			       (char []){ '\\', 'x', digits[byte >> 4], digits[byte & 15] }, 4);
	}
	output_byte(&table->output, ends_row(table, column) ? '\n' : ' ');
}

/* A text, and how many places it takes. */
struct piece {
	const char *text;
	size_t length;
	size_t width;
};

/* The last column is not filled up, and what is empty is blank also where it is right. */
static void print_aligned(struct long_table *table, size_t at, const struct piece *piece)
{
	const struct long_column *column = &table->columns[at];
	size_t gap = column->width > piece->width ? column->width - piece->width : 0;
	bool right = column->right && piece->length, last = ends_row(table, at);

	if (right)
		output_blanks(&table->output, gap);
	output_text(&table->output, piece->text, piece->length);
	if (!right && (!last || column->right))
		output_blanks(&table->output, gap);
	output_byte(&table->output, last ? '\n' : ' ');
}

static void print_headings(struct long_table *table)
{
	for (size_t i = 0; !table->noheadings && i < table->nr_columns; i++) {
		const char *heading = table->columns[i].heading;
		size_t length = strlen(heading);

		if (table->form == LONG_RAW)
			print_raw(table, i, heading, length);
		else
			print_aligned(table, i, &(struct piece){ heading, length, width_of(heading, length) });
	}
}

static int add(struct long_table *table, const char *text, size_t length)
{
	if (table->form == LONG_ALIGNED)
		return keep(table, text, length);
	print_raw(table, table->next++, text, length);
	return 0;
}

static int fill_upto(struct long_table *table, size_t column)
{
	int ret = 0;

	while (!ret && table->next < column)
		ret = add(table, "", 0);
	return ret;
}

int long_table_add_row(struct long_table *table)
{
	int ret = fill_upto(table, table->nr_columns);

	if (!table->rows && table->form == LONG_RAW)
		print_headings(table);
	table->next = 0;
	table->rows++;
	return ret;
}

int long_table_set(struct long_table *table, size_t column, const char *text, size_t length)
{
	int ret = table->next < column ? fill_upto(table, column) : 0;

	return ret ? ret : add(table, text, length);
}

/* Prints the cell of column @at that is kept there; where the next one is. */
static const char *print_kept(struct long_table *table, size_t at, const char *cell)
{
	size_t length = (unsigned char)*cell++;
	struct piece piece = { cell, length, length };

	if (length == CELL_IS_LONG) {
		memcpy(&piece.length, cell, sizeof(piece.length));
		piece.text += sizeof(piece.length);
		piece.width = width_of(piece.text, piece.length);
	}
	print_aligned(table, at, &piece);
	return piece.text + piece.length;
}

int long_table_print(struct long_table *table)
{
	int ret = fill_upto(table, table->nr_columns);
	const char *cell = table->cells;

	if (!ret && table->form == LONG_ALIGNED) {
		print_headings(table);
		for (size_t row = 0; row < table->rows; row++)
			for (size_t i = 0; i < table->nr_columns; i++)
				cell = print_kept(table, i, cell);
	}
	if (!ret && !table->rows && table->form == LONG_RAW)
		print_headings(table);
	output_flush(&table->output);
	return ret;
}
