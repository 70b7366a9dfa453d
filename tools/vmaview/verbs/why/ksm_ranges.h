/* SPDX-License-Identifier: GPL-2.0 */
/* ksm_ranges.h - in: areas, runs of pages, what ksmd does; out: which memory KSM has not merged, and why.  Pure. */
#ifndef VMAVIEW_KSM_RANGES_H
#define VMAVIEW_KSM_RANGES_H

#include "proc/ksm.h"
#include "verbs/why/why_ranges.h"

/* What holds first: from what cannot be changed to what only takes time. */
enum ksm_reason {
	KSM_SHARED,		/* a shared mapping */
	KSM_SPECIAL,		/* VM_IO and others with which the kernel ignores the advice */
	KSM_NOT_ANONYMOUS,	/* page cache, or the kernel's own */
	KSM_OFF,		/* this kernel has no KSM */
	KSM_NOT_ADVISED,	/* neither MADV_MERGEABLE nor PR_SET_MEMORY_MERGE */
	KSM_STOPPED,		/* ksmd */
	KSM_UNMERGES,
	KSM_SWAPPED,		/* ksmd reads nothing back */
	KSM_HELD,		/* somebody has a reference to the page */
	KSM_NOT_SCANNED,	/* ksmd looks at no page of this process */
	KSM_MAYBE_NOT_SCANNED,	/* at fewer than there are, or how many is not known */
	KSM_UNEQUAL,		/* equal to no other */
	KSM_VOLATILE,		/* not the same twice */
	KSM_MAYBE_UNEQUAL,	/* maybe one of the two, or equal to one that cannot be merged */
	KSM_REASONS
};

extern const char *const ksm_words[KSM_REASONS];

struct ksm_asked {
	const struct process *process;
	const struct ksm_machine *machine;
	bool knows_pages;
	uint64_t pages;		/* of the process, that ksmd looks at ... */
	bool inherited;		/* any but 0 may be the count of its parent */
	uint64_t there;		/* ... and those that it could: ksm_count_pages() of all its areas */
	uint64_t low;		/* only runs that overlap [low, high], both included ... */
	uint64_t high;
	bool untouched;		/* ... or the area's reason, where nothing is there */
};

struct ksm_ranges {
	struct why_ranges ranges;
	uint64_t merged;	/* bytes, of what was asked about */
};

/* Of the flags of @area those with which the kernel merges nothing. */
uint64_t ksm_special_flags(const struct process *process, const struct area *area);

/* Pages of the areas that @process has which may be merged, or are. */
uint64_t ksm_count_pages(const struct process *process, const struct ksm_machine *machine);

/* 0 or -ENOMEM; free() ranges->ranges.range whatever comes. */
int ksm_ranges_find(const struct ksm_asked *asked, struct ksm_ranges *ranges);

#endif /* VMAVIEW_KSM_RANGES_H */
