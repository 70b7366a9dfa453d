/* SPDX-License-Identifier: GPL-2.0 */
/* cow.h - in: options; out: what a group of processes shares, and how far its members have diverged. */
#ifndef VMAVIEW_COW_H
#define VMAVIEW_COW_H

#include "columns/columns.h"
#include "command/options.h"
#include "verbs/cow/group.h"
#include "verbs/report.h"

/* A row: a process, or one area of it. */
struct cow_row {
	const struct member *member;
	const struct area *area;	/* NULL: the whole process */
	pid_t parent;			/* 0: not of the group */
	const struct usage *usage;
};

extern const struct column_set cow_columns;

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
int cow_read(struct cow *cow, const struct options *options);
void cow_free(struct cow *cow);

/* What reading has cost: sum of the processes' receipts, and the longest hold of a lock, in ns. */
void cow_cost(const struct cow *cow, uint64_t *elapsed, uint64_t *longest_hold);

/* 0 or -ENOMEM. */
int cow_print(struct options *options, const struct cow *cow);
/* In cow_json.c. */
int cow_json(const struct cow *cow);
/* A line an interval until SIGINT or SIGTERM, or until nobody is left.  An exit code. */
int cow_watch(const struct options *options);

/* The verb.  Returns an exit code. */
int cow_main(struct options *options);

#endif /* VMAVIEW_COW_H */
