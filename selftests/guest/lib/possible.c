// SPDX-License-Identifier: GPL-2.0
/* possible.c - an answer in; whether any memory could have given it, out. */
#include "possible.h"
#include "result.h"

static uint64_t entries_in(const struct area *area, uint64_t span)
{
	return (area->end - 1) / span - area->start / span + 1;
}

/* Of @nr keys from @first on, which follow each other. */
static uint64_t sum(const struct area *area, enum key first, unsigned int nr)
{
	uint64_t total = 0;

	for (unsigned int i = 0; i < nr; i++)
		total += area->value[first + i];
	return total;
}

/* Keys whose sum is memory of the area: no more than there is. */
static const struct {
	enum key first;
	unsigned int nr;
	unsigned int kb;	/* a unit of theirs */
} parts[] = {
	{ RSS, 1, 1 }, { PSS, 1, 1 }, { PSS_DIRTY, 1, 1 }, { SHARED_CLEAN, 4, 1 }, { REFERENCED, 1, 1 },
	{ ANONYMOUS, 1, 1 }, { KSM, 1, 1 }, { LAZYFREE, 1, 1 }, { ANON_HUGE, 3, 1 }, { SHARED_HUGETLB, 2, 1 },
	{ LOCKED, 1, 1 }, { COW_COPY, 4, 1 }, { COW_DEBT, 1, 1 }, { EXTRA_REFS, 1, 4 },
	{ EXTRA_REFS_LRU, 1, 4 }, { MAYBE_PINNED, 1, 1 }, { MLOCKED, 1, 1 }, { UNEVICTABLE, 1, 1 },
	{ WRITEBACK, 1, 1 }, { RECLAIM_DROP, 4, 1 },
};

_Static_assert(PRIVATE_DIRTY == SHARED_CLEAN + 3 && FILE_PMD == ANON_HUGE + 2 &&
	       PRIVATE_HUGETLB == SHARED_HUGETLB + 1 && COW_SOURCE == COW_COPY + 3 &&
	       RECLAIM_NEVER == RECLAIM_DROP + 3 && ABSENT_UFFD == ABSENT_NONE + 6, "keys that belong together");

const char *area_impossible(const struct area *area)
{
	const uint64_t kb = (area->end - area->start) >> 10;
	uint64_t present = 4 * area->value[LEAVES_4K] + 4 * sum(area, ABSENT_NONE, 7);

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (sum(area, parts[i].first, parts[i].nr) * parts[i].kb > kb)
			return "AREA: a sum is larger than the area";
	if (present > kb || area->value[LEAVES_2M] > entries_in(area, 1UL << 21) ||
	    area->value[LEAVES_1G] > entries_in(area, 1UL << 30))
		return "AREA: more entries than there are";
	return NULL;
}

const char *explain_impossible(const struct vmaview_explain *answer)
{
	const uint64_t in_page = 4095;

	if (!(answer->flags & VMAVIEW_EXPLAIN_PHYSICAL))
		return NULL;
	if (answer->leaf_size != 1UL << 12 && answer->leaf_size != 1UL << 21 && answer->leaf_size != 1UL << 30)
		return "EXPLAIN: a leaf of a size that there is not";
	if ((answer->physical ^ answer->address) & in_page)
		return "EXPLAIN: another part of the page";
	if (answer->run.pfn != answer->physical >> 12)
		return "EXPLAIN: a run of another page";
	return NULL;
}
