// SPDX-License-Identifier: GPL-2.0
/* values.c - in: a row and a field; out: its value. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/fields.h"
#include "api/rows.h"
#include "vmaview/grow.h"

/* The column of a field of the row at hand, if it is of that type; NULL. */
static const struct column *column_at(struct vmaview *handle, const struct vmaview_field *field, int type)
{
	const struct column *column;

	if (!handle || !rows_at_one(handle))
		return NULL;
	column = field_column(rows_columns(handle->kind), field);
	return column && vmaview_field_type(field) == type ? column : NULL;
}

int vmaview_number(struct vmaview *handle, const struct vmaview_field *field, uint64_t *number)
{
	const struct column *column = column_at(handle, field, VMAVIEW_TYPE_NUMBER);

	if (!column)
		column = column_at(handle, field, VMAVIEW_TYPE_BOOL);
	if (!column || !number)
		return -EINVAL;
	return column_number(column, &handle->cell, number);
}

int vmaview_text(struct vmaview *handle, const struct vmaview_field *field, const char **text)
{
	const struct column *column = column_at(handle, field, VMAVIEW_TYPE_TEXT);

	if (!column || !text)
		return -EINVAL;
	handle->listed = NULL;
	*text = handle->text;
	return column->text(&handle->cell, handle->text, sizeof(handle->text)) >= 0;
}

static struct vmaview_item *add_item(struct vmaview *handle, const char *name)
{
	struct vmaview_item *item;

	if (!grow(&handle->items, handle->nr_items, &handle->room_items, sizeof(*handle->items)))
		return NULL;
	item = &handle->items[handle->nr_items++];
	*item = (struct vmaview_item){ .name = name };
	return item;
}

/* Cut handle->text into what lies between spaces: names, or of sizes "name=number". */
static int list_words(struct vmaview *handle)
{
	char *save = NULL;

	for (char *word = strtok_r(handle->text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		struct vmaview_item *item = add_item(handle, word);
		char *value = strchr(word, '=');

		if (!item)
			return -ENOMEM;
		if (value && handle->listed->kind == KIND_SIZES) {
			*value++ = '\0';
			item->number = strtoull(value, NULL, 10);
		}
	}
	return 0;
}

/* "fault=symbol [module]" and NUL, one after the other. */
static int list_callbacks(struct vmaview *handle)
{
	const struct ops *ops = handle->cell.area->ops;
	char *at = handle->text;

	for (const char *callback = ops ? ops->callbacks : NULL; callback && callback < ops->callbacks_end;
	     callback += strlen(callback) + 1) {
		struct vmaview_item *item = add_item(handle, at);
		size_t length = strlen(callback) + 1;
		char *value;

		if (!item)
			return -ENOMEM;
		memcpy(at, callback, length);
		value = strchr(at, '=');
		if (value) {
			*value = '\0';
			item->text = value + 1;
		}
		at += length;
	}
	return 0;
}

static int list_group(struct vmaview *handle, const struct column *column)
{
	const struct key_group_row *group = &key_groups[column->key_or_group];

	for (int key = group->first; key <= (int)group->last; key++) {
		struct vmaview_item *item = add_item(handle, key_rows[key].json);

		if (!item)
			return -ENOMEM;
		item->number = area_get(handle->cell.area, key);
	}
	return 0;
}

static bool knows_list(struct vmaview *handle, const struct column *column)
{
	uint64_t sum;

	if (column->kind == KIND_GROUP)
		return column_number(column, &handle->cell, &sum);
	return column->text(&handle->cell, handle->text, sizeof(handle->text)) >= 0;
}

/* 0 or -errno. */
static int list(struct vmaview *handle, const struct column *column)
{
	int ret;

	handle->listed = NULL;
	handle->nr_items = 0;
	if (!knows_list(handle, column))
		return -ENODATA;
	handle->listed = column;
	if (column->kind == KIND_GROUP)
		ret = list_group(handle, column);
	else
		ret = column->kind == KIND_PAIRS ? list_callbacks(handle) : list_words(handle);
	if (ret)
		handle->listed = NULL;
	return ret;
}

int vmaview_item(struct vmaview *handle, const struct vmaview_field *field, size_t place, struct vmaview_item *item)
{
	const struct column *column = NULL;
	int ret;

	for (int type = VMAVIEW_TYPE_WORDS; !column && type <= VMAVIEW_TYPE_NUMBERS; type++)
		column = column_at(handle, field, type);
	if (!column || !item)
		return -EINVAL;
	if (handle->listed != column) {
		ret = list(handle, column);
		if (ret)
			return ret;
	}
	if (place >= handle->nr_items)
		return 0;
	*item = handle->items[place];
	return 1;
}
