/* SPDX-License-Identifier: GPL-2.0 */
/* cow_watch.h - in: a group of processes; out: a line an interval that says how far it has diverged. */
#ifndef VMAVIEW_COW_WATCH_H
#define VMAVIEW_COW_WATCH_H

#include "command/options.h"

/* A line an interval until SIGINT or SIGTERM, or until nobody is left.  An exit code. */
int cow_watch(const struct options *options);

#endif /* VMAVIEW_COW_WATCH_H */
