// SPDX-License-Identifier: GPL-2.0
/* json_cell.c - in: a column and a cell; out: its JSON value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "draw/json.h"
#include "text/escape.h"

/* @length: below CELL_MAX, as all text of cells is. */
static struct json_object *json_text(const char *text, size_t length)
{
	char raw[CELL_MAX], safe[4 * CELL_MAX];

	memcpy(raw, text, length);
	raw[length] = '\0';
	length = escape_bytes(raw, safe, sizeof(safe));
	return json_object_new_string_len(safe, length);
}

static struct json_object *json_number(const struct column *column, const struct cell *cell)
{
	uint64_t number;
	char hex[24];

	if (!column_number(column, cell, &number))
		return NULL;
	if (column->kind == KIND_BOOL)
		return json_object_new_boolean(number);
	if (column->kind != KIND_ADDRESS && column->kind != KIND_HEX)
		return json_object_new_uint64(number);
	snprintf(hex, sizeof(hex), "0x%llx", (unsigned long long)number);
	return json_object_new_string(hex);
}

static struct json_object *json_group(const struct column *column, const struct cell *cell)
{
	const struct key_group_row *group = &key_groups[column->key_or_group];
	struct json_object *object = json_object_new_object();

	for (int key = group->first; key <= (int)group->last; key++) {
		if (!area_knows(cell->area, key)) {
			json_object_put(object);
			return NULL;
		}
		json_object_object_add(object, key_rows[key].json,
				       json_object_new_uint64(area_get(cell->area, key)));
	}
	return object;
}

/* "rd wr mr": a list of strings. */
static struct json_object *json_words(const char *text)
{
	struct json_object *array = json_object_new_array();

	while (*text) {
		size_t length = strcspn(text, " ");

		json_object_array_add(array, json_text(text, length));
		text += length;
		text += *text == ' ';
	}
	return array;
}

/* Callbacks: "fault=symbol" and NUL, one after the other; a symbol may have " [module]". */
static struct json_object *json_callbacks(const struct ops *ops)
{
	struct json_object *object = json_object_new_object();

	for (const char *callback = ops ? ops->callbacks : NULL;
	     callback && callback < ops->callbacks_end; callback += strlen(callback) + 1) {
		size_t name = strcspn(callback, "=");
		char key[64];

		snprintf(key, sizeof(key), "%.*s", (int)name, callback);
		if (callback[name])
			json_object_object_add(object, key,
					       json_text(callback + name + 1,
							 strlen(callback + name + 1)));
	}
	return object;
}

/* "0=4096 1=8192", in bytes, whatever the user has of tables. */
static struct json_object *json_sizes(const struct column *column, const struct cell *cell)
{
	struct cell in_bytes = *cell;
	struct json_object *object;
	char list[CELL_MAX];
	const char *text = list;

	in_bytes.bytes = true;
	if (column->text(&in_bytes, list, sizeof(list)) < 0)
		return NULL;
	object = json_object_new_object();
	while (*text) {
		size_t name = strcspn(text, "=");
		char key[64];

		snprintf(key, sizeof(key), "%.*s", (int)name, text);
		text += name + (text[name] == '=');
		json_object_object_add(object, key, json_object_new_uint64(strtoull(text, NULL, 10)));
		text += strcspn(text, " ");
		text += *text == ' ';
	}
	return object;
}

struct json_object *json_of_cell(const struct column *column, const struct cell *cell)
{
	char text[CELL_MAX];
	int length;

	if (column_is_number(column))
		return json_number(column, cell);
	if (column->kind == KIND_GROUP)
		return json_group(column, cell);
	if (column->kind == KIND_SIZES)
		return json_sizes(column, cell);
	length = column->text(cell, text, sizeof(text));
	if (length < 0)
		return NULL;
	if (column->kind == KIND_WORDS)
		return json_words(text);
	if (column->kind == KIND_PAIRS)
		return json_callbacks(cell->area->ops);
	/* No operations is null; no name is a name without letters. */
	if (!length && strcmp(column->name, "Name"))
		return NULL;
	return json_text(text, length);
}
