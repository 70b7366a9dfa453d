/* SPDX-License-Identifier: GPL-2.0 */
/*
 * entry_facts.h - a page-table entry in, what a leaf and a run say of it out.
 *
 * An entry is given as a copy; the caller holds the lock of its table.
 */
#ifndef VMAVIEW_ENTRY_FACTS_H
#define VMAVIEW_ENTRY_FACTS_H

#include "compat/compat.h"
#include "walk/page.h"
#include "walk/walk.h"

static inline u32 pte_bits(pte_t pte)
{
	return (pte_write(pte) ? LEAF_WRITE : 0) | (pte_dirty(pte) ? LEAF_DIRTY : 0) |
	       (pte_young(pte) ? LEAF_YOUNG : 0) | (vv_pte_uffd(pte) ? LEAF_UFFD : 0);
}

static inline u32 pmd_bits(pmd_t pmd)
{
	return (pmd_write(pmd) ? LEAF_WRITE : 0) | (pmd_dirty(pmd) ? LEAF_DIRTY : 0) |
	       (pmd_young(pmd) ? LEAF_YOUNG : 0) | (vv_pmd_uffd(pmd) ? LEAF_UFFD : 0);
}

/* vm_normal_page() in mm/memory.c is not exported: the same tests in the same order. */
static __always_inline struct leaf leaf_of_pte(struct walk *walk, pte_t pte)
{
	struct leaf leaf = { .state = LEAF_STATE_PRESENT, .bits = pte_bits(pte) };
	unsigned long pfn = pte_pfn(pte);

	if (is_zero_pfn(pfn))
		leaf.bits |= LEAF_ZERO;
	else if (!vv_pte_special(pte) && page_exists(walk, pfn))
		page_fill(walk, &leaf, pfn_to_page(pfn));
	return leaf;
}

/* What a run says of a present entry beyond its leaf. */
static inline struct entry entry_of_pte(pte_t pte)
{
	return (struct entry){
		.pfn = pte_pfn(pte),
		.swap_offset = VMAVIEW_UNKNOWN64,
		.swap_type = VMAVIEW_UNKNOWN,
		.bits = (pte_soft_dirty(pte) ? VMAVIEW_ENTRY_SOFT_DIRTY : 0) |
			(vv_pte_exec(pte) ? VMAVIEW_ENTRY_EXEC : 0),
	};
}

static inline struct entry entry_of_pmd(pmd_t pmd, unsigned long addr)
{
	return (struct entry){
		.level = 1,
		.pfn = pmd_pfn(pmd) + ((addr & ~PMD_MASK) >> PAGE_SHIFT),
		.swap_offset = VMAVIEW_UNKNOWN64,
		.swap_type = VMAVIEW_UNKNOWN,
		.bits = (pmd_soft_dirty(pmd) ? VMAVIEW_ENTRY_SOFT_DIRTY : 0) |
			(vv_pmd_exec(pmd) ? VMAVIEW_ENTRY_EXEC : 0),
	};
}

/* Of one that is neither none nor present; what it names, if anything, is the first at its address. */
static inline struct entry entry_of_absent(struct vv_absent absent, u8 level)
{
	bool swap = absent.state == LEAF_STATE_SWAP;

	return (struct entry){
		.pfn = absent.pfn,
		.swap_offset = swap ? absent.swap_offset : VMAVIEW_UNKNOWN64,
		.swap_type = swap ? absent.swap_type : VMAVIEW_UNKNOWN,
		.page = absent.exclusive ? VMAVIEW_PAGE_EXCLUSIVE : 0,
		.level = level,
	};
}

/* What @entry says of its @nr-th page, where it is entered in its middle. */
static inline void entry_skip(struct entry *entry, u64 nr)
{
	if (entry->pfn != VMAVIEW_UNKNOWN64)
		entry->pfn += nr;
	if (entry->swap_offset != VMAVIEW_UNKNOWN64)
		entry->swap_offset += nr;
}

/* As entry_of_absent(), of a PMD from @addr on, with its software bits. */
static inline struct entry entry_of_absent_pmd(struct vv_absent absent, pmd_t pmd, unsigned long addr)
{
	struct entry entry = entry_of_absent(absent, 1);

	entry_skip(&entry, (addr & ~PMD_MASK) >> PAGE_SHIFT);
	entry.bits = (pmd_swp_soft_dirty(pmd) ? VMAVIEW_ENTRY_SOFT_DIRTY : 0) |
		     (vv_pmd_swp_uffd(pmd) ? VMAVIEW_ENTRY_UFFD_WP : 0);
	return entry;
}

/* The software bits of a PTE that is not present; markers have none. */
static inline void entry_add_swp(struct entry *entry, pte_t pte, u32 state)
{
	if (state == LEAF_STATE_GUARD || state == LEAF_STATE_HWPOISON)
		return;
	if (state == LEAF_STATE_UFFD || vv_pte_swp_uffd(pte))
		entry->bits |= VMAVIEW_ENTRY_UFFD_WP;
	if (state != LEAF_STATE_UFFD && pte_swp_soft_dirty(pte))
		entry->bits |= VMAVIEW_ENTRY_SOFT_DIRTY;
	if (state == LEAF_STATE_SWAP && pte_swp_exclusive(pte))
		entry->page |= VMAVIEW_PAGE_EXCLUSIVE;
}

#endif
