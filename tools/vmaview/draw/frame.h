/* SPDX-License-Identifier: GPL-2.0 */
/* frame.h - in: a process; out: the lines above and below its table, on stdout. */
#ifndef VMAVIEW_FRAME_H
#define VMAVIEW_FRAME_H

#include "vmaview/model.h"

/* PID and command line.  0 or -ENOMEM. */
int frame_title(const struct process *process);

/* What the answer cost, and whether its parts belong together; nothing where it has no receipt. */
void frame_receipt(const struct process *process);

#endif /* VMAVIEW_FRAME_H */
