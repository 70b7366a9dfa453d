/* SPDX-License-Identifier: GPL-2.0 */
/* series.h - in: an interval and what a moment waits for; out: when the next one comes, or that there is none. */
#ifndef VMAVIEW_SERIES_H
#define VMAVIEW_SERIES_H

#include "command/options.h"

struct series {
	bool begun;
	uint64_t next;			/* ns of the monotonic clock: when to look again */
	uint64_t size;			/* Rss + Swap at the last moment */
};

/* From here on SIGINT, SIGTERM and SIGHUP end the series, and nothing else; after series_end() not even that. */
void series_begin(struct series *series);
void series_end(void);

/* Has one of them come? */
bool series_stopped(void);

/*
 * Waits for the next moment, and finds who is in it; the first comes at once, with who was chosen already.  0,
 * -ECANCELED: the series was ended, -ESRCH: nobody is left, or another error of targets_find().
 */
int series_wait(struct series *series, struct options *options);

#endif /* VMAVIEW_SERIES_H */
