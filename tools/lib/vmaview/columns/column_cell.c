// SPDX-License-Identifier: GPL-2.0
/* column_cell.c - in: a column and a cell; out: its text, its number, its order. */
#include <stdio.h>
#include <string.h>

#include "columns/columns.h"
#include "text/escape.h"
#include "text/number.h"

static bool number_of_group(const struct key_group_row *group, const struct area *area, uint64_t *number)
{
	*number = 0;
	for (int key = group->first; key <= (int)group->last; key++) {
		if (!area_knows(area, key))
			return false;
		if (key_rows[key].counts)
			*number += area_get(area, key);
	}
	return true;
}

bool column_number(const struct column *column, const struct cell *cell, uint64_t *number)
{
	if (column->kind == KIND_GROUP)
		return number_of_group(&key_groups[column->key_or_group], cell->area, number);
	if (column->number)
		return column->number(cell, number);
	*number = area_get(cell->area, column->key_or_group);
	return area_knows(cell->area, column->key_or_group);
}

bool column_has_total(const struct column *column)
{
	enum key key = column_key(column);

	return column->flags & COL_TOTAL && (key == KEY_NR || key_rows[key].sum != SUM_NOT);
}

static int put_text(char *out, size_t room, const char *text)
{
	size_t length = strnlen(text, room - 1);

	memcpy(out, text, length);
	out[length] = '\0';
	return length;
}

/* "+12", "-12"; what is less than a kB is 0. */
static int put_delta(int64_t number, bool bytes, char *out)
{
	uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;

	if (!bytes)
		size >>= 10;
	*out = number < 0 ? '-' : '+';
	return size ? 1 + number_decimal(size, out + 1) : number_decimal(0, out);
}

static int put_number(const struct column *column, const struct cell *cell, char *out)
{
	uint64_t number;

	if (!column_number(column, cell, &number))
		return -1;
	if (column->kind == KIND_ADDRESS)
		return number_hex(number, 16, out);
	if (column->kind == KIND_HEX)
		return number_hex(number, 1, out);
	if (column->kind == KIND_DELTA)
		return put_delta(number, cell->bytes, out);
	if (column->kind == KIND_BOOL)
		return put_text(out, CELL_MAX, number ? "yes" : "no");
	if (column->kind == KIND_SIZE && !cell->bytes)
		number = (number >> 10) + (column->flags & COL_UP && number & 1023);
	return number_decimal(number, out);
}

static int text_number(const struct column *column, const struct cell *cell, char *out)
{
	int length = put_number(column, cell, out);

	if (length >= 0)
		out[length] = '\0';
	return length;
}

/* As `areas` writes it: "3 (1 lru-batch)", "4k=12 2M=0 1G=0". */
static int text_group(const struct column *column, const struct cell *cell, char *out, size_t room)
{
	const struct key_group_row *group = &key_groups[column->key_or_group];
	const struct area *area = cell->area;
	size_t used = 0;

	for (int key = group->first; key <= (int)group->last; key++)
		if (!area_knows(area, key))
			return -1;
	if (column->key_or_group == GROUP_EXTRA_REFS)
		return snprintf(out, room, "%llu (%llu lru-batch)",
				(unsigned long long)area_get(area, KEY_EXTRA_REFS),
				(unsigned long long)area_get(area, KEY_EXTRA_REFS_LRU));
	for (int key = group->first; key <= (int)group->last && used < room; key++)
		used += snprintf(out + used, room - used, "%s%s=%llu", used ? " " : "",
				 key_rows[key].name, (unsigned long long)area_get(area, key));
	return used;
}

static int text_safe(const struct column *column, const struct cell *cell, char *out, size_t room)
{
	int length = column->text(cell, out, room);
	char raw[CELL_MAX];

	if (length < 0 || !escape_changes(out, length))
		return length;
	put_text(raw, sizeof(raw), out);
	return escape_text(raw, out, room);
}

int column_text(const struct column *column, const struct cell *cell, char *out, size_t room)
{
	int length;

	if (cell->is_total && !column_has_total(column))
		return put_text(out, room, "");
	if (column->kind == KIND_GROUP)
		length = text_group(column, cell, out, room);
	else if (column_is_number(column))
		length = text_number(column, cell, out);
	else
		length = text_safe(column, cell, out, room);
	if (length < 0)
		return put_text(out, room, "-");
	return length ? length : put_text(out, room, ".");
}

const char *json_key_of_column(const struct column *column)
{
	if (column->json)
		return column->json;
	return column->kind == KIND_GROUP ? key_groups[column->key_or_group].json : key_rows[column->key_or_group].json;
}

const char *column_heading(const struct column *column, bool bytes)
{
	return bytes && column_key(column) == KEY_SIZE ? "Bytes" : column->name;
}

const char *column_help(const struct column *column)
{
	if (column->help)
		return column->help;
	return column->kind == KIND_GROUP ? key_groups[column->key_or_group].help : key_rows[column->key_or_group].help;
}

static int compare_numbers(const struct column *column, const struct cell *a, const struct cell *b)
{
	uint64_t number_a = 0, number_b = 0;
	bool knows_a = column_number(column, a, &number_a);
	bool knows_b = column_number(column, b, &number_b);

	if (!knows_a || !knows_b)
		return knows_a - knows_b;
	if (column->kind == KIND_DELTA)
		return ((int64_t)number_a > (int64_t)number_b) - ((int64_t)number_a < (int64_t)number_b);
	return (number_a > number_b) - (number_a < number_b);
}

int column_compare(const struct column *column, const struct cell *a, const struct cell *b)
{
	char text_a[CELL_MAX], text_b[CELL_MAX];

	if (column_compares_numbers(column))
		return compare_numbers(column, a, b);
	column_text(column, a, text_a, sizeof(text_a));
	column_text(column, b, text_b, sizeof(text_b));
	return strverscmp(text_a, text_b);
}
