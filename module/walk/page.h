/* SPDX-License-Identifier: GPL-2.0 */
/*
 * page.h - a struct page in, the folio facts of a leaf out.  The caller holds the lock of the page
 * table that maps it; nothing is dereferenced but the page and its folio, no reference is taken.
 */
#ifndef VMAVIEW_PAGE_H
#define VMAVIEW_PAGE_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/page-flags.h>

#include "compat/compat.h"
#include "walk/sections.h"
#include "walk/walk.h"

#ifdef CONFIG_PAGE_IDLE_FLAG
#define PAGE_IDLE_FLAGS (1UL << PG_young)
#else
#define PAGE_IDLE_FLAGS 0UL
#endif

/* The flags that page_flag_bits() looks at. */
#define PAGE_FLAGS_SEEN \
	((1UL << PG_swapbacked) | (1UL << PG_swapcache) | (1UL << PG_dirty) | (1UL << PG_referenced) | \
	 (1UL << PG_lru) | (1UL << PG_mlocked) | (1UL << PG_unevictable) | (1UL << PG_writeback) | \
	 (1UL << PG_private) | PAGE_IDLE_FLAGS)

/* And those that say that two pages are not of one kind: what page_fill() and vm_normal_page() test. */
#define PAGE_FLAGS_KIND \
	((1UL << PG_head) | (1UL << PG_reserved) | (1UL << PG_anon_exclusive) | (ZONES_MASK << ZONES_PGSHIFT))

/* What folio_test_*() say of a folio with these flags, swapcache: of those that are swap-backed only. */
static inline u32 page_flag_bits(unsigned long flags)
{
	u32 swap = flags & (1UL << PG_swapcache) ? LEAF_SWAPBACKED | LEAF_SWAPCACHE : LEAF_SWAPBACKED;

	return (flags & (1UL << PG_swapbacked) ? swap : 0) |
	       (flags & (1UL << PG_dirty) ? LEAF_FOLIO_DIRTY : 0) |
	       (flags & (PAGE_IDLE_FLAGS | 1UL << PG_referenced) ? LEAF_FOLIO_YOUNG : 0) |
	       (flags & (1UL << PG_lru) ? LEAF_LRU : 0) |
	       (flags & (1UL << PG_mlocked) ? LEAF_MLOCKED : 0) |
	       (flags & (1UL << PG_unevictable) ? LEAF_UNEVICTABLE : 0) |
	       (flags & (1UL << PG_writeback) ? LEAF_WRITEBACK : 0) |
	       (flags & (1UL << PG_private) ? LEAF_PRIVATE : 0);
}

/* What the last flags mean is kept, for as long as the stream is. */
static inline u32 page_flags(struct walk *walk, unsigned long flags)
{
	flags &= PAGE_FLAGS_SEEN;
	if (flags != walk->flags_seen) {
		walk->flags_seen = flags;
		walk->flags_bits = page_flag_bits(flags);
	}
	return walk->flags_bits;
}

/*
 * The mapping of a page is compared, and followed only where it is that of the file, which the area keeps.
 * A page that a driver mapped may have one as well, as perf's ring buffers do: their file caches nothing.
 */
static inline u32 page_cache(struct vm_area_struct *vma, const struct address_space *mapping)
{
	if (!mapping)
		return 0;
	if (!vma->vm_file || vma->vm_file->f_mapping != mapping)
		return LEAF_MAPPING | LEAF_FOREIGN;
	return READ_ONCE(mapping->nrpages) ? LEAF_MAPPING : 0;
}

static inline u32 page_origin(struct walk *walk, struct page *page, struct folio *folio)
{
	if (folio_test_anon(folio))
		return LEAF_ANON | (folio_test_ksm(folio) ? LEAF_KSM : 0) |
		       (PageAnonExclusive(page) ? LEAF_EXCLUSIVE : 0);
	return page_cache(walk->vma, READ_ONCE(folio->mapping));
}

/* The mapcount of a large folio may be a sum over its pages: keep it while the folio stays. */
static inline void page_fill_large(struct walk *walk, struct leaf *leaf, struct page *page,
				   struct folio *folio)
{
	if (walk->large != folio) {
		walk->large = folio;
		walk->large_mapcount = vv_folio_mapcount(folio);
		walk->work += vv_folio_mapcount_work(folio);
	}
	leaf->mapcount = walk->large_mapcount;
	leaf->page_mapcount = vv_page_mapcount(folio, page);
	leaf->folio_order = folio_order(folio);
	leaf->pincount = vv_folio_pincount(folio);
	leaf->bits |= LEAF_LARGE | (vv_folio_in_other_mm(folio) ? LEAF_OTHER_MM : 0) |
		      (vv_folio_is_cached_once(folio) ? LEAF_CACHED_ONCE : 0) |
		      (folio_maybe_dma_pinned(folio) ? LEAF_PINNED : 0);
}

/**
 * page_fill() - facts of @page and its folio
 * @walk: whose memory of the last folio saves work
 * @leaf: state, level and the facts of the entry are set
 * @page: a page that an entry names, while the lock of the entry's table is held
 *
 * Mapcounts of pages of entries that are not present mean nothing and stay 0, but of LEAF_COUNTED: see
 * smaps_account().
 */
static inline void page_fill(struct walk *walk, struct leaf *leaf, struct page *page)
{
	struct folio *folio = page_folio(page);

	leaf->bits |= LEAF_PAGE | page_flags(walk, vv_folio_flags(folio)) | page_origin(walk, page, folio);
	if (unlikely(folio_is_zone_device(folio)))
		leaf->bits |= LEAF_ZONE_DEVICE;
	if (leaf->state != LEAF_STATE_PRESENT && !(leaf->bits & LEAF_COUNTED))
		return;
	leaf->refcount = folio_ref_count(folio);
	if (folio_test_large(folio)) {
		page_fill_large(walk, leaf, page, folio);
		return;
	}
	leaf->mapcount = leaf->page_mapcount = vv_folio_mapcount(folio);
	if (leaf->refcount >= GUP_PIN_COUNTING_BIAS && folio_maybe_dma_pinned(folio))
		leaf->bits |= LEAF_PINNED;
}

/*
 * Of a page that a PMD names. is_huge_zero_pmd() does not link: in an anonymous area only the huge zero
 * page is not anonymous. DAX maps it where a file has a hole, dax_pmd_load_hole() in fs/dax.c, and else pages of
 * its device or private copies.
 */
static inline bool page_is_huge_zero(struct walk *walk, struct page *page)
{
	struct folio *folio = page_folio(page);

	if (folio_test_anon(folio))
		return false;
	return vma_is_anonymous(walk->vma) || (vma_is_dax(walk->vma) && !folio_is_zone_device(folio));
}

#endif
