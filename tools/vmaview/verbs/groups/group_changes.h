/* SPDX-License-Identifier: GPL-2.0 */
/* group_changes.h - in: groups of two states; out: those that are not what they were.  Pure. */
#ifndef VMAVIEW_GROUP_CHANGES_H
#define VMAVIEW_GROUP_CHANGES_H

#include "verbs/groups/group_rows.h"

/* What is counted or added up of a group, in bytes but for the first two. */
enum group_count {
	COUNT_PROCESSES,
	COUNT_AREAS,
	COUNT_FRAMES,
	COUNT_UNIQUE,
	COUNT_OUTSIDE,
	COUNT_INSIDE,
	COUNT_SUMS,		/* from here on, enum group_sum */
	COUNT_NR = COUNT_SUMS + GROUP_SUM_NR
};

struct group_change {
	const struct group_row *before;	/* NULL: it is new */
	const struct group_row *after;	/* NULL: it is gone */
	uint32_t known;			/* bits of enum group_count; what is not there has 0 of what the other knows */
	int64_t delta[COUNT_NR];
};

struct group_changes {
	struct group_change *changes;
	size_t nr;
	struct group_change total;
};

/* By their keys; what has changed the most in memory first.  0 or -ENOMEM; free them whatever comes. */
int group_changes_find(struct group_changes *changes, const struct group_rows *before, const struct group_rows *after);
void group_changes_free(struct group_changes *changes);

/* "new", "gone" or "changed". */
const char *group_change_name(const struct group_change *change);

/* The row that stands for it: as it is, or as it was. */
static inline const struct group_row *group_change_row(const struct group_change *change)
{
	return change->after ? change->after : change->before;
}

#endif /* VMAVIEW_GROUP_CHANGES_H */
