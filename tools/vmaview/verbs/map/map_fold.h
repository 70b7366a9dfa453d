/* SPDX-License-Identifier: GPL-2.0 */
/* map_fold.h - in: areas, and how wide a row is; out: the rows of a picture, where nothing new is to be seen folded. */
#ifndef VMAVIEW_MAP_FOLD_H
#define VMAVIEW_MAP_FOLD_H

#include "vmaview/model.h"

/* What of the addresses is drawn, and how: a cell stands for a block of addresses, a row has so many cells. */
struct map_scale {
	uint64_t low;		/* the range that is looked at, */
	uint64_t high;		/* both included */
	uint64_t block;		/* bytes; a power of two */
	unsigned int cells;
};

enum map_row_kind {
	MAP_ROW_CELLS,
	MAP_ROW_SAME,		/* of one area alone, as the row before */
	MAP_ROW_GAP,		/* nothing is mapped in a row's length or more */
};

struct map_row {
	enum map_row_kind kind;
	uint64_t start;
	uint64_t end;		/* not included, but for the last address there is; of cells: that of the whole row */
	uint64_t rows;		/* so many alike, of MAP_ROW_SAME */
	size_t area;		/* the first that ends after @start */
};

struct map_fold {
	const struct process *process;
	const struct map_scale *scale;
	size_t area;		/* the first that ends after @at */
	uint64_t at;		/* where the next row starts */
	bool begun;		/* rows follow on each other until a gap */
	bool same;		/* what the last row shows goes on for two rows and more */
};

/* The areas have to be in the order of addresses, as they come. */
void map_fold_begin(struct map_fold *fold, const struct process *process, const struct map_scale *scale);

/* false: there is no other. */
bool map_fold_next(struct map_fold *fold, struct map_row *row);

/* An area's part of the range; false: it has none. */
bool map_clip(const struct map_scale *scale, const struct area *area, uint64_t *start, uint64_t *end);

/* The smallest block, a page at least, with which all is in @rows rows, or with which it cannot be fewer. */
void map_scale_fit(struct map_scale *scale, const struct process *process, uint64_t rows);

#endif /* VMAVIEW_MAP_FOLD_H */
