/* SPDX-License-Identifier: GPL-2.0 */
/* sharers.h - in: options; out: who else maps the pages of processes. */
#ifndef VMAVIEW_SHARERS_H
#define VMAVIEW_SHARERS_H

#include "command/options.h"

/* Returns an exit code. */
int sharers_main(struct options *options);

#endif /* VMAVIEW_SHARERS_H */
