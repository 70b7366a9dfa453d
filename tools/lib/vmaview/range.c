// SPDX-License-Identifier: GPL-2.0
/* range.c - in: a process and a range of addresses; out: what of it lies there. */
#include "vmaview/range.h"

bool area_in_range(const struct area *area, uint64_t low, uint64_t high)
{
	return area->end - 1 >= low && area->start <= high;
}

void areas_cut(struct process *process, uint64_t low, uint64_t high)
{
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_areas; i++)
		if (area_in_range(&process->areas[i], low, high))
			process->areas[kept++] = process->areas[i];
	process->nr_areas = kept;
}

void sharers_cut(struct process *process)
{
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_sharers; i++)
		if (process_find_area(process, process->sharers[i].area))
			process->sharers[kept++] = process->sharers[i];
	process->nr_sharers = kept;
}

void uffd_cut(struct process *process, uint64_t low, uint64_t high)
{
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_uffd; i++) {
		const struct vmaview_uffd *uffd = &process->uffd[i];

		if (uffd->kind != VMAVIEW_UFFD_AREA || (uffd->end - 1 >= low && uffd->start <= high))
			process->uffd[kept++] = *uffd;
	}
	process->nr_uffd = kept;
}
