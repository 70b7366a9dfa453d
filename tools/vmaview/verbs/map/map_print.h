/* SPDX-License-Identifier: GPL-2.0 */
/* map_print.h - in: a process; out: its picture for a terminal, on stdout. */
#ifndef VMAVIEW_MAP_PRINT_H
#define VMAVIEW_MAP_PRINT_H

#include "command/options.h"
#include "verbs/map/map_heat.h"

/* How wide the picture may be, and whether it has to do with the letters of ASCII. */
struct map_style {
	unsigned int width;
	bool ascii;
	enum map_heat heat;	/* HEAT_NR: kinds */
};

/* Kinds of areas have been found.  0 or -ENOMEM. */
int map_print(const struct options *options, const struct map_style *style, const struct process *process);

#endif /* VMAVIEW_MAP_PRINT_H */
