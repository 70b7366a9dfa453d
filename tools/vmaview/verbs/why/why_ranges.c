// SPDX-License-Identifier: GPL-2.0
/* why_ranges.c - in: memory and the reason why it is so; out: neighbours with one reason put together.  Pure. */
#include <errno.h>

#include "verbs/why/why_ranges.h"
#include "vmaview/grow.h"

static bool is_alike(const struct why_range *a, const struct why_range *b)
{
	return a->area == b->area && a->reason == b->reason && a->all == b->all && a->keeps == b->keeps &&
	       a->how == b->how && a->order == b->order && a->mapcount == b->mapcount && a->unfound == b->unfound &&
	       a->nr_pids == b->nr_pids && a->first == b->first;
}

int why_ranges_add(struct why_ranges *ranges, const struct why_range *range)
{
	struct why_range *before = ranges->nr ? &ranges->range[ranges->nr - 1] : NULL;

	if (before && is_alike(before, range)) {
		before->end = range->end;
		before->memory += range->memory;
		return 0;
	}
	if (!grow(&ranges->range, ranges->nr, &ranges->room, sizeof(*range)))
		return -ENOMEM;
	ranges->range[ranges->nr++] = *range;
	return 0;
}
