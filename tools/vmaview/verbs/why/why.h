/* SPDX-License-Identifier: GPL-2.0 */
/* why.h - in: options; out: why memory is as it is: what keeps areas apart that touch, and from being huge. */
#ifndef VMAVIEW_WHY_H
#define VMAVIEW_WHY_H

#include "columns/columns.h"
#include "command/options.h"

extern const struct column_set why_columns;

/* sheet.column_of */
bool why_column_of(const struct column *column, size_t group);

/* Returns an exit code. */
int why_main(struct options *options);

#endif /* VMAVIEW_WHY_H */
