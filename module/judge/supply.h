/* SPDX-License-Identifier: GPL-2.0 */
/*
 * supply.h - what there is of huge pages in, whether a fault gets one out.
 *
 * Pure, as classify.  The order of the questions is that of alloc_hugetlb_folio() in mm/hugetlb.c.
 */
#ifndef VMAVIEW_SUPPLY_H
#define VMAVIEW_SUPPLY_H

#include <linux/types.h>

/** enum verdict_supply - is there memory for a page that the page cache has not? */
enum verdict_supply {
	SUPPLY_GIVES,
	SUPPLY_POOL_EMPTY,	/* no huge page is free, nor can one be made */
	SUPPLY_MOUNT_FULL,	/* the limit of the file system that the file is on is reached */
	SUPPLY_UNSURE,		/* nothing is left, unless the kernel finds it by what it may do first */
};

/** enum supply_promise - is a free page promised to a fault here? */
enum supply_promise {
	PROMISE_NONE,
	PROMISE_KEPT,
	PROMISE_UNKNOWN,
};

/**
 * struct supply - what a fault in a hugetlb area could take
 * @free: huge pages of the pool that nobody has
 * @reserved: those of them that are promised to somebody
 * @surplus: pages beyond the pool
 * @surplus_max: how many of these there may be
 * @mount_max: pages that the mount may have (size=), -1 for any number
 * @mount_used: pages that it has
 * @mount_reserved: those of @reserved that are promised to whoever comes first on this mount (min_size=)
 * @reserves: the area is one for which a reservation is kept: shared, or of who reserved
 * @promise: enum supply_promise: and whether there is one for this very page
 */
struct supply {
	unsigned long free;
	unsigned long reserved;
	unsigned long surplus;
	unsigned long surplus_max;
	long mount_max;
	long mount_used;
	long mount_reserved;
	_Bool reserves;
	enum supply_promise promise;
};

/* Would the answer be another one with another promise?  @promise is not looked at. */
_Bool supply_needs_promise(const struct supply *supply);

/* @beyond: whether the promise is for another page, so that it cannot be used. */
enum verdict_supply supply_of_hugetlb(const struct supply *supply, _Bool beyond);

#endif
