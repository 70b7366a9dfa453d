/* SPDX-License-Identifier: GPL-2.0 */
/* why_ranges.h - in: memory and the reason why it is so; out: neighbours with one reason put together.  Pure. */
#ifndef VMAVIEW_WHY_RANGES_H
#define VMAVIEW_WHY_RANGES_H

#include "vmaview/model.h"

/* Memory of one area, for one reason. */
struct why_range {
	uint64_t start;
	uint64_t end;
	uint64_t memory;	/* bytes of it that are there, or swapped out */
	const struct area *area;
	uint32_t reason;	/* of those that its question has */
	/* What is 0 where the question does not say it; the same for all of it. */
	uint64_t all;		/* all reasons that hold, as bits */
	uint32_t keeps;		/* enum keeps */
	uint32_t how;		/* in which ways pages are held that nothing else explains: enum holder_how */
	uint32_t order;		/* log2 of the folio's pages */
	uint32_t mapcount;	/* how often each page is mapped */
	uint32_t unfound;	/* ... of which by whom nobody found out, the process left out */
	uint32_t nr_pids;	/* who else maps them: see struct fork_ranges */
	size_t first;
};

struct why_ranges {
	struct why_range *range;
	size_t nr;
	size_t room;
};

/* Goes on with the last one where that is alike in all but addresses, whatever is not there between the two. */
int why_ranges_add(struct why_ranges *ranges, const struct why_range *range);

#endif /* VMAVIEW_WHY_RANGES_H */
