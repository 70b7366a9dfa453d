/* SPDX-License-Identifier: GPL-2.0 */
/* record.h - in: processes and a file name; out: the module's streams of them in that file, once or again and again. */
#ifndef VMAVIEW_RECORD_H
#define VMAVIEW_RECORD_H

#include "command/options.h"

/* Returns an exit code. */
int record_main(struct options *options);

#endif /* VMAVIEW_RECORD_H */
