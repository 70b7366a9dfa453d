// SPDX-License-Identifier: GPL-2.0
/* supply.c - what there is of huge pages in, whether a fault gets one out.  Pure; builds on the host too. */
#include "judge/supply.h"

/* hugepage_subpool_get_pages() */
static _Bool mount_is_full(const struct supply *supply)
{
	return supply->mount_max >= 0 && supply->mount_used >= supply->mount_max;
}

/*
 * available_huge_pages() is a difference, and more may be promised than is free: faults that fail leave some kernels'
 * count of promises one too high or, below 0, one too low.
 */
static _Bool has_spare(const struct supply *supply)
{
	return supply->free && supply->free != supply->reserved;
}

/* alloc_surplus_hugetlb_folio(), which may find no memory all the same */
static _Bool may_make_one(const struct supply *supply)
{
	return supply->surplus < supply->surplus_max;
}

/*
 * The reserve of a mount is for any of its areas; kernels that have vma_has_reserves() keep it from private areas
 * without a reservation of their own, others do not.
 */
static enum verdict_supply judge(const struct supply *supply, _Bool promised)
{
	if (!promised && mount_is_full(supply))
		return SUPPLY_MOUNT_FULL;
	if (has_spare(supply) || may_make_one(supply))
		return SUPPLY_GIVES;
	if (!supply->free || (!promised && supply->mount_reserved <= 0))
		return SUPPLY_POOL_EMPTY;
	return promised || supply->reserves ? SUPPLY_GIVES : SUPPLY_UNSURE;
}

_Bool supply_needs_promise(const struct supply *supply)
{
	return judge(supply, 0) != judge(supply, 1);
}

enum verdict_supply supply_of_hugetlb(const struct supply *supply, _Bool beyond)
{
	if (beyond || supply->promise == PROMISE_NONE)
		return judge(supply, 0);
	if (supply->promise == PROMISE_UNKNOWN && supply_needs_promise(supply))
		return SUPPLY_UNSURE;
	return judge(supply, 1);
}
