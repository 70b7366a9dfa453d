// SPDX-License-Identifier: GPL-2.0
/*
 * walk_pmd.c - one PMD entry in, the facts of what it maps out: a table of PTEs, or a huge page.
 *
 * Caller holds mmap_lock, or the area's own lock, for reading and [addr, end) is in the vma.  Takes and
 * drops RCU and ptl, as descent.h says.
 */
#include "compat/compat.h"
#include "judge/tally.h"
#include "walk/descent.h"
#include "walk/entry_facts.h"
#include "walk/kinds.h"
#include "walk/page.h"
#include "walk/walk.h"
#include "walk/walk_page.h"
#include "walk/walk_pmd.h"
#include "walk/walk_race.h"
#include "walk/walk_run_ptes.h"
#include "walk/walk_swap.h"

#ifndef CONFIG_ARCH_HAS_PTE_SPECIAL
#error "without special entries a module cannot tell which of them have a struct page"
#endif

/*
 * Entries of pages of one kind; where @far, there are KINDS_AHEAD more than @max.
 * Return: how many of @max, from the first on, until one is of anything else.
 */
static __always_inline unsigned long note_kind(struct walk *walk, struct kind *kind, pte_t *ptep, unsigned long max,
					       bool far)
{
	const pte_t *first = ptep, *end = ptep + max;
	unsigned long mask = vv_pte_frame_mask();

	for (; ptep < end; ptep++) {
		if (far)
			kinds_prefetch(walk->kinds, ptep + KINDS_AHEAD, mask);
		if (unlikely(!kind_has(walk, kind, vv_pte_parts(ptep_get(ptep), mask), far)))
			break;
	}
	kind->nr += ptep - first;
	return ptep - first;
}

/* Entries of small pages, each counted with those that are like it. As note_kind(). */
static __always_inline unsigned long note_kinds(struct walk *walk, pte_t *ptep, unsigned long max, bool far)
{
	const pte_t *first = ptep, *end = ptep + max;
	unsigned long mask = vv_pte_frame_mask();
	struct vv_pte_parts parts;
	struct kind *kind;

	for (; ptep < end; ptep++) {
		parts = vv_pte_parts(ptep_get(ptep), mask);
		if (unlikely(!parts_have_page(walk, walk->kinds, parts, far)))
			break;
		if (far)
			kinds_prefetch(walk->kinds, ptep + KINDS_AHEAD, mask);
		kind = kinds_find(walk, parts, false);
		if (unlikely(!kind))
			break;
		kind->nr++;
	}
	return ptep - first;
}

/* Those of the first one's kind, and then those of any. */
static __always_inline unsigned long note_alike(struct walk *walk, pte_t *ptep, unsigned long max, bool far)
{
	struct kind *kind = kinds_of_entry(walk, ptep);
	unsigned long nr;

	if (!kind)
		return 0;
	nr = note_kind(walk, kind, ptep, max, far);
	return nr + note_kinds(walk, ptep + nr, max - nr, far);
}

static unsigned long note_small(struct walk *walk, pte_t *ptep, unsigned long max)
{
	unsigned long nr = 0, far = 0;

	if (kinds_are_far(ptep, max, vv_pte_frame_mask())) {
		far = max - KINDS_AHEAD;
		nr = note_alike(walk, ptep, far, true);
	}
	return nr < far ? nr : nr + note_alike(walk, ptep + nr, max - nr, false);
}

static void note_absent(struct walk *walk, struct vv_absent absent, unsigned long addr)
{
	struct entry entry = entry_of_absent(absent, 0);

	walk_note_absent(walk, addr, absent, &entry, 1);
}

/* One present entry, and those after it that need no look of their own. Return: how many. */
static __always_inline unsigned long note_present(struct walk *walk, pte_t *ptep, pte_t pte, unsigned long max)
{
	unsigned long nr = max > 1 ? note_small(walk, ptep, max) : 0;
	struct leaf leaf;

	if (nr)
		return nr;
	leaf = leaf_of_pte(walk, pte);
	walk_note(walk, &leaf, 1);
	return 1;
}

static void note_ptes(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long end)
{
	unsigned long nr = (end - addr) >> PAGE_SHIFT, none = 0, present = 0, i, step;

	walk->entries += nr;
	walk->work += nr;
	walk->large = NULL;
	for (i = 0; i < nr; i += step) {
		pte_t pte = ptep_get(ptep + i);

		step = 1;
		if (pte_present(pte)) {
			step = note_present(walk, ptep + i, pte, nr - i);
			present += step;
		} else if (pte_none(pte)) {
			step += vv_none_ptes(ptep + i + 1, nr - i - 1);
			none += step;
			if (unlikely(walk->swap == WALK_SWAP_HOLES))
				walk_shmem_holes(walk, addr + i * PAGE_SIZE, addr + (i + step) * PAGE_SIZE);
		} else {
			note_absent(walk, vv_absent_pte(pte), addr + i * PAGE_SIZE);
		}
	}
	kinds_end(walk);
	walk->area->leaves[0] += present;
	if (none)
		tally_absent(walk->area, LEAF_STATE_NONE, none);
}

