/* SPDX-License-Identifier: GPL-2.0 */
/* kept_ranges.h - in: areas, runs of pages; out: which memory stays where it is, and why.  Pure. */
#ifndef VMAVIEW_KEPT_RANGES_H
#define VMAVIEW_KEPT_RANGES_H

#include "proc/vm_settings.h"
#include "verbs/why/why_ranges.h"

/* What holds first: from what cannot be changed to what ends by itself. */
enum kept_reason {
	KEPT_NO_PAGE,		/* memory without a struct page */
	KEPT_KERNEL,		/* a page of the kernel's own, or a driver's */
	KEPT_DEVICE,		/* memory of a device, folio_is_zone_device() */
	KEPT_HWPOISON,		/* it is broken */
	KEPT_HUGETLB,
	KEPT_MLOCKED,		/* the page, or its area */
	KEPT_UNEVICTABLE,	/* and not mlocked */
	KEPT_MAYBE_PINNED,
	KEPT_EXTRA_REFS,	/* that nothing explains */
	KEPT_OTHER,		/* reclaim could never take it, for none of these */
	KEPT_NO_SWAP,		/* anonymous, and no swap is free */
	KEPT_WRITEBACK,
	KEPT_LRU_BATCH,
	KEPT_LARGE,		/* a large folio, which compaction makes itself */
	KEPT_REASONS
};

extern const char *const kept_words[KEPT_REASONS];

/* What is kept from happening to memory, for certain; KEEPS_MAYBE times that: maybe. */
enum keeps {
	KEEPS_RECLAIM	= 1,
	KEEPS_MIGRATE	= 2,
	KEEPS_COMPACT	= 4,
	KEEPS_ALL	= 7,
	KEEPS_MAYBE	= 8,
};

struct kept_asked {
	const struct process *process;
	const struct vm_settings *settings;
	uint64_t low;		/* only runs that overlap [low, high], both included */
	uint64_t high;
};

struct kept_ranges {
	struct why_ranges ranges;
	uint64_t movable;	/* bytes that nothing is known to keep where they are, of what was asked about */
};

/* 0 or -ENOMEM; free() ranges->ranges.range whatever comes. */
int kept_ranges_find(const struct kept_asked *asked, struct kept_ranges *ranges);

#endif /* VMAVIEW_KEPT_RANGES_H */
