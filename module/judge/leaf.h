/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leaf.h - the facts of one page as one page-table entry maps it.
 *
 * The walk fills it, classify and tally judge it.  It knows no kernel type, so that both build and
 * are tested on the host.  Equal neighbours are counted, not judged one by one: two leaves are
 * equal when their bytes are, so every field is filled and nothing here may be an address.
 */
#ifndef VMAVIEW_LEAF_H
#define VMAVIEW_LEAF_H

#include <linux/types.h>

/* What the entry is: the kernel's words for its softleaf types. */
enum {
	LEAF_STATE_NONE,
	LEAF_STATE_PRESENT,
	LEAF_STATE_SWAP,
	LEAF_STATE_MIGRATION,
	LEAF_STATE_DEVICE,
	LEAF_STATE_HWPOISON,
	LEAF_STATE_GUARD,
	LEAF_STATE_UFFD,
	LEAF_STATE_NR,
};

/* Facts of the entry. */
#define LEAF_PAGE		(1U << 0)	/* a struct page may be read: the folio facts hold */
#define LEAF_ZERO		(1U << 1)	/* the zero page, or the huge one */
#define LEAF_WRITE		(1U << 2)
#define LEAF_DIRTY		(1U << 3)
#define LEAF_YOUNG		(1U << 4)
#define LEAF_UFFD		(1U << 5)	/* write-protected by userfaultfd */

#define LEAF_COUNTED		(1U << 26)	/* not present, but smaps goes by the mapcounts of its page */
#define LEAF_NOT_IN_SMAPS	(1U << 27)	/* smaps passes over the entry */
#define LEAF_ONLY_IN_SMAPS	(1U << 28)	/* smaps finds this page there, and nothing else is known of it */

/* Facts of the page and its folio; 0 without LEAF_PAGE. */
#define LEAF_ANON		(1U << 6)
#define LEAF_KSM		(1U << 7)
#define LEAF_EXCLUSIVE		(1U << 8)	/* PageAnonExclusive() */
#define LEAF_MAPPING		(1U << 9)	/* page cache: folio->mapping is set, not anon, and has pages */
#define LEAF_LARGE		(1U << 10)
#define LEAF_HUGETLB		(1U << 11)
#define LEAF_PMD_SHARED		(1U << 12)	/* hugetlb: processes share the table itself */
#define LEAF_OTHER_MM		(1U << 13)	/* large: another mm maps a part of it */
#define LEAF_PINNED		(1U << 14)	/* folio_maybe_dma_pinned() */
#define LEAF_SWAPBACKED		(1U << 15)
#define LEAF_SWAPCACHE		(1U << 16)
#define LEAF_FOLIO_DIRTY	(1U << 17)
#define LEAF_FOLIO_YOUNG	(1U << 18)	/* PG_young or PG_referenced */
#define LEAF_LRU		(1U << 19)
#define LEAF_MLOCKED		(1U << 20)
#define LEAF_UNEVICTABLE	(1U << 21)
#define LEAF_WRITEBACK		(1U << 22)
#define LEAF_PRIVATE		(1U << 23)
#define LEAF_ZONE_DEVICE	(1U << 24)
#define LEAF_CACHED_ONCE	(1U << 25)	/* the page cache holds one reference of it, not one a page */
#define LEAF_FOREIGN		(1U << 29)	/* page cache, but of another file than the area maps */

/**
 * struct leaf - one page as one entry maps it
 * @bits: LEAF_*
 * @state: LEAF_STATE_*
 * @level: 0 for an entry of a PTE table, 1 for a PMD, 2 for a PUD
 * @folio_order: log2 of the pages of its folio
 * @reserved: 0
 * @refcount: folio_ref_count()
 * @mapcount: folio_mapcount()
 * @page_mapcount: how often this very page is mapped
 * @pincount: how often its folio is pinned, where that is large; 0 for a small one
 */
struct leaf {
	__u32 bits;
	__u8 state;
	__u8 level;
	__u8 folio_order;
	__u8 reserved;
	__u32 refcount;
	__u32 mapcount;
	__u32 page_mapcount;
	__u32 pincount;
} __attribute__((aligned(8)));

#endif