/* smaps_account(): the pages of a huge page may be mapped by PTEs elsewhere, each differently often. */
static void note_huge_pages(struct walk *walk, unsigned long addr, struct leaf *leaf,
			    struct entry *entry, u64 nr)
{
	struct page *page = pfn_to_page(entry->pfn);
	struct folio *folio = page_folio(page);
	u64 i;

	if (leaf->refcount == 1 || leaf->mapcount == folio_entire_mapcount(folio)) {
		walk_note_at(walk, addr, leaf, entry, nr);
		return;
	}
	for (i = 0; i < nr; i++, entry->pfn++) {
		leaf->page_mapcount = vv_page_mapcount(folio, page + i);
		if (!walk_note_at(walk, addr + i * PAGE_SIZE, leaf, entry, 1)) {
			walk_cut(walk, addr + i * PAGE_SIZE, 1);
			return;
		}
	}
}

/*
 * A huge page of which only the entry may be looked at, but smaps knows no better on some kernels: it takes
 * it for as many pages as the first of them says.
 */
static void note_special(struct walk *walk, pmd_t pmd, unsigned long addr, struct leaf *leaf,
			 const struct entry *entry, u64 nr)
{
	unsigned long seen = vv_smaps_special_pages(walk->vma, pmd);

	if (!walk_note_at(walk, addr, leaf, entry, nr) || !seen)
		return;
	leaf->bits |= LEAF_ONLY_IN_SMAPS;
	page_fill(walk, leaf, pmd_page(pmd));
	walk_note(walk, leaf, seen);
}

static void note_huge(struct walk *walk, pmd_t pmd, unsigned long addr, u64 nr)
{
	struct leaf leaf = { .state = LEAF_STATE_PRESENT, .level = 1, .bits = pmd_bits(pmd) };
	struct entry entry = entry_of_pmd(pmd, addr);
	unsigned long pfn = entry.pfn;

	if (walk_enters_table(walk, addr, PMD_SIZE))
		walk->area->leaves[1]++;
	if (vv_smaps_skips_pmd(pmd))
		leaf.bits |= LEAF_NOT_IN_SMAPS;
	if (walk->vma->vm_flags & VM_PFNMAP || !page_exists(walk, pfn)) {
		walk_note_at(walk, addr, &leaf, &entry, nr);
	} else if (page_is_huge_zero(walk, pfn_to_page(pfn))) {	/* special too on some kernels */
		leaf.bits |= LEAF_ZERO;
		walk_note_at(walk, addr, &leaf, &entry, nr);
	} else if (vv_pmd_special(pmd)) {
		note_special(walk, pmd, addr, &leaf, &entry, nr);
	} else {
		page_fill(walk, &leaf, pmd_page(pmd));	/* its first says whether it is exclusive */
		note_huge_pages(walk, addr, &leaf, &entry, nr);
	}
}

/* A huge page, present or not.  Kept out of walk_pmd(), which is about tables. */
static noinline void note_huge_entry(struct walk *walk, pmd_t pmd, unsigned long addr, u64 nr)
{
	struct vv_absent absent;
	struct entry entry;

	walk->large = NULL;
	if (walk->runs) {
		walk->runs->memcg_seen = 0;
		walk_resume(walk, addr, 1);
	}
	if (pmd_present(pmd)) {
		note_huge(walk, pmd, addr, nr);
	} else {
		absent = vv_absent_pmd(pmd);
		entry = entry_of_absent_pmd(absent, pmd, addr);
		walk_note_absent(walk, addr, absent, &entry, nr);
	}
}

static void note_none(struct walk *walk, unsigned long addr, unsigned long end)
{
	walk_note_none(walk, addr, end);
	if (walk->swap == WALK_SWAP_HOLES)
		walk_shmem_swap(walk, addr, addr, end);
}

void walk_pmd(struct walk *walk, pmd_t *pmdp, unsigned long addr, unsigned long end)
{
	struct pmd_hold hold;
	enum pmd_is is = pmd_enter(walk, pmdp, addr, &hold);

	if (likely(is == PMD_IS_TABLE)) {
		if (walk->runs)
			walk_run_ptes(walk, hold.ptep, addr, end);
		else
			note_ptes(walk, hold.ptep, addr, end);
		pmd_leave(&hold, PMD_IS_TABLE);
		walk_count_table(walk, addr, PMD_SIZE);
	} else if (is == PMD_IS_HUGE) {
		note_huge_entry(walk, hold.pmd, addr, (end - addr) >> PAGE_SHIFT);
		pmd_leave(&hold, PMD_IS_HUGE);
	} else if (is == PMD_IS_NONE) {
		note_none(walk, addr, end);
	} else if (is == PMD_IS_RESTLESS) {
		walk->area->flags |= VMAVIEW_AREA_CHANGED;
	}
}
