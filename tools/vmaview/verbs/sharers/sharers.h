/* SPDX-License-Identifier: GPL-2.0 */
/* sharers.h - in: options; out: who else maps the pages of processes. */
#ifndef VMAVIEW_SHARERS_H
#define VMAVIEW_SHARERS_H

#include "columns/columns.h"
#include "command/options.h"

extern const struct column_set sharer_columns;

/* Returns an exit code. */
int sharers_main(struct options *options);

#endif /* VMAVIEW_SHARERS_H */
