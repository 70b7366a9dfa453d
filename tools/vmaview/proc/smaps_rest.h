/* SPDX-License-Identifier: GPL-2.0 */
/*
 * smaps_rest.h - in: the lines of smaps, as procfs_parse() comes across them; out: what the model
 * has no place for: which keys this kernel has, in which order, the values of those that no record
 * carries, and VmFlags in smaps's own words.
 */
#ifndef VMAVIEW_SMAPS_REST_H
#define VMAVIEW_SMAPS_REST_H

#include <stddef.h>
#include <stdint.h>

#include "vmaview/keys.h"

struct smaps_key {
	char name[32];
	enum key key;			/* KEY_NR: the model has no such key ... */
	size_t column;			/* ... and its values are in this column */
};

#define SMAPS_KEYS_MAX 64

struct smaps_rest {
	struct smaps_key keys[SMAPS_KEYS_MAX];	/* of the first area: the kernel has no others */
	size_t nr_keys;
	size_t nr_columns;
	size_t next_key;		/* what the next line most likely has */
	struct smaps_rest_area {
		char *vmflags;		/* NULL: no such line */
		uint64_t *column;	/* nr_columns values, as smaps prints them */
	} *areas;
	size_t nr_areas;
	size_t room_areas;
};

/* 0 or -errno: -ENOMEM, -EBADMSG where the areas do not all have the same keys. */
int smaps_rest_add_area(struct smaps_rest *rest);
int smaps_rest_add_value(struct smaps_rest *rest, enum key key, const char *line);
int smaps_rest_set_vmflags(struct smaps_rest *rest, size_t area, const char *text);

void smaps_rest_free(struct smaps_rest *rest);

#endif /* VMAVIEW_SMAPS_REST_H */
