/* SPDX-License-Identifier: GPL-2.0 */
/* top_read.h - in: who is meant, and at what level; out: a frame. */
#ifndef VMAVIEW_TOP_READ_H
#define VMAVIEW_TOP_READ_H

#include "command/options.h"
#include "read/collect.h"
#include "verbs/labels.h"
#include "verbs/top/top_frame.h"

/* What is looked at. */
struct top_view {
	enum top_level level;
	pid_t pid;		/* below TOP_PROCESSES: whose areas, or pages */
	uint64_t start;		/* of TOP_PAGES: the area */
	uint64_t end;
	const struct labels *labels;	/* what areas are called; none: there are no names */
};

/*
 * Who is meant is found anew.  EXIT_DONE; EXIT_NOBODY: nobody is left; or another code, for which frame->why has
 * words.  Free it whatever comes.
 */
int top_read(struct top_frame *frame, const struct options *options, struct collector *collector,
	     const struct top_view *view);

#endif /* VMAVIEW_TOP_READ_H */
