/* SPDX-License-Identifier: GPL-2.0 */
/* area_table.h - in: processes and options; out: their areas as tables on stdout. */
#ifndef VMAVIEW_AREA_TABLE_H
#define VMAVIEW_AREA_TABLE_H

#include "command/options.h"
#include "vmaview/model.h"

/* A title, a table and a total for each process; raw: one table for all.  0 or -ENOMEM. */
int area_table_print(const struct options *options, const struct process *processes, size_t nr);

#endif /* VMAVIEW_AREA_TABLE_H */
