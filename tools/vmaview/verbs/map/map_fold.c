// SPDX-License-Identifier: GPL-2.0
/* map_fold.c - in: areas, and how wide a row is; out: the rows of a picture, where nothing new is to be seen folded. */
#include "verbs/map/map_fold.h"

#define PAGE 4096	/* where a stream does not say */
#define LARGEST_BLOCK (1ULL << 52)

/* The end of an address space has no address after it: all ends there. */
static uint64_t after(uint64_t addr, uint64_t length)
{
	return addr > UINT64_MAX - length ? UINT64_MAX : addr + length;
}

static uint64_t span(const struct map_scale *scale)
{
	return scale->block * scale->cells;
}

bool map_clip(const struct map_scale *scale, const struct area *area, uint64_t *start, uint64_t *end)
{
	uint64_t high = after(scale->high, 1);

	*start = area->start > scale->low ? area->start : scale->low;
	*end = area->end < high ? area->end : high;
	return *start < *end;
}

void map_fold_begin(struct map_fold *fold, const struct process *process, const struct map_scale *scale)
{
	*fold = (struct map_fold){ .process = process, .scale = scale };
}

/* The next area that has something from @at on. */
static bool find_area(struct map_fold *fold, uint64_t *start, uint64_t *end)
{
	for (; fold->area < fold->process->nr_areas; fold->area++)
		if (map_clip(fold->scale, &fold->process->areas[fold->area], start, end) &&
		    (!fold->begun || *end > fold->at))
			return true;
	return false;
}

/* Where what is drawn ended before that area: rows may go on for a while after it. */
static uint64_t end_before(const struct map_fold *fold)
{
	uint64_t start, end;

	if (fold->area && map_clip(fold->scale, &fold->process->areas[fold->area - 1], &start, &end))
		return end;
	return fold->at;
}

static void gap(struct map_fold *fold, struct map_row *row, uint64_t from, uint64_t to)
{
	*row = (struct map_row){ .kind = MAP_ROW_GAP, .start = from, .end = to, .area = fold->area };
	fold->begun = false;
	fold->same = false;
}

/* From @at to @end there is one area: all whole rows of it but the first are one line, unless that is but one. */
static void rows_of_one(struct map_fold *fold, struct map_row *row, uint64_t whole)
{
	uint64_t length = span(fold->scale);

	*row = (struct map_row){ .kind = MAP_ROW_CELLS, .start = fold->at, .rows = 1, .area = fold->area };
	if (fold->same) {
		row->kind = MAP_ROW_SAME;
		row->rows = whole;
	}
	row->end = after(fold->at, row->rows * length);
	fold->same = !fold->same && whole > 2;
	fold->at = row->end;
}

bool map_fold_next(struct map_fold *fold, struct map_row *row)
{
	uint64_t start, end, whole;

	if (!find_area(fold, &start, &end))
		return false;
	if (fold->begun && start > fold->at && start - end_before(fold) >= span(fold->scale)) {
		gap(fold, row, end_before(fold), start);
		return true;
	}
	if (!fold->begun)
		fold->at = start & ~(fold->scale->block - 1);
	fold->begun = true;
	whole = start <= fold->at ? (end - fold->at) / span(fold->scale) : 0;
	rows_of_one(fold, row, whole);
	return true;
}

static uint64_t count_rows(const struct process *process, const struct map_scale *scale, uint64_t most)
{
	struct map_fold fold;
	struct map_row row;
	uint64_t rows = 0;

	map_fold_begin(&fold, process, scale);
	while (rows <= most && map_fold_next(&fold, &row))
		rows++;
	return rows;
}

void map_scale_fit(struct map_scale *scale, const struct process *process, uint64_t rows)
{
	scale->block = process->page_size ? process->page_size : PAGE;
	while (scale->block < LARGEST_BLOCK && count_rows(process, scale, rows) > rows)
		scale->block *= 2;
}
