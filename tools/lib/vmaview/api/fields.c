// SPDX-License-Identifier: GPL-2.0
/* fields.c - in: the columns of rows; out: which of them are fields, and what they mean. */
#include <string.h>

#include "api/fields.h"
#include "api/rows.h"

/* How far a row can be trusted is for the eye in tables, and for everybody here. */
static bool is_field(const struct column *column)
{
	return !(column->flags & (COL_VIEW | COL_PART)) || !strcmp(json_key_of_column(column), "caveats");
}

static const struct vmaview_field *field_of(const struct column *column)
{
	return (const struct vmaview_field *)column;
}

static const struct column *column_of(const struct vmaview_field *field)
{
	return (const struct column *)field;
}

const struct column *field_column(const struct column_set *set, const struct vmaview_field *field)
{
	for (size_t i = 0; i < set->nr; i++)
		if (field_of(&set->columns[i]) == field)
			return is_field(&set->columns[i]) ? &set->columns[i] : NULL;
	return NULL;
}

const struct vmaview_field *vmaview_field(int rows, size_t place)
{
	const struct rows_kind *kind = rows_kind(rows);
	const struct column_set *set = kind ? rows_columns(kind) : NULL;

	for (size_t i = 0; set && i < set->nr; i++)
		if (is_field(&set->columns[i]) && !place--)
			return field_of(&set->columns[i]);
	return NULL;
}

const struct vmaview_field *vmaview_field_named(int rows, const char *name)
{
	const struct vmaview_field *field;

	for (size_t place = 0; name && (field = vmaview_field(rows, place)); place++)
		if (!strcmp(vmaview_field_name(field), name))
			return field;
	return NULL;
}

const char *vmaview_field_name(const struct vmaview_field *field)
{
	return json_key_of_column(column_of(field));
}

const char *vmaview_field_help(const struct vmaview_field *field)
{
	return column_help(column_of(field));
}

int vmaview_field_type(const struct vmaview_field *field)
{
	switch (column_of(field)->kind) {
	case KIND_TEXT:
		return VMAVIEW_TYPE_TEXT;
	case KIND_BOOL:
		return VMAVIEW_TYPE_BOOL;
	case KIND_WORDS:
		return VMAVIEW_TYPE_WORDS;
	case KIND_PAIRS:
		return VMAVIEW_TYPE_PAIRS;
	case KIND_SIZES:
	case KIND_GROUP:
		return VMAVIEW_TYPE_NUMBERS;
	default:
		return VMAVIEW_TYPE_NUMBER;
	}
}

int vmaview_field_unit(const struct vmaview_field *field)
{
	switch (column_of(field)->kind) {
	case KIND_SIZE:
	case KIND_SIZES:
		return VMAVIEW_UNIT_BYTES;
	case KIND_COUNT:
	case KIND_GROUP:
		return VMAVIEW_UNIT_COUNT;
	case KIND_ADDRESS:
		return VMAVIEW_UNIT_ADDRESS;
	case KIND_HEX:
		return VMAVIEW_UNIT_FRAME;
	default:
		return VMAVIEW_UNIT_NONE;
	}
}
