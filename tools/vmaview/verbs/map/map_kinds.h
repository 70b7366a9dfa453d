/* SPDX-License-Identifier: GPL-2.0 */
/* map_kinds.h - in: a kind of memory; out: what it looks like in a picture. */
#ifndef VMAVIEW_MAP_KINDS_H
#define VMAVIEW_MAP_KINDS_H

#include "vmaview/kind.h"

struct map_look {
	char letter;		/* no two kinds have the same, in capitals or not */
	const char *color;	/* of a terminal: an escape sequence */
};

extern const struct map_look map_looks[KIND_OF_NR];

#endif /* VMAVIEW_MAP_KINDS_H */
