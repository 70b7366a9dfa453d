/* SPDX-License-Identifier: GPL-2.0 */
/* fault_columns.h - in: a row of faults; out: its columns. */
#ifndef VMAVIEW_FAULT_COLUMNS_H
#define VMAVIEW_FAULT_COLUMNS_H

#include "columns/columns.h"

/* A row an area and kind; in a stream, a row a fault. */
extern const struct column_set fault_columns;

#endif /* VMAVIEW_FAULT_COLUMNS_H */
