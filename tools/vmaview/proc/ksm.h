/* SPDX-License-Identifier: GPL-2.0 */
/* ksm.h - in: /sys/kernel/mm/ksm, a thread's ksm_stat; out: what ksmd does, and what it knows. */
#ifndef VMAVIEW_KSM_H
#define VMAVIEW_KSM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum ksm_run {
	KSM_RUN_UNKNOWN,
	KSM_RUN_NEVER,		/* this kernel merges no pages */
	KSM_RUN_STOPPED,
	KSM_RUN_RUNS,
	KSM_RUN_UNMERGES,	/* takes apart what was merged, and then stops */
};

extern const char *const ksm_run_words[];

/* Of the machine; what is said of pages is of those that were looked at, of all processes. */
struct ksm_machine {
	enum ksm_run run;
	bool knows_pages;
	uint64_t unshared;	/* looked for, and equal to none */
	uint64_t changing;	/* pages_volatile: others than when they were looked at before, or looked at once */
	bool skips;		/* smart_scan, or not known: pages that it passes over count as changing, too */
};

void ksm_read(struct ksm_machine *machine);

/*
 * How many pages of the process of @thread ksmd looks at; false where that is not known.  @inherited: a child begins
 * with its parent's count, so that any but 0 may be of pages that ksmd has never seen here.
 */
bool ksm_of_process(pid_t thread, uint64_t *pages, bool *inherited);

#endif /* VMAVIEW_KSM_H */
