// SPDX-License-Identifier: GPL-2.0
/* json_cell.c - in: a column and a cell; out: its JSON value. */
#include <stdlib.h>
#include <string.h>

#include "draw/json.h"

static void put_number(struct json_out *out, const struct column *column, const struct cell *cell)
{
	uint64_t number;

	if (!column_number(column, cell, &number))
		json_null(out);
	else if (column->kind == KIND_SIZE || column->kind == KIND_COUNT)
		json_uint(out, number);
	else if (column->kind == KIND_BOOL)
		json_boolean(out, number);
	else if (column->kind == KIND_DELTA)
		json_int(out, number);
	else
		json_hex(out, number);
}

static bool knows_group(const struct key_group_row *group, const struct area *area)
{
	for (int key = group->first; key <= (int)group->last; key++)
		if (!area_knows(area, key))
			return false;
	return true;
}

bool json_knows_group(enum key_group group, const struct area *area)
{
	return knows_group(&key_groups[group], area);
}

static void put_group(struct json_out *out, const struct column *column, const struct area *area)
{
	const struct key_group_row *group = &key_groups[column->key_or_group];

	if (!knows_group(group, area)) {
		json_null(out);
		return;
	}
	json_open_object(out);
	for (int key = group->first; key <= (int)group->last; key++) {
		json_key_sized(out, key_rows[key].json, key_rows[key].json_length);
		json_uint(out, area_get(area, key));
	}
	json_end(out);
}

/* "rd wr mr": a list of strings. */
static void put_words(struct json_out *out, const char *text)
{
	json_open_array(out);
	while (*text) {
		const char *end = strchrnul(text, ' ');

		json_text(out, text, end - text);
		text = end + (*end == ' ');
	}
	json_end(out);
}

/* Callbacks: "fault=symbol" and NUL, one after the other; a symbol may have " [module]". */
static void put_callbacks(struct json_out *out, const struct ops *ops)
{
	json_open_object(out);
	for (const char *callback = ops ? ops->callbacks : NULL;
	     callback && callback < ops->callbacks_end; callback += strlen(callback) + 1) {
		size_t name = strcspn(callback, "=");

		if (!callback[name])
			continue;
		json_key_text(out, callback, name);
		json_string(out, callback + name + 1);
	}
	json_end(out);
}

/* "0=4096 1=8192", in bytes, whatever the user has of tables. */
static void put_sizes(struct json_out *out, const struct column *column, const struct cell *cell)
{
	struct cell in_bytes = *cell;
	char list[CELL_MAX];
	const char *text = list;

	in_bytes.bytes = true;
	if (column->text(&in_bytes, list, sizeof(list)) < 0) {
		json_null(out);
		return;
	}
	json_open_object(out);
	while (*text) {
		size_t name = strcspn(text, "=");

		json_key_text(out, text, name);
		text += name + (text[name] == '=');
		json_uint(out, strtoull(text, NULL, 10));
		text += strcspn(text, " ");
		text += *text == ' ';
	}
	json_end(out);
}

static void put_text(struct json_out *out, const struct column *column, const struct cell *cell)
{
	char text[CELL_MAX];
	int length = column->text(cell, text, sizeof(text));

	if (length < 0)
		json_null(out);
	else if (column->kind == KIND_WORDS)
		put_words(out, text);
	else if (column->kind == KIND_PAIRS)
		put_callbacks(out, cell->area->ops);
	/* No operations is null; no name is a name without letters. */
	else if (!length && strcmp(column->name, "Name"))
		json_null(out);
	else
		json_text(out, text, length);
}

void json_cell(struct json_out *out, const struct column *column, const struct cell *cell)
{
	if (column_is_number(column))
		put_number(out, column, cell);
	else if (column->kind == KIND_GROUP)
		put_group(out, column, cell->area);
	else if (column->kind == KIND_SIZES)
		put_sizes(out, column, cell);
	else
		put_text(out, column, cell);
}

void json_column_key(struct json_out *out, const struct column *column)
{
	const struct key_row *row = &key_rows[column->key_or_group];

	if (column->json)
		json_key(out, column->json);
	else if (column->kind == KIND_GROUP)
		json_key(out, key_groups[column->key_or_group].json);
	else
		json_key_sized(out, row->json, row->json_length);
}
