/* SPDX-License-Identifier: GPL-2.0 */
/* map_html.h - in: processes, one after the other; out: a page of HTML with their pictures, to look around in. */
#ifndef VMAVIEW_MAP_HTML_H
#define VMAVIEW_MAP_HTML_H

#include "verbs/map/map_svg.h"

struct map_html {
	FILE *file;			/* that can seek, as for map_svg */
	FILE *json;			/* the document, until it has its place at the end */
	FILE *moments;			/* those before it, each with its document */
	uint32_t nr_moments;		/* of them */
	uint64_t time;			/* ns since 1970 when the last was; 0: not known */
	const struct options *options;
	const struct options *view;	/* the same as the view has them, whose JSON it is */
	size_t nr;			/* of processes */
};

/* 0, or -errno: no room for the document.  Errors of writing are those of the file. */
int map_html_begin(struct map_html *html, FILE *file, const struct options *options, const struct options *view);
/* Kinds of areas have been found.  0 or -ENOMEM. */
int map_html_add(struct map_html *html, const struct process *process);
/*
 * A moment before that of map_html_add(), @number from 1 on: one process after the other, of which @shown were before,
 * then NULL.  Kinds of areas have been found.
 */
void map_html_add_moment(struct map_html *html, uint32_t number, const struct process *process, size_t shown);
/* 0, or -errno: the document cannot be read again.  Whatever comes, after map_html_begin() returned 0. */
int map_html_end(struct map_html *html);

#endif /* VMAVIEW_MAP_HTML_H */
