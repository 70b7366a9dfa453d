/* SPDX-License-Identifier: GPL-2.0 */
/* maps_line.h - in: an area; out: its line of maps, and whether procps's pmap reads that in one go. */
#ifndef VMAVIEW_MAPS_LINE_H
#define VMAVIEW_MAPS_LINE_H

#include <stdbool.h>

#include "vmaview/model.h"

/* pmap takes each piece of so many bytes for a line. */
#define PMAP_PIECE 1023

/* With its newline, to be freed; NULL without memory. */
char *maps_line(const struct area *area);

/*
 * Is the line longer than one piece, or may it be?  Then pmap makes up rows of its rest, whose numbers
 * and names are whatever these bytes look like.
 */
bool maps_line_in_pieces(const struct area *area);

#endif /* VMAVIEW_MAPS_LINE_H */
