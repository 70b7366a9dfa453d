/* SPDX-License-Identifier: GPL-2.0 */
/*
 * classify.h - the facts of a page in, what they mean out.
 *
 * Pure: no kernel API, no lock, no allocation.  Two things of the kernel's behaviour cannot be read
 * off a page and come as parameters: see struct rules.
 */
#ifndef VMAVIEW_CLASSIFY_H
#define VMAVIEW_CLASSIFY_H

#include <linux/types.h>

#include "judge/leaf.h"

/** enum cow_large - what a write does to an anonymous page of a large folio mapped by PTEs */
enum cow_large {
	COW_LARGE_AS_SMALL,	/* judged by the refcount, as a small one */
	COW_LARGE_COPIES,	/* always copied */
	COW_LARGE_REUSES,	/* reused where all mappings are of this mm */
};

/**
 * struct rules - how the running kernel behaves, and the area that the page is in
 * @cow_large: see enum cow_large
 * @absent_is_shared: smaps counts the page of an entry that is not present as shared
 * @smaps_skips: smaps does not look into the area
 * @by_folio: smaps calls a page of a large folio shared where two mms map the folio
 * @cow: the area is private and writable
 * @locked: the area has VM_LOCKED
 * @droppable: anonymous memory of the area is not swapped but dropped, VM_DROPPABLE
 * @unevictable: the file keeps its pages in memory, AS_UNEVICTABLE
 * @unwritten: the file has no place to write its pages to
 * @page_size: bytes of a page
 */
struct rules {
	enum cow_large cow_large;
	_Bool absent_is_shared;
	_Bool smaps_skips;
	_Bool by_folio;
	_Bool cow;
	_Bool locked;
	_Bool droppable;
	_Bool unevictable;
	_Bool unwritten;
	__u32 page_size;
};

/** enum cow - what the next write to a present page costs */
enum cow {
	COW_NOT,		/* not a private writable mapping, or nothing present */
	COW_COPY,
	COW_REUSE,
	COW_MAYBE,
	COW_SOURCE,
};

/** enum reclaim - what the kernel could do with the memory */
enum reclaim {
	LEAF_RECLAIM_NOT,		/* none of the target's memory: absent, or the zero page */
	LEAF_RECLAIM_DROP,
	LEAF_RECLAIM_WRITE,
	LEAF_RECLAIM_SWAP,
	LEAF_RECLAIM_NEVER,
};

enum cow classify_cow(const struct leaf *leaf, const struct rules *rules);
enum reclaim classify_reclaim(const struct leaf *leaf, const struct rules *rules);

/* References beyond page tables, page cache with its private data, and swap cache. */
__s64 classify_extra_refs(const struct leaf *leaf);
/*
 * How often each page of a large folio is mapped, on average, as folio_average_page_mapcount() has it:
 * @mapcount mappings of 1 << @order pages, of which @entire are of all of them.
 */
__u32 classify_average_mapcount(__u32 mapcount, __u32 entire, unsigned int order);
/* Is one reference too many explained by an LRU batch?  Only of pages that belong on an LRU list. */
_Bool classify_in_lru_batch(const struct leaf *leaf);

#endif
