/* SPDX-License-Identifier: GPL-2.0 */
/* groups_print.h - in: groups, in the order in which they are shown; out: a table, and the machine below it. */
#ifndef VMAVIEW_GROUPS_PRINT_H
#define VMAVIEW_GROUPS_PRINT_H

#include "draw/sheet.h"
#include "verbs/groups/groups_read.h"

/* 0 or -ENOMEM.  The sheet has room for one row more. */
int groups_print(struct options *options, const struct groups *groups, struct sheet *sheet);

#endif /* VMAVIEW_GROUPS_PRINT_H */
