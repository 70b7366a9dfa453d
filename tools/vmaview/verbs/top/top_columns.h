/* SPDX-License-Identifier: GPL-2.0 */
/* top_columns.h - the columns of each level. */
#ifndef VMAVIEW_TOP_COLUMNS_H
#define VMAVIEW_TOP_COLUMNS_H

#include "verbs/top/top_frame.h"

/* Of processes: cell.row is a struct top_process. */
extern const struct column_set top_columns;

/* Those of a level; and those that are shown where nobody chose. */
const struct column_set *top_level_columns(enum top_level level);

#endif /* VMAVIEW_TOP_COLUMNS_H */
