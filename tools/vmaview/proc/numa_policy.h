/* SPDX-License-Identifier: GPL-2.0 */
/* numa_policy.h - in: /proc/PID/numa_maps; out: what of each area is on a node that its memory policy does not name. */
#ifndef VMAVIEW_NUMA_POLICY_H
#define VMAVIEW_NUMA_POLICY_H

#include "vmaview/model.h"

/*
 * Of areas that have a place.  Where memory is on one node only, nothing is anywhere else, and nothing is read: the
 * kernel walks all pages for numa_maps.  What cannot be read stays unknown.
 */
void numa_policies_add(struct process *process);

#endif /* VMAVIEW_NUMA_POLICY_H */
