/* SPDX-License-Identifier: GPL-2.0 */
/* report.h - in: PIDs or a saved stream, and what to ask for; out: all processes that could be read. */
#ifndef VMAVIEW_REPORT_H
#define VMAVIEW_REPORT_H

#include "command/options.h"
#include "read/collect.h"
#include "verbs/missing.h"

struct report {
	struct process *processes;
	size_t nr;
	struct missing missing;
};

/*
 * Everything is read before anything is shown, so that a target that cannot be read never leaves
 * half an output behind.  @collector is initialised, with what is wanted.  EXIT_DONE, or the code to
 * stop with, all having been said.  Free the report whatever comes.
 */
int report_collect(struct report *report, const struct options *options,
		   struct collector *collector);
void report_free(struct report *report);

/* The exit code once all that could be read is shown. */
int report_exit_code(const struct report *report);

#endif /* VMAVIEW_REPORT_H */
