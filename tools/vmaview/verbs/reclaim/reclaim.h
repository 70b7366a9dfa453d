/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim.h - in: runs of pages; out: what the kernel could take back of each area, and at what price. */
#ifndef VMAVIEW_RECLAIM_H
#define VMAVIEW_RECLAIM_H

#include "columns/columns.h"
#include "command/options.h"

extern const struct column_set reclaim_columns;
int reclaim_main(struct options *options);

#endif /* VMAVIEW_RECLAIM_H */
