/* SPDX-License-Identifier: GPL-2.0 */
/* map_kinds.h - in: a kind of memory; out: what it looks like in a picture. */
#ifndef VMAVIEW_MAP_KINDS_H
#define VMAVIEW_MAP_KINDS_H

#include "vmaview/kind.h"

/* No two kinds have the same letter, in capitals or not, nor the same hatching. */
struct map_look {
	char letter;
	const char *color;	/* of a terminal: an escape sequence */
	const char *fill;	/* of a drawing: a colour, */
	const char *hatch;	/* the lines on a square of it, */
	unsigned int pitch;	/* and how large that is */
};

extern const struct map_look map_looks[KIND_OF_NR];

#endif /* VMAVIEW_MAP_KINDS_H */
