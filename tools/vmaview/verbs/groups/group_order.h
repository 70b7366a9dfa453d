/* SPDX-License-Identifier: GPL-2.0 */
/* group_order.h - in: rows of groups; out: those with the most memory first. */
#ifndef VMAVIEW_GROUP_ORDER_H
#define VMAVIEW_GROUP_ORDER_H

#include "verbs/groups/group_rows.h"

/* A copy of all rows, with room for one more; it has no texts of its own.  NULL without memory. */
struct group_row *group_order(const struct group_rows *rows);

#endif /* VMAVIEW_GROUP_ORDER_H */
