/* SPDX-License-Identifier: GPL-2.0 */
/* groups_columns.h - in: a group; out: the columns of it. */
#ifndef VMAVIEW_GROUPS_COLUMNS_H
#define VMAVIEW_GROUPS_COLUMNS_H

#include "columns/columns.h"
#include "verbs/groups/group_by.h"

extern const struct column_set groups_columns;

/* That which shows a key. */
const struct column *groups_key_column(enum group_key key);

#endif /* VMAVIEW_GROUPS_COLUMNS_H */
