/* SPDX-License-Identifier: GPL-2.0 */
/* page_events.h - in: an area before and after, and the runs of both; out: what happened to its pages.  Pure. */
#ifndef VMAVIEW_PAGE_EVENTS_H
#define VMAVIEW_PAGE_EVENTS_H

#include "vmaview/model.h"

enum page_event {
	EVENT_FAULTED_IN,	/* nothing was there */
	EVENT_COPIED,		/* a page of its own in place of one that it shared, or that a file has */
	EVENT_SWAPPED_OUT,
	EVENT_SWAPPED_IN,
	EVENT_DROPPED,		/* nothing is there any more */
	EVENT_COLLAPSED,	/* mapped by a larger entry than before */
	EVENT_SPLIT,		/* by smaller ones */
	EVENT_NR
};

extern const char *const page_event_names[EVENT_NR];

struct page_side {
	const struct process *process;
	const struct area *area;	/* NULL: there was none, or is none */
};

/* Of the places of @before those of @after are @shift bytes higher. */
void page_events_count(const struct page_side *before, const struct page_side *after, uint64_t shift,
		       uint64_t bytes[EVENT_NR]);

/* The first run of anonymous memory in @area that has a frame; NULL. */
const struct vmaview_run *page_events_first(const struct process *process, const struct area *area);

#endif /* VMAVIEW_PAGE_EVENTS_H */
