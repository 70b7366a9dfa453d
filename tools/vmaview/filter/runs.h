/* SPDX-License-Identifier: GPL-2.0 */
/* runs.h - in: the runs of a process; out: fewer of them.  As the module does it, for saved streams. */
#ifndef VMAVIEW_RUNS_H
#define VMAVIEW_RUNS_H

#include "model/model.h"

/* What lies in [low, high], both included, in whole pages. */
void runs_clip(struct process *process, uint64_t low, uint64_t high);

/* Join neighbours that differ in nothing but frame or slot, which are forgotten. */
void runs_join(struct process *process);

#endif /* VMAVIEW_RUNS_H */
