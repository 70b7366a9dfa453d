/* SPDX-License-Identifier: GPL-2.0 */
/* verify.h - in: PIDs; out: where the module and the system's own accounts differ. */
#ifndef VMAVIEW_VERIFY_H
#define VMAVIEW_VERIFY_H

#include "command/options.h"

/* Returns an exit code: EXIT_FAILED where there is a difference. */
int verify_main(struct options *options);

#endif /* VMAVIEW_VERIFY_H */
