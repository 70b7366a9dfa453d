// SPDX-License-Identifier: GPL-2.0
/* progress.c - in: how many of many are done; out: a line that says so, as long as it takes, on a terminal. */
#include <stdio.h>
#include <unistd.h>

#include "text/clock.h"
#include "text/progress.h"

#define SECONDS_BETWEEN 0.2

struct progress progress_begin(size_t total)
{
	return (struct progress){ .total = total, .wanted = total > 1 && isatty(STDERR_FILENO) };
}

struct progress progress_search(void)
{
	return (struct progress){
		.next = clock_seconds(CLOCK_MONOTONIC) + SECONDS_BETWEEN, .wanted = isatty(STDERR_FILENO),
	};
}

void progress_step(struct progress *progress, size_t done)
{
	double now;

	if (!progress->wanted)
		return;
	now = clock_seconds(CLOCK_MONOTONIC);
	if (now < progress->next)
		return;
	progress->next = now + SECONDS_BETWEEN;
	if (progress->total)
		progress->width = fprintf(stderr, "\rvmaview: %zu of %zu processes read", done, progress->total) - 1;
	else
		progress->width = fprintf(stderr, "\rvmaview: %zu processes seen", done) - 1;
	fflush(stderr);
}

/* By blanks: not every terminal knows how to clear a line. */
void progress_hide(struct progress *progress)
{
	if (progress->width > 0)
		fprintf(stderr, "\r%*s\r", progress->width, "");
	progress->width = 0;
}
