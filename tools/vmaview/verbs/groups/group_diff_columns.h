/* SPDX-License-Identifier: GPL-2.0 */
/* group_diff_columns.h - in: how groups are made; out: the columns of what has changed of them. */
#ifndef VMAVIEW_GROUP_DIFF_COLUMNS_H
#define VMAVIEW_GROUP_DIFF_COLUMNS_H

#include "columns/columns.h"
#include "verbs/groups/group_by.h"

/* The columns of keys, with the names of those. */
struct group_diff_keys {
	struct column key[GROUP_BY_MAX];
};

/* Those that are shown, as many as it returns; @shown has room for COLUMNS_MAX, and points into @keys, too. */
size_t group_diff_columns(const struct group_by *by, struct group_diff_keys *keys, const struct column **shown);

/* Key of JSON, of enum group_count. */
const char *group_count_json(int count);

#endif /* VMAVIEW_GROUP_DIFF_COLUMNS_H */
