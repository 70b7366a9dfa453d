/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim_sums.h - in: a run of pages; out: the sums that it belongs to. */
#ifndef VMAVIEW_RECLAIM_SUMS_H
#define VMAVIEW_RECLAIM_SUMS_H

#include "vmaview/model.h"

/* Sums in bytes, over memory that is present, without the zero pages. */
enum reclaim_sum {
	SUM_PRESENT,
	/* These four add up to it: enum vmaview_reclaim. */
	SUM_DROP,
	SUM_WRITE,
	SUM_SWAP,
	SUM_NEVER,
	/* Parts of the first three. */
	SUM_HELD,	/* references that nothing explains keep it, swapped out or not */
	SUM_SHARED,	/* others map it too, and lose it too */
	SUM_SWAP_NEED,	/* of SUM_SWAP: has no slot in a swap device yet */
	/* Why never; these add up to SUM_NEVER. */
	SUM_MLOCKED,
	SUM_UNEVICTABLE,	/* and not mlocked */
	SUM_PINNED,		/* maybe; and none of the above */
	SUM_HUGETLB,
	SUM_KERNEL,		/* the kernel's own page, or memory without a struct page */
	SUM_OTHER,		/* a device's memory, broken, or kept by what its area is */
	/* The lists; these add up to what has a struct page. */
	SUM_ACTIVE,
	SUM_INACTIVE,
	SUM_GENERATIONS,
	SUM_UNEVICTABLE_LIST,
	SUM_NO_LIST,
	/* These two add up to the same. */
	SUM_YOUNG,
	SUM_IDLE,
	SUM_LAZYFREE,
	SUM_DIRTY,
	SUM_WRITEBACK,
	SUM_NR
};

struct reclaim_sums {
	uint64_t bytes[SUM_NR];
};

/* One area that has memory. */
struct reclaim_row {
	const struct area *area;
	struct reclaim_sums sums;
};

/* Of a process. */
struct reclaim_total {
	struct reclaim_sums sums;
	bool knows_swap;
	uint64_t swap_free;	/* of the whole machine, in bytes */
};

/* Add what @run is. */
void reclaim_add(struct reclaim_sums *sums, const struct vmaview_run *run);

/* Sums by their names in JSON. */
extern const char *const reclaim_sum_json[SUM_NR];

#endif /* VMAVIEW_RECLAIM_SUMS_H */
