/* SPDX-License-Identifier: GPL-2.0 */
/* group_diff.h - the verb diff, with --by: what has changed of groups between two states. */
#ifndef VMAVIEW_GROUP_DIFF_H
#define VMAVIEW_GROUP_DIFF_H

struct options;

/* Returns an exit code. */
int group_diff_main(struct options *options);

#endif /* VMAVIEW_GROUP_DIFF_H */
