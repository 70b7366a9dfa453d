/* SPDX-License-Identifier: GPL-2.0 */
/* report.h - in: PIDs or a saved stream, and what to ask for; out: all processes that could be read. */
#ifndef VMAVIEW_REPORT_H
#define VMAVIEW_REPORT_H

#include "command/options.h"
#include "read/collect.h"
#include "text/progress.h"
#include "verbs/missing.h"

struct report {
	struct process *processes;
	size_t nr;
	struct missing missing;
	struct progress progress;
};

/*
 * Everything is read before anything is shown, so that a target that cannot be read never leaves
 * half an output behind.  @collector is initialised, with what is wanted.  EXIT_DONE, or the code to
 * stop with, all having been said.  Free the report whatever comes.
 */
int report_collect(struct report *report, struct options *options, struct collector *collector);
void report_free(struct report *report);

/*
 * Shows @process, the next after @shown others; NULL: that was the last.  EXIT_DONE, or the code to stop with, all
 * having been said.
 */
typedef int report_show(struct options *options, struct process *process, size_t shown, const void *context);

/*
 * Of thousands that were found, each is read, shown and freed in its turn: the first row does not wait for the last
 * process.  What cannot be read is no part of what is shown.  An exit code.
 */
int report_each(struct options *options, struct collector *collector, report_show *show, const void *context);

/* Is that what is to be done: were processes found, not only named? */
bool report_is_long(const struct options *options);

/* The module cannot be asked, and what is shown is of /proc: why, and what helps. */
void report_say_fallback(const struct collector *collector);

/* What @verb shows is not in what was read of @file, which was said; EXIT_FAILED. */
int report_say_not_saved(const struct report *report, const char *file, const char *verb);

/* The exit code once all that could be read is shown. */
int report_exit_code(const struct report *report);

#endif /* VMAVIEW_REPORT_H */
