// SPDX-License-Identifier: GPL-2.0
/* classify.c - the facts of a page in, what they mean out.  Pure; builds in the kernel and on the host. */
#include "judge/classify.h"

static _Bool has(const struct leaf *leaf, __u32 bits)
{
	return (leaf->bits & bits) == bits;
}

static _Bool is_dirty(const struct leaf *leaf)
{
	return leaf->bits & (LEAF_DIRTY | LEAF_FOLIO_DIRTY);
}

static __s64 folio_pages(const struct leaf *leaf)
{
	return 1LL << leaf->folio_order;
}

/* As folio_expected_ref_count() in include/linux/mm.h, which not every kernel lets a module use. */
__s64 classify_extra_refs(const struct leaf *leaf)
{
	__s64 expected = leaf->mapcount;

	if (has(leaf, LEAF_ANON)) {
		if (has(leaf, LEAF_SWAPCACHE))
			expected += folio_pages(leaf);
	} else {
		if (has(leaf, LEAF_MAPPING))
			expected += has(leaf, LEAF_CACHED_ONCE) ? 1 : folio_pages(leaf);
		if (has(leaf, LEAF_PRIVATE))
			expected++;
	}
	return (__s64)leaf->refcount - expected;
}

__u32 classify_average_mapcount(__u32 mapcount, __u32 entire, unsigned int order)
{
	__u32 average;

	if (mapcount <= entire)
		return entire;
	average = entire + ((mapcount - entire + (1U << order) / 2) >> order);
	return average ? average : 1;
}

_Bool classify_in_lru_batch(const struct leaf *leaf)
{
	return !has(leaf, LEAF_LRU) && !has(leaf, LEAF_HUGETLB) &&
	       (leaf->bits & (LEAF_ANON | LEAF_MAPPING)) && classify_extra_refs(leaf) == 1;
}

/* References that a write cannot shed: wp_can_reuse_anon_folio() and do_wp_page() in mm/memory.c. */
static enum cow cow_by_refs(const struct leaf *leaf, __s64 swapcache_refs)
{
	__s64 extra = (__s64)leaf->refcount - leaf->mapcount - swapcache_refs;

	if (extra > 0)
		return extra == 1 && !has(leaf, LEAF_LRU) ? COW_MAYBE : COW_COPY;
	/* Leaving the swap cache works only while no other swap entry needs the slot. */
	return swapcache_refs ? COW_MAYBE : COW_REUSE;
}

/* __wp_can_reuse_large_anon_folio(); it drains no LRU batch, but one may drain by itself. */
static enum cow cow_large_reuses(const struct leaf *leaf)
{
	if (leaf->mapcount <= 1 || has(leaf, LEAF_OTHER_MM))
		return COW_COPY;
	return cow_by_refs(leaf, has(leaf, LEAF_SWAPCACHE) ? folio_pages(leaf) : 0);
}

/* Anonymous, not exclusive, write-protected, mapped by a PTE. */
static enum cow cow_anon_page(const struct leaf *leaf, enum cow_large cow_large)
{
	if (has(leaf, LEAF_LARGE)) {
		if (cow_large == COW_LARGE_COPIES)
			return COW_COPY;
		if (cow_large == COW_LARGE_REUSES)
			return cow_large_reuses(leaf);
	}
	if (leaf->mapcount != 1)
		return COW_COPY;
	return cow_by_refs(leaf, has(leaf, LEAF_SWAPCACHE) ? 1 : 0);
}

/*
 * do_huge_pmd_wp_page() in mm/huge_memory.c: reused whole, or split and copied page by page.
 */
static enum cow cow_anon_pmd(const struct leaf *leaf)
{
	if (leaf->mapcount != 1)
		return COW_COPY;
	return cow_by_refs(leaf, has(leaf, LEAF_SWAPCACHE) ? folio_pages(leaf) : 0);
}

enum cow classify_cow(const struct leaf *leaf, const struct rules *rules)
{
	if (!rules->cow || leaf->state != LEAF_STATE_PRESENT)
		return COW_NOT;
	if (has(leaf, LEAF_UFFD))
		return COW_MAYBE;
	if (has(leaf, LEAF_WRITE))
		return COW_REUSE;
	if (!has(leaf, LEAF_PAGE) || !has(leaf, LEAF_ANON) || has(leaf, LEAF_KSM))
		return COW_SOURCE;
	if (has(leaf, LEAF_EXCLUSIVE))
		return COW_REUSE;
	if (has(leaf, LEAF_HUGETLB))	/* hugetlb_wp() in mm/hugetlb.c looks at the mapcount only */
		return leaf->mapcount == 1 ? COW_REUSE : COW_COPY;
	if (leaf->level > 0)
		return cow_anon_pmd(leaf);
	return cow_anon_page(leaf, rules->cow_large);
}

/* Not swap-backed: MADV_FREE, see lru_lazyfree() in mm/swap.c, or VM_DROPPABLE. */
static enum reclaim reclaim_anon(const struct leaf *leaf, const struct rules *rules)
{
	if (has(leaf, LEAF_SWAPBACKED))
		return LEAF_RECLAIM_SWAP;
	return is_dirty(leaf) && !rules->droppable ? LEAF_RECLAIM_SWAP : LEAF_RECLAIM_DROP;
}

static enum reclaim reclaim_cache(const struct leaf *leaf, const struct rules *rules)
{
	if (rules->unevictable)
		return LEAF_RECLAIM_NEVER;
	if (has(leaf, LEAF_SWAPBACKED))
		return LEAF_RECLAIM_SWAP;
	if (!is_dirty(leaf) && !has(leaf, LEAF_WRITEBACK))
		return LEAF_RECLAIM_DROP;
	return rules->unwritten ? LEAF_RECLAIM_NEVER : LEAF_RECLAIM_WRITE;
}

/*
 * try_to_unmap_one() stops at an area that is locked, though the page may not know, as one of a large folio;
 * and a file's reverse map leads to no area that maps another file.
 */
static _Bool is_kept(const struct leaf *leaf, const struct rules *rules)
{
	return leaf->state == LEAF_STATE_HWPOISON || rules->locked ||
	       leaf->bits & (LEAF_HUGETLB | LEAF_MLOCKED | LEAF_UNEVICTABLE | LEAF_PINNED | LEAF_ZONE_DEVICE |
			     LEAF_FOREIGN);
}

static enum reclaim reclaim_page(const struct leaf *leaf, const struct rules *rules)
{
	if (is_kept(leaf, rules))
		return LEAF_RECLAIM_NEVER;
	if (has(leaf, LEAF_ANON))
		return reclaim_anon(leaf, rules);
	/* Else the kernel's own page, as those of the vdso. */
	return has(leaf, LEAF_MAPPING) ? reclaim_cache(leaf, rules) : LEAF_RECLAIM_NEVER;
}

enum reclaim classify_reclaim(const struct leaf *leaf, const struct rules *rules)
{
	if (has(leaf, LEAF_PAGE))
		return reclaim_page(leaf, rules);
	if (leaf->state == LEAF_STATE_PRESENT && !has(leaf, LEAF_ZERO))
		return LEAF_RECLAIM_NEVER;
	return LEAF_RECLAIM_NOT;
}
