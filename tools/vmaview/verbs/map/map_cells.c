// SPDX-License-Identifier: GPL-2.0
/* map_cells.c - in: areas and a row of a picture; out: what each of its cells shows. */
#include <string.h>

#include "verbs/map/map_cells.h"

bool map_present(const struct area *area, uint64_t *bytes)
{
	static const enum key keys[] = { KEY_RSS, KEY_SHARED_HUGETLB, KEY_PRIVATE_HUGETLB };

	*bytes = 0;
	if (!area_knows(area, KEY_RSS))
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (area_knows(area, keys[i]))
			*bytes += area_get(area, keys[i]);
	return true;
}

/* What of @length bytes of it is in memory, if that is spread evenly. */
static double share_present(const struct area *area, uint64_t length)
{
	uint64_t bytes;

	return map_present(area, &bytes) ? (double)bytes / (area->end - area->start) * length : 0;
}

/* [@start, @end), whose first area is *@index; it stays at the last one. */
static struct map_cell cell_of(const struct process *process, const struct map_scale *scale, size_t *index,
			       uint64_t start, uint64_t end)
{
	struct map_cell cell = { .kind = KIND_OF_NR };
	uint64_t mapped[KIND_OF_NR] = { 0 }, all = 0;
	double present = 0;

	for (; *index < process->nr_areas; ++*index) {
		const struct area *area = &process->areas[*index];
		uint64_t from, to;

		if (area->start >= end)
			break;
		if (!map_clip(scale, area, &from, &to))
			continue;
		from = from > start ? from : start;
		to = to < end ? to : end;
		if (from < to) {
			mapped[area->kind - 1] += to - from;
			present += share_present(area, to - from);
			all += to - from;
		}
		if (area->end > end)
			break;
	}
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++)
		if (mapped[kind] && (cell.kind == KIND_OF_NR || mapped[kind] > mapped[cell.kind]))
			cell.kind = kind;
	cell.present = all && present * 2 >= all;
	return cell;
}

void map_cells(const struct process *process, const struct map_scale *scale, const struct map_row *row,
	       struct map_cell *cells)
{
	size_t index = row->area;

	for (unsigned int i = 0; i < scale->cells; i++) {
		uint64_t left = row->end - row->start, offset = i * scale->block;
		uint64_t start = row->start + offset;

		cells[i] = (struct map_cell){ .kind = KIND_OF_NR };
		if (offset < left)
			cells[i] = cell_of(process, scale, &index, start,
					   left - offset > scale->block ? start + scale->block : row->end);
	}
}
