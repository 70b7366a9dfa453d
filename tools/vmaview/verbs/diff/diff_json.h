/* SPDX-License-Identifier: GPL-2.0 */
/* diff_json.h - in: two states, and what differs; out: one JSON document. */
#ifndef VMAVIEW_DIFF_JSON_H
#define VMAVIEW_DIFF_JSON_H

#include "verbs/diff/diff_lines.h"
#include "verbs/diff/diff_sides.h"

struct diff_document {
	const struct diff_sides *sides;
	const struct diff_line *lines;	/* one an area */
	size_t nr;
	const struct diff_line *sums;	/* by kind and mapping; NULL: not wanted */
	size_t nr_sums;
};

void diff_json(const struct diff_document *document);

#endif /* VMAVIEW_DIFF_JSON_H */
