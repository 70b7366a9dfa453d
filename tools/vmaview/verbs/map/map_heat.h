/* SPDX-License-Identifier: GPL-2.0 */
/* map_heat.h - in: a word and areas; out: how much of that there is in each, or in each cell of a picture.  Pure. */
#ifndef VMAVIEW_MAP_HEAT_H
#define VMAVIEW_MAP_HEAT_H

#include "verbs/map/map_fold.h"

/* As the page of --html has them. */
enum map_heat {
	HEAT_PRESENT,		/* of what is mapped, */
	HEAT_SWAP,
	HEAT_DEBT,
	HEAT_SHARED,		/* of what is present: what others map, too, by Pss */
	HEAT_REFCOUNT,		/* the highest: of 1024, by logarithm */
	HEAT_MAPCOUNT,
	HEAT_NR
};

/* From cold to hot; below 0 of what is mapped it is not known, or nothing is. */
#define HEAT_STEPS	10
#define HEAT_UNKNOWN	(-1)
#define HEAT_NOTHING	(-2)

extern const char *const map_heat_names[HEAT_NR];
/* What a step is of. */
extern const char *const map_heat_words[HEAT_NR];

/* HEAT_NR: there is none of that name. */
enum map_heat map_heat_find(const char *name);

/* One area: a step, or HEAT_UNKNOWN. */
int map_heat_of(enum map_heat heat, const struct area *area);

/* Each cell of a row: the mean of what is known there, of counts the highest.  @steps has room for scale->cells. */
void map_heat_cells(enum map_heat heat, const struct process *process, const struct map_scale *scale,
		    const struct map_row *row, int *steps);

/* An escape sequence for a step; NULL: none. */
const char *map_heat_color(int step);

#endif /* VMAVIEW_MAP_HEAT_H */
