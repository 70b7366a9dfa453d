/* SPDX-License-Identifier: GPL-2.0 */
/* status.h - out: what works here, and what to do about the rest. */
#ifndef VMAVIEW_STATUS_H
#define VMAVIEW_STATUS_H

#include "command/options.h"

/* Returns an exit code: EXIT_DONE, whatever the answer is. */
int status_main(struct options *options);

#endif /* VMAVIEW_STATUS_H */
