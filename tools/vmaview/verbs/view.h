/* SPDX-License-Identifier: GPL-2.0 */
/* view.h - in: options; out: the areas of processes, and what to say about those not shown. */
#ifndef VMAVIEW_VIEW_H
#define VMAVIEW_VIEW_H

#include "command/options.h"
#include "read/collect.h"

/* Returns an exit code; stdout is not flushed yet. */
int view_main(struct options *options);

#endif /* VMAVIEW_VIEW_H */
