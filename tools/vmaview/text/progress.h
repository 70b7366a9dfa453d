/* SPDX-License-Identifier: GPL-2.0 */
/* progress.h - in: how many of many are done; out: a line that says so, as long as it takes, on a terminal. */
#ifndef VMAVIEW_PROGRESS_H
#define VMAVIEW_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
	size_t total;		/* 0: nobody knows yet */
	double next;		/* seconds of the monotonic clock: the line is written again from then on */
	int width;		/* of what stands there; 0: nothing */
	bool wanted;
};

/* Of one there is none, and where stderr is no terminal. */
struct progress progress_begin(size_t total);
/* How many there are is being found out, which is only said once it takes long. */
struct progress progress_search(void);
/* @done are, and the next one begins: the first time the line is there at once. */
void progress_step(struct progress *progress, size_t done);
/* Before anything else is said, and at the end. */
void progress_hide(struct progress *progress);

#endif /* VMAVIEW_PROGRESS_H */
