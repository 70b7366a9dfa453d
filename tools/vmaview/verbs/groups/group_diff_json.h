/* SPDX-License-Identifier: GPL-2.0 */
/* group_diff_json.h - in: what has changed of groups, and of which states; out: JSON. */
#ifndef VMAVIEW_GROUP_DIFF_JSON_H
#define VMAVIEW_GROUP_DIFF_JSON_H

#include "verbs/groups/group_changes.h"
#include "verbs/groups/group_choice.h"
#include "verbs/groups/groups_read.h"

struct group_diff_side {
	struct options options;		/* those of groups, with this state alone chosen */
	const char *word;		/* as the user wrote it */
	pid_t pid;			/* 0: a file */
	struct group_choice choice;	/* of its own: what is open now is nothing of a file */
	struct groups groups;
	bool read;
};

/* @sides: old, new. */
void group_diff_json(const struct group_diff_side *sides, const struct group_changes *changes);

#endif /* VMAVIEW_GROUP_DIFF_JSON_H */
