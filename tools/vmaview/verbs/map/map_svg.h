/* SPDX-License-Identifier: GPL-2.0 */
/* map_svg.h - in: processes, one after the other; out: their pictures in one SVG. */
#ifndef VMAVIEW_MAP_SVG_H
#define VMAVIEW_MAP_SVG_H

#include <stdio.h>

#include "command/options.h"

struct map_svg {
	FILE *file;		/* that can seek: how high the drawing is, is known when all is drawn */
	const struct options *options;
	long box;		/* where that goes; ... */
	unsigned int y;		/* ... so far */
	size_t nr;		/* of processes */
};

/* Errors of writing are those of the file. */
void map_svg_begin(struct map_svg *svg, FILE *file, const struct options *options);
/* A part of a page of HTML, which has the styles. */
void map_svg_begin_part(struct map_svg *svg, FILE *file, const struct options *options);
/* Kinds of areas have been found.  0 or -ENOMEM. */
int map_svg_add(struct map_svg *svg, const struct process *process);
void map_svg_end(struct map_svg *svg);

/* Text that a process chose, in a file of XML or HTML.  0 or -ENOMEM. */
int map_put_text(FILE *file, const char *text);

#endif /* VMAVIEW_MAP_SVG_H */
