/* SPDX-License-Identifier: GPL-2.0 */
/* record.h - in: a PID and a file name; out: the module's stream in that file. */
#ifndef VMAVIEW_RECORD_H
#define VMAVIEW_RECORD_H

#include "command/options.h"

/* Returns an exit code. */
int record_main(struct options *options);

#endif /* VMAVIEW_RECORD_H */
