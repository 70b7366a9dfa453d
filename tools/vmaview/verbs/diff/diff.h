/* SPDX-License-Identifier: GPL-2.0 */
/* diff.h - in: OLD and NEW; out: what differs between them. */
#ifndef VMAVIEW_DIFF_H
#define VMAVIEW_DIFF_H

#include "command/options.h"

/* Returns an exit code. */
int diff_main(struct options *options);

#endif /* VMAVIEW_DIFF_H */
