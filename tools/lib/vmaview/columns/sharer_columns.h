/* SPDX-License-Identifier: GPL-2.0 */
/* sharer_columns.h - in: a sharer as cell.row; out: its columns. */
#ifndef VMAVIEW_SHARER_COLUMNS_H
#define VMAVIEW_SHARER_COLUMNS_H

#include "columns/columns.h"

extern const struct column_set sharer_columns;

#endif /* VMAVIEW_SHARER_COLUMNS_H */
