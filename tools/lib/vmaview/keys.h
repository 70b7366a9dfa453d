/* SPDX-License-Identifier: GPL-2.0 */
/*
 * keys.h - the numbers of an area as vmaview_keys.h lists them, one row each.  Everything that lists
 * numbers (columns, JSON, totals, the /proc parser, verify) goes by this table.
 */
#ifndef VMAVIEW_MODEL_KEYS_H
#define VMAVIEW_MODEL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vmaview_keys.h>

#define KEY_ID(id, ...) KEY_##id,
#define GROUP_ID(id, ...) GROUP_##id,

enum key {
	VMAVIEW_KEYS(KEY_ID, VMAVIEW_NO_KEY, KEY_ID)
	KEY_NR
};

_Static_assert(KEY_NR <= 64, "a set of keys is a 64-bit mask");

#define KEY_BIT(key) (UINT64_C(1) << (key))

enum key_unit {
	UNIT_BYTES,	/* kB in text, bytes with -b and in JSON */
	UNIT_COUNT,	/* a plain number everywhere */
};

enum key_sum {
	SUM_ADD,
	SUM_MAX,
	SUM_NOT,	/* a property of the area: no total makes sense */
};

/* Numbers that JSON and `areas` keep in one object: absent{}, leaves{}, extra_refs{}. */
enum key_group {
	GROUP_NONE,
	VMAVIEW_KEYS(VMAVIEW_NO_KEY, GROUP_ID, VMAVIEW_NO_KEY)
	GROUP_NR
};

#undef KEY_ID
#undef GROUP_ID

struct key_row {
	const char *name;	/* in `areas` and smaps; inside a group: the name of the part */
	const char *json;
	unsigned char json_length;
	const char *help;
	enum key_unit unit;
	enum key_sum sum;
	enum key_group group;
	bool counts;		/* in a group: in the one number that stands for it */
	unsigned char shift;	/* the value is kept shifted left by this much */
	bool smaps;		/* /proc/PID/smaps has it too */
	unsigned short offset;	/* in struct vmaview_area; of KEY_SIZE, which is no field, 0 */
};

extern const struct key_row key_rows[KEY_NR];

struct key_group_row {
	const char *name;
	const char *json;
	const char *help;
	enum key first;
	enum key last;
};

extern const struct key_group_row key_groups[GROUP_NR];

/* The keys of smaps, as a mask. */
uint64_t keys_of_smaps(void);

/* The key that smaps calls @name (of @length bytes), or KEY_NR. */
enum key key_of_smaps_name(const char *name, size_t length);

#endif /* VMAVIEW_MODEL_KEYS_H */
