/* SPDX-License-Identifier: GPL-2.0 */
/* advise.h - in: options; out: what is worth doing something about. */
#ifndef VMAVIEW_ADVISE_H
#define VMAVIEW_ADVISE_H

#include "columns/columns.h"
#include "command/options.h"

extern const struct column_set advise_columns;

/* Returns an exit code. */
int advise_main(struct options *options);

#endif /* VMAVIEW_ADVISE_H */
