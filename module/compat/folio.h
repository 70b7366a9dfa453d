/* SPDX-License-Identifier: GPL-2.0 */
/*
 * folio.h - flags and mapcounts of folios in one shape.  All of it is read under the lock of the
 * page table that maps the folio, without a reference.
 */
#ifndef VMAVIEW_COMPAT_FOLIO_H
#define VMAVIEW_COMPAT_FOLIO_H

#include <linux/mm.h>
#include <linux/page-flags.h>

#include <vmaview.h>

#include "judge/classify.h"

static inline unsigned long vv_folio_flags(struct folio *folio)
{
#if HAVE_FOLIO_FLAGS_STRUCT
	return READ_ONCE(folio->flags.f);
#else
	return READ_ONCE(folio->flags);
#endif
}

/* smaps counts entries that are not present as shared: smaps_account() in fs/proc/task_mmu.c. */
#define VV_SMAPS_ABSENT_IS_SHARED	(!HAVE_PAGE_MAPCOUNT)

/* What do_wp_page() does with an anonymous page of a large folio mapped by PTEs. */
#if HAVE_FOLIO_MM_IDS
#define VV_COW_LARGE	COW_LARGE_REUSES	/* __wp_can_reuse_large_anon_folio() */
#elif HAVE_FOLIO_LARGE_MAPCOUNT
#define VV_COW_LARGE	COW_LARGE_COPIES	/* wp_can_reuse_anon_folio() */
#else
#define VV_COW_LARGE	COW_LARGE_AS_SMALL
#endif

/* More than one mm maps this large folio; only meaningful with COW_LARGE_REUSES and VV_SMAPS_BY_FOLIO. */
static inline bool vv_folio_in_other_mm(struct folio *folio)
{
#ifdef CONFIG_NO_PAGE_MAPCOUNT
	return folio_maybe_mapped_shared(folio);	/* for smaps as well, see rules.by_folio */
#elif HAVE_FOLIO_MM_IDS
	/* Not kept of hugetlb. */
	return !folio_test_hugetlb(folio) && test_bit(FOLIO_MM_IDS_SHARED_BITNUM, &folio->_mm_ids);
#else
	return false;
#endif
}

/* How often a large folio is pinned, as folio_maybe_dma_pinned() has it. */
static inline unsigned int vv_folio_pincount(struct folio *folio)
{
	/* 32 bits: a folio of two pages has no room for the count, and is treated as a small one. */
	if (!IS_ENABLED(CONFIG_64BIT) && folio_order(folio) < 2)
		return VMAVIEW_UNKNOWN;
	return atomic_read(&folio->_pincount);
}

/*
 * Does the page cache hold one reference of this large folio, and not one of each of its pages?  It did
 * of hugetlbfs before v6.7, which began to index its pages as all others: __filemap_add_folio().
 */
static inline bool vv_folio_is_cached_once(struct folio *folio)
{
	return !HAVE_HUGETLB_PAGE_INDEX && folio_test_hugetlb(folio);
}

#if HAVE_FOLIO_LARGE_MAPCOUNT

static inline unsigned int vv_folio_mapcount(struct folio *folio)
{
	return folio_mapcount(folio);
}

static inline unsigned int vv_folio_mapcount_work(struct folio *folio)
{
	return 0;
}

#else

/* What the pages of a large folio count that is no mapping of its own: total_mapcount() of v6.1. */
static inline unsigned int vv_folio_mapcount_excess(struct folio *folio, unsigned int entire)
{
#if HAVE_FOLIO_DOUBLE_MAP
	if (!folio_test_anon(folio))
		return entire * folio_nr_pages(folio);
	return folio_test_double_map(folio) ? folio_nr_pages(folio) : 0;
#else
	return 0;
#endif
}

/*
 * folio_mapcount() is not exported: its arithmetic, folio_total_mapcount() in mm/rmap.c or, in v6.1, mm/util.c,
 * which sums over the pages of a large folio.  Callers keep the result while entries of one folio follow each
 * other.
 */
static inline unsigned int vv_folio_mapcount(struct folio *folio)
{
	unsigned int entire, sum;
	int nr, i;

	if (!folio_test_large(folio))
		return atomic_read(&folio->_mapcount) + 1;
	entire = folio_entire_mapcount(folio);
	if (folio_test_hugetlb(folio))
		return entire;
	nr = folio_nr_pages(folio);
	for (sum = entire, i = 0; i < nr; i++)
		sum += atomic_read(&folio_page(folio, i)->_mapcount) + 1;
	return sum - vv_folio_mapcount_excess(folio, entire);
}

/* How many pages that looks at, in units of struct walk's @work. */
static inline unsigned int vv_folio_mapcount_work(struct folio *folio)
{
	return folio_test_hugetlb(folio) ? 0 : folio_nr_pages(folio);
}

#endif /* HAVE_FOLIO_LARGE_MAPCOUNT */

#ifdef CONFIG_NO_PAGE_MAPCOUNT
#define VV_KNOW_PAGE_MAPCOUNT	0
#else
#define VV_KNOW_PAGE_MAPCOUNT	1
#endif

#if HAVE_PAGE_MAPCOUNT

static inline unsigned int vv_page_mapcount(struct folio *folio, struct page *page)
{
	return page_mapcount(page);
}

#else

static inline bool vv_page_mapcount_is_type(int mapcount)
{
#if HAVE_PAGE_MAPCOUNT_IS_TYPE
	return page_mapcount_is_type(mapcount);
#else
	return mapcount < PAGE_MAPCOUNT_RESERVE + 1;
#endif
}

/*
 * The arithmetic of folio_precise_page_mapcount() in fs/proc/internal.h, and of
 * folio_average_page_mapcount() where CONFIG_NO_PAGE_MAPCOUNT leaves only the average: who maps the folio
 * whole maps each page, and the other mappings are shared out.
 */
static inline unsigned int vv_page_mapcount(struct folio *folio, struct page *page)
{
#ifdef CONFIG_NO_PAGE_MAPCOUNT
	if (!folio_test_large(folio))
		return folio_mapcount(folio);
	return classify_average_mapcount(folio_mapcount(folio), folio_entire_mapcount(folio), folio_order(folio));
#else
	int mapcount = atomic_read(&page->_mapcount) + 1;

	if (vv_page_mapcount_is_type(mapcount))
		mapcount = 0;
	return folio_test_large(folio) ? mapcount + folio_entire_mapcount(folio) : mapcount;
#endif
}

#endif /* HAVE_PAGE_MAPCOUNT */

#endif
