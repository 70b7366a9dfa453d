/* SPDX-License-Identifier: GPL-2.0 */
/* group_choice.h - in: --by and --labels; out: what groups are made by. */
#ifndef VMAVIEW_GROUP_CHOICE_H
#define VMAVIEW_GROUP_CHOICE_H

#include "command/options.h"
#include "verbs/groups/group_by.h"

struct group_choice {
	struct group_by by;
	struct labels labels;
	struct objects objects;
};

/* @fallback is the key where none was named.  EXIT_DONE, or the code to stop with, all having been said; free it. */
int group_choose(struct group_choice *choice, const struct options *options, enum group_key fallback);
void group_choice_free(struct group_choice *choice);

#endif /* VMAVIEW_GROUP_CHOICE_H */
