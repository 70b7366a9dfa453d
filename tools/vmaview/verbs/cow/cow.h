/* SPDX-License-Identifier: GPL-2.0 */
/* cow.h - in: options; out: what a group of processes shares, and how far its members have diverged. */
#ifndef VMAVIEW_COW_H
#define VMAVIEW_COW_H

#include "command/options.h"

/* The verb.  Returns an exit code. */
int cow_main(struct options *options);

#endif /* VMAVIEW_COW_H */
