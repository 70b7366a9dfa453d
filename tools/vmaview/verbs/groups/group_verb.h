/* SPDX-License-Identifier: GPL-2.0 */
/* group_verb.h - in: options, and how groups are shown; out: an exit code. */
#ifndef VMAVIEW_GROUP_VERB_H
#define VMAVIEW_GROUP_VERB_H

#include "verbs/groups/group_by.h"

struct groups;
struct options;

/* EXIT_DONE, or the code to stop with, all having been said. */
typedef int group_show(struct options *options, const struct groups *groups);

/* @fallback is the key where none was named.  @show is called once all was read that can be, even if it is nobody. */
int group_verb(struct options *options, enum group_key fallback, group_show *show);

#endif /* VMAVIEW_GROUP_VERB_H */
