// SPDX-License-Identifier: GPL-2.0
/* keys.c - in: nothing; out: the table of an area's numbers, and look-ups in it. */
#include <string.h>

#include <vmaview.h>

#include "vmaview/keys.h"

/* What the words of the list mean here. */
#define UNIT_SPAN	UNIT_BYTES
#define UNIT_PSS	UNIT_BYTES

#define SHIFT_SPAN	0
#define SHIFT_BYTES	0
#define SHIFT_PSS	VMAVIEW_PSS_SHIFT
#define SHIFT_COUNT	0

#define FIELD_SPAN(field)	0
#define FIELD_BYTES(field)	offsetof(struct vmaview_area, field)
#define FIELD_PSS(field)	offsetof(struct vmaview_area, field)
#define FIELD_COUNT(field)	offsetof(struct vmaview_area, field)

#define IS_SMAPS	true
#define IS_OURS		false
#define IS_COUNTS	true
#define IS_ASIDE	false

#define KEY_ROW(id, field, name, json, unit, total, source, place, help) \
	[KEY_##id] = { name, json, sizeof(json) - 1, help, UNIT_##unit, SUM_##total, GROUP_NONE, false, SHIFT_##unit, \
		       IS_##source, FIELD_##unit(field) },
#define PART_ROW(id, field, group, group_name, word, sum, help) \
	[KEY_##id] = { word, word, sizeof(word) - 1, help, UNIT_COUNT, SUM_ADD, GROUP_##group, IS_##sum, 0, false, \
		       FIELD_COUNT(field) },
#define GROUP_ROW(id, name, json, first, last, help) \
	[GROUP_##id] = { name, json, help, KEY_##first, KEY_##last },

const struct key_row key_rows[KEY_NR] = {
	VMAVIEW_KEYS(KEY_ROW, VMAVIEW_NO_KEY, PART_ROW)
};

const struct key_group_row key_groups[GROUP_NR] = {
	VMAVIEW_KEYS(VMAVIEW_NO_KEY, GROUP_ROW, VMAVIEW_NO_KEY)
};

/* The rows are the fields from the first number on, in their order: a field without a row stops the build. */
#define FIRST_FIELD	offsetof(struct vmaview_area, kernel_page_size)
#define IN_ORDER(id, field, ...) \
	_Static_assert(KEY_##id == KEY_SIZE || offsetof(struct vmaview_area, field) == \
		       FIRST_FIELD + 8 * (KEY_##id - KEY_KERNEL_PAGE_SIZE), "a number is out of place");

VMAVIEW_KEYS(IN_ORDER, VMAVIEW_NO_KEY, IN_ORDER)
_Static_assert(FIRST_FIELD + 8 * (KEY_NR - KEY_KERNEL_PAGE_SIZE) == sizeof(struct vmaview_area),
	       "a field has no row in vmaview_keys.h");

uint64_t keys_of_smaps(void)
{
	uint64_t mask = 0;

	for (int key = 0; key < KEY_NR; key++)
		if (key_rows[key].smaps)
			mask |= KEY_BIT(key);
	return mask;
}

enum key key_of_smaps_name(const char *name, size_t length)
{
	for (int key = 0; key < KEY_NR; key++) {
		const struct key_row *row = &key_rows[key];

		if (row->smaps && !strncmp(row->name, name, length) && !row->name[length])
			return key;
	}
	return KEY_NR;
}
