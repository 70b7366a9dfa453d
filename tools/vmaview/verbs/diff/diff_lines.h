/* SPDX-License-Identifier: GPL-2.0 */
/* diff_lines.h - in: areas that are not what they were; out: what is shown, each or by kind and mapping.  Pure. */
#ifndef VMAVIEW_DIFF_LINES_H
#define VMAVIEW_DIFF_LINES_H

#include "verbs/diff/diff_rows.h"

struct diff_line {
	const struct page_side *side;	/* an area of it, for its names */
	const struct diff_row *row;	/* of which this is the only one; NULL: a sum of several */
	enum kind kind;
	size_t areas;
	size_t changes[5];		/* how many of them, by bit of enum change */
	uint64_t size;			/* of all of them, as they are */
	uint64_t known;			/* KEY_BIT() */
	int64_t delta[KEY_NR];
	bool has_pages;
	uint64_t pages[EVENT_NR];
};

/* One line each; @lines has room for as many as there are rows. */
void diff_lines_of(struct diff_line *lines, const struct diff_rows *rows);

/* The same by kind and mapping, what has changed the most in memory first; how many there are. */
size_t diff_lines_sum(struct diff_line *lines, size_t nr);

/* All of them in one. */
void diff_lines_total(struct diff_line *total, const struct diff_line *lines, size_t nr);

#endif /* VMAVIEW_DIFF_LINES_H */
