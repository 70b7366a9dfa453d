/* SPDX-License-Identifier: GPL-2.0 */
/* diff_columns.h - out: the columns of diff, whose rows are struct diff_line. */
#ifndef VMAVIEW_DIFF_COLUMNS_H
#define VMAVIEW_DIFF_COLUMNS_H

#include "columns/columns.h"

extern const struct column_set diff_columns;

#endif /* VMAVIEW_DIFF_COLUMNS_H */
