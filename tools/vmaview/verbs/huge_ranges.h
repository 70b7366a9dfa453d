/* SPDX-License-Identifier: GPL-2.0 */
/*
 * huge_ranges.h - in: areas, runs of pages, and who may have huge pages; out: which memory is not huge, and why.
 * Pure.
 */
#ifndef VMAVIEW_HUGE_RANGES_H
#define VMAVIEW_HUGE_RANGES_H

#include "proc/thp.h"
#include "vmaview/model.h"

/* What holds first: from what cannot be changed to what only takes time. */
enum huge_reason {
	HUGE_TOO_SMALL,		/* the area, for one huge page */
	HUGE_UNALIGNED,		/* no huge page has its place there, or none could hold this of the file */
	HUGE_FILESYSTEM,	/* the file's, or its mount, has no huge pages */
	HUGE_NOHUGEPAGE,	/* MADV_NOHUGEPAGE */
	HUGE_PRCTL,		/* PR_SET_THP_DISABLE */
	HUGE_THP_OFF,		/* on this machine */
	HUGE_THP_MADVISE,	/* only where MADV_HUGEPAGE was called */
	HUGE_PINNED,		/* somebody holds pages of it */
	HUGE_USERFAULTFD,	/* has write-protected pages of it */
	HUGE_MAX_SWAP,		/* of max_ptes_ of khugepaged: more are so than it would take */
	HUGE_MAX_NONE,
	HUGE_MAX_SHARED,
	HUGE_NOT_SCANNED,	/* khugepaged has not come, or found that it is not worth while */
	HUGE_RESERVED,		/* of hugetlb: huge pages that wait for the first access */
	HUGE_REASONS
};

extern const char *const huge_words[HUGE_REASONS];

/* Neighbours of one area with one reason. */
struct huge_range {
	uint64_t start;
	uint64_t end;
	uint64_t small;		/* bytes of it that are there in small pages, or swapped out; HUGE_RESERVED: its size */
	uint64_t pages;		/* of HUGE_MAX_: how many are so, in the worst 2 MiB, ... */
	uint64_t limit;		/* ... and how many may be */
	const struct area *area;
	enum huge_reason reason;
};

/* What was found out of an area beside its record. */
enum huge_may {
	HUGE_MAY_UNKNOWN,	/* nothing is to be said of it */
	HUGE_MAY_NEVER,		/* the machine's setting */
	HUGE_MAY_MADVISE,
	HUGE_MAY_ALWAYS,
	HUGE_MAY_NOT_FILE,	/* the file system, or the mount */
};

struct huge_asked {
	const struct process *process;
	const struct thp_machine *machine;
	enum thp_process allowed;
	const uint8_t *may;	/* enum huge_may of each area of the process */
	uint64_t low;		/* only what overlaps [low, high], both included ... */
	uint64_t high;
	bool untouched;		/* ... and memory that is not there, too */
};

struct huge_ranges {
	struct huge_range *range;
	size_t nr;
	size_t room;
	uint64_t huge;		/* bytes that huge entries map, of what was asked about */
};

/* Is it memory that transparent huge pages are for: no hugetlb, nothing special? */
bool huge_is_candidate(const struct process *process, const struct area *area);
/* The places of huge pages in it; false: there is none, for @reason. */
bool huge_span(const struct process *process, const struct area *area, uint64_t *low, uint64_t *high,
	       enum huge_reason *reason);
bool huge_has_flag(const struct process *process, const struct area *area, const char *word);
/* Anonymous memory and nothing else, as the kernel sees it: without operations. */
bool huge_is_anon(const struct area *area);
/* Page cache of shmem. */
bool huge_is_shmem(const struct area *area);

/* 0 or -ENOMEM; free() ranges->range whatever comes. */
int huge_ranges_find(const struct huge_asked *asked, struct huge_ranges *ranges);

#endif /* VMAVIEW_HUGE_RANGES_H */
