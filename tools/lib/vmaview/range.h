/* SPDX-License-Identifier: GPL-2.0 */
/* range.h - in: a process and a range of addresses; out: what of it lies there. */
#ifndef VMAVIEW_RANGE_H
#define VMAVIEW_RANGE_H

#include "vmaview/model.h"

/* Does it overlap [low, high], both included?  As pmap -A takes areas. */
bool area_in_range(const struct area *area, uint64_t low, uint64_t high);

/* Only areas that do, ... */
void areas_cut(struct process *process, uint64_t low, uint64_t high);

/* ... and what is said of areas that are left. */
void sharers_cut(struct process *process);
void uffd_cut(struct process *process, uint64_t low, uint64_t high);

#endif /* VMAVIEW_RANGE_H */
