// SPDX-License-Identifier: GPL-2.0
/* map_holes.c - in: areas in the order of addresses; out: what lies free between the first and the last of them. */
#include <string.h>

#include "verbs/map/map_holes.h"

void map_holes_find(struct map_holes *holes, const struct process *process)
{
	memset(holes, 0, sizeof(*holes));
	for (size_t i = 1; i < process->nr_areas && !process->areas[i].gate; i++) {
		const struct area *area = &process->areas[i];
		uint64_t length = area->start - area[-1].end;

		holes->nr += !!length;
		holes->bytes += length;
		if (length <= holes->largest)
			continue;
		holes->largest = length;
		holes->start = area[-1].end;
	}
}

unsigned int map_holes_scattered(const struct map_holes *holes)
{
	return holes->bytes ? 100.0 * (holes->bytes - holes->largest) / holes->bytes : 0;
}
