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

/* What the run was filled from, if that is one small page. */
static bool remember(struct walk *walk, pte_t pte)
{
	if (!(walk->batch.bits & LEAF_PAGE) || walk->batch.bits & LEAF_LARGE || !vv_pte_is_plain(pte))
		return false;
	walk->last = page_raw(pfn_to_page(pte_pfn(pte)));
	walk->last.entry = vv_pte_kind(pte, PAGE_SECTION_SHIFT);
	return page_is_small(&walk->last);
}

/*
 * Most pages are like the one before, and nothing has to be judged again.
 * Return: how many of the next @max entries are, from the first on.
 */
static unsigned long count_again(const struct walk *walk, pte_t *ptep, unsigned long max)
{
	struct page *section = pfn_to_page(walk->section << PAGE_SECTION_SHIFT);
	const struct raw_page last = walk->last;
	unsigned long nr;

	for (nr = 0; nr < max; nr++) {
		pte_t pte = ptep_get(ptep + nr);
		struct raw_page raw;

		if (vv_pte_kind(pte, PAGE_SECTION_SHIFT) != last.entry)
			break;
		raw = page_raw(section + vv_pte_place(pte, PAGE_SECTION_SHIFT));
		if (raw.flags != last.flags || raw.mapping != last.mapping || raw.counts != last.counts ||
		    raw.is_tail)
			break;
	}
	return nr;
}

static void note_absent(struct walk *walk, struct vv_absent absent, unsigned long addr)
{
	struct entry entry = entry_of_absent(absent, 0);

	walk_note_absent(walk, addr, absent, &entry, 1);
}

/* One present entry, and those after it that are like it. Return: how many. */
static __always_inline unsigned long note_run(struct walk *walk, pte_t *ptep, pte_t pte, unsigned long max)
{
	struct leaf leaf = leaf_of_pte(walk, pte);
	unsigned long again = 0;

	walk_note(walk, &leaf, 1);
	if (max > 1 && remember(walk, pte))
		again = count_again(walk, ptep + 1, max - 1);
	walk->batch_nr += again;
	return again + 1;
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
			step = note_run(walk, ptep + i, pte, nr - i);
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
