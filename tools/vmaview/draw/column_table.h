/* SPDX-License-Identifier: GPL-2.0 */
/* column_table.h - in: the columns that are chosen, and cells; out: a table that has them. */
#ifndef VMAVIEW_COLUMN_TABLE_H
#define VMAVIEW_COLUMN_TABLE_H

#include "command/options.h"
#include "draw/table.h"

/* With their headings, for about @rows rows; NULL without memory. */
struct table *column_table_new(const struct options *options, size_t rows);

/* A row of what they show of @cell; of a total the first says so, where it has none itself.  0 or -ENOMEM. */
int column_table_add(struct table *table, const struct options *options, const struct cell *cell);

#endif /* VMAVIEW_COLUMN_TABLE_H */
