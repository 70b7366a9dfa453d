/* SPDX-License-Identifier: GPL-2.0 */
/* top_list.h - in: a frame, and which of its lines are wanted in what order; out: these. */
#ifndef VMAVIEW_TOP_LIST_H
#define VMAVIEW_TOP_LIST_H

#include "filter/filter.h"
#include "verbs/top/top_frame.h"

struct top_order {
	const struct column *sort;	/* NULL: by key */
	bool down;
	struct filter *filter;		/* NULL: all */
	bool tree;			/* of processes: children below their parents */
};

struct top_list {
	struct top_line **lines;
	size_t nr;
};

/* 0 or -ENOMEM.  Free it whatever comes. */
int top_list_make(struct top_list *list, struct top_frame *frame, const struct top_order *order);
void top_list_free(struct top_list *list);

#endif /* VMAVIEW_TOP_LIST_H */
