/* SPDX-License-Identifier: GPL-2.0 */
/* map_cells.h - in: areas and a row of a picture; out: what each of its cells shows. */
#ifndef VMAVIEW_MAP_CELLS_H
#define VMAVIEW_MAP_CELLS_H

#include "verbs/map/map_fold.h"
#include "vmaview/kind.h"

struct map_cell {
	enum kind kind;		/* of most of what is mapped there; KIND_OF_NR: nothing is */
	bool present;		/* half of that or more is in memory, as far as is known */
};

/* The cells of a row that has some.  @cells has room for scale->cells. */
void map_cells(const struct process *process, const struct map_scale *scale, const struct map_row *row,
	       struct map_cell *cells);

/* A row cell by cell, once each; @take gets each area's part of it that is in the range. */
struct map_cursor {
	const struct process *process;
	const struct map_scale *scale;
	const struct map_row *row;
	size_t area;
	unsigned int cell;
};

typedef void map_take_part(void *context, const struct area *area, uint64_t length);

struct map_cursor map_cursor_begin(const struct process *process, const struct map_scale *scale,
				   const struct map_row *row);
void map_cursor_next(struct map_cursor *cursor, map_take_part *take, void *context);

/* Present memory of an area, huge pages included; false: not known. */
bool map_present(const struct area *area, uint64_t *bytes);

#endif /* VMAVIEW_MAP_CELLS_H */
