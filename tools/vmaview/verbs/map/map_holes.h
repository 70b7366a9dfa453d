/* SPDX-License-Identifier: GPL-2.0 */
/* map_holes.h - in: areas in the order of addresses; out: what lies free between the first and the last of them. */
#ifndef VMAVIEW_MAP_HOLES_H
#define VMAVIEW_MAP_HOLES_H

#include "vmaview/model.h"

struct map_holes {
	uint64_t nr;
	uint64_t bytes;			/* of all of them */
	uint64_t largest;		/* the first of equals, and ... */
	uint64_t start;			/* ... where it begins */
};

/* The gate area is none of the process's, and what is before it no hole. */
void map_holes_find(struct map_holes *holes, const struct process *process);

/* Percent of what is free that is not in the largest hole. */
unsigned int map_holes_scattered(const struct map_holes *holes);

#endif /* VMAVIEW_MAP_HOLES_H */
