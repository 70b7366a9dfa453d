/* SPDX-License-Identifier: GPL-2.0 */
/* map_sums.h - in: areas whose kinds have been found; out: how many there are of each kind, and how much. */
#ifndef VMAVIEW_MAP_SUMS_H
#define VMAVIEW_MAP_SUMS_H

#include "vmaview/kind.h"

struct kind_sum {
	uint64_t areas;
	uint64_t size;
	uint64_t present;
	bool unknown;		/* of some it is not known what is present */
};

/* @sums: KIND_OF_NR of them.  Of whole areas, also where a picture shows a part. */
void map_sums(const struct process *process, struct kind_sum *sums);

#endif /* VMAVIEW_MAP_SUMS_H */
