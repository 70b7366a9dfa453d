/* SPDX-License-Identifier: GPL-2.0 */
/* cow_read.h - in: PIDs; out: their memory read page by page, beside each other. */
#ifndef VMAVIEW_COW_READ_H
#define VMAVIEW_COW_READ_H

#include "command/options.h"
#include "verbs/cow/group.h"
#include "verbs/report.h"

/* A process with the very address space of a member, where its memory is counted. */
struct cow_twin {
	pid_t pid;
	size_t member;
};

/* Processes that are read, and what they share. */
struct cow {
	struct report report;
	struct group group;
	bool has_group;
	struct cow_twin *twins;
	size_t nr_twins;
};

/* EXIT_DONE, or the code to stop with, all having been said.  cow_free() whatever comes. */
int cow_read(struct cow *cow, struct options *options);
void cow_free(struct cow *cow);

/* What reading has cost: sum of the processes' receipts, and the longest hold of a lock, in ns. */
void cow_cost(const struct cow *cow, uint64_t *elapsed, uint64_t *longest_hold);

#endif /* VMAVIEW_COW_READ_H */
