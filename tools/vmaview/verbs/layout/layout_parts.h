/* SPDX-License-Identifier: GPL-2.0 */
/* layout_parts.h - in: a process; out: the parts of its program, its segments, as rows. */
#ifndef VMAVIEW_LAYOUT_PARTS_H
#define VMAVIEW_LAYOUT_PARTS_H

#include "draw/sheet.h"

/* Which array of JSON a row is in. */
enum part_group {
	PART_PROGRAM,
	PART_THREAD,
	PART_LDT,
	PART_PHYSICAL,
	PART_GROUP_NR
};

enum part_known {
	PART_START	= 1,	/* @start is known ... */
	PART_END	= 2,	/* ... and @end */
	PART_LIMIT	= 4,
	PART_PHYS	= 8,
};

struct part {
	enum part_group group;
	unsigned int known;
	const char *name;
	const char *grows;		/* "up", "down", or "" */
	uint64_t start;
	uint64_t end;			/* exclusive */
	uint64_t limit;			/* how far it may grow */
	uint64_t physical;
	const char *state;		/* of a translation; NULL for others */
	const struct vmaview_segment *segment;	/* NULL: none */
};

/* Those of a process that has a layout; free the rows.  0 or -ENOMEM. */
int layout_parts(struct sheet *sheet);

/* The part of that name, NULL if the process has none. */
const struct part *layout_find(const struct sheet *sheet, const char *name, size_t length);

/* Areas that a part overlaps, or that its address is in: the first from @from on; NULL. */
const struct area *layout_area(const struct process *process, const struct part *part,
			       const struct area *from);

extern const struct column_set layout_columns;

#endif /* VMAVIEW_LAYOUT_PARTS_H */
