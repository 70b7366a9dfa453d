/* SPDX-License-Identifier: GPL-2.0 */
/* runs.h - in: the runs of a process; out: fewer of them.  As the module does it, for saved streams. */
#ifndef VMAVIEW_RUNS_H
#define VMAVIEW_RUNS_H

#include "vmaview/model.h"

/* What lies in [low, high], both included, in whole pages. */
void runs_clip(struct process *process, uint64_t low, uint64_t high);

/* What lies in its areas, none of which is left out between the first and the last. */
void runs_of_areas(struct process *process);

/* Those that @request, of which only the selection is looked at, asks for. */
void runs_select(struct process *process, const struct vmaview_request *request);

/* Join neighbours that differ in nothing but frame or slot, which are forgotten. */
void runs_join(struct process *process);

#endif /* VMAVIEW_RUNS_H */
