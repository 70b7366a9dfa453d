/* SPDX-License-Identifier: GPL-2.0 */
/* pages.h - in: options; out: runs of equal pages on stdout. */
#ifndef VMAVIEW_PAGES_H
#define VMAVIEW_PAGES_H

#include "command/options.h"

/* Returns an exit code. */
int pages_main(struct options *options);

#endif /* VMAVIEW_PAGES_H */
