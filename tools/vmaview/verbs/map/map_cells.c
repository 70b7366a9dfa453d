// SPDX-License-Identifier: GPL-2.0
/* map_cells.c - in: areas and a row of a picture; out: what each of its cells shows. */
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

struct map_cursor map_cursor_begin(const struct process *process, const struct map_scale *scale,
				   const struct map_row *row)
{
	return (struct map_cursor){ process, scale, row, row->area, 0 };
}

/* [@start, @end); the cursor stays at the last area that has something there. */
static void each_part(struct map_cursor *cursor, uint64_t start, uint64_t end, map_take_part *take, void *context)
{
	for (; cursor->area < cursor->process->nr_areas; cursor->area++) {
		const struct area *area = &cursor->process->areas[cursor->area];
		uint64_t from, to;

		if (area->start >= end)
			break;
		if (!map_clip(cursor->scale, area, &from, &to))
			continue;
		from = from > start ? from : start;
		to = to < end ? to : end;
		if (from < to)
			take(context, area, to - from);
		if (area->end > end)
			break;
	}
}

/* What would be after the last address is not. */
void map_cursor_next(struct map_cursor *cursor, map_take_part *take, void *context)
{
	const struct map_row *row = cursor->row;
	uint64_t block = cursor->scale->block, left = row->end - row->start, offset = cursor->cell++ * block;
	uint64_t start = row->start + offset;

	if (offset < left)
		each_part(cursor, start, left - offset > block ? start + block : row->end, take, context);
}

/* What is known of a cell so far. */
struct sum {
	uint64_t mapped[KIND_OF_NR];
	uint64_t all;
	double present;
};

static void add(void *context, const struct area *area, uint64_t length)
{
	struct sum *sum = context;

	sum->mapped[area->kind - 1] += length;
	sum->present += share_present(area, length);
	sum->all += length;
}

static struct map_cell cell_of(const struct sum *sum)
{
	struct map_cell cell = { .kind = KIND_OF_NR, .present = sum->all && sum->present * 2 >= sum->all };

	for (enum kind kind = 0; kind < KIND_OF_NR; kind++)
		if (sum->mapped[kind] && (cell.kind == KIND_OF_NR || sum->mapped[kind] > sum->mapped[cell.kind]))
			cell.kind = kind;
	return cell;
}

void map_cells(const struct process *process, const struct map_scale *scale, const struct map_row *row,
	       struct map_cell *cells)
{
	struct map_cursor cursor = map_cursor_begin(process, scale, row);

	for (unsigned int i = 0; i < scale->cells; i++) {
		struct sum sum = { .all = 0 };

		map_cursor_next(&cursor, add, &sum);
		cells[i] = cell_of(&sum);
	}
}
