// SPDX-License-Identifier: GPL-2.0
/* map_sums.c - in: areas whose kinds have been found; out: how many there are of each kind, and how much. */
#include <string.h>

#include "verbs/map/map_cells.h"
#include "verbs/map/map_sums.h"

void map_sums(const struct process *process, struct kind_sum *sums)
{
	memset(sums, 0, KIND_OF_NR * sizeof(*sums));
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];
		struct kind_sum *sum = &sums[area->kind - 1];
		uint64_t present;

		sum->areas++;
		sum->size += area->end - area->start;
		sum->unknown |= !map_present(area, &present);
		sum->present += present;
	}
}
