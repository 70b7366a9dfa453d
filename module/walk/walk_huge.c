// SPDX-License-Identifier: GPL-2.0
/*
 * walk_huge.c - a hugetlb area in, its entries out.
 *
 * Caller holds mmap_lock for reading.  hugetlb_walk() and the vma's hugetlb lock are not exported;
 * i_mmap_rwsem of the file, which huge_pmd_unshare() needs for writing, keeps shared tables as well.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "judge/tally.h"
#include "walk/descent.h"
#include "walk/entry_facts.h"
#include "walk/page.h"
#include "walk/walk.h"
#include "walk/walk_huge.h"
#include "walk/walk_page.h"
#include "walk/walk_run.h"

#ifdef CONFIG_HUGETLB_PAGE

static u32 huge_bits(pte_t pte)
{
	return (huge_pte_write(pte) ? LEAF_WRITE : 0) | (huge_pte_dirty(pte) ? LEAF_DIRTY : 0) |
	       (pte_young(pte) ? LEAF_YOUNG : 0) | (vv_pte_uffd(pte) ? LEAF_UFFD : 0) | LEAF_HUGETLB;
}

static u32 huge_sharing(pte_t *ptep)
{
	return hugetlb_pmd_shared(ptep) ? LEAF_PMD_SHARED : 0;
}

static void note_huge_present(struct walk *walk, pte_t *ptep, pte_t pte, struct leaf *leaf)
{
	leaf->state = LEAF_STATE_PRESENT;
	leaf->bits = huge_bits(pte);
	walk->area->leaves[leaf->level]++;	/* for an area that begins inside it, too: one of its leaves */
	if (page_exists(walk, pte_pfn(pte))) {
		page_fill(walk, leaf, pte_page(pte));
		leaf->bits |= huge_sharing(ptep);
	}
}

/* Return: what a run says of it. */
static struct entry note_huge_absent(struct walk *walk, pte_t *ptep, pte_t pte, struct leaf *leaf)
{
	struct vv_absent absent = vv_absent_pte(pte);
	struct entry entry = entry_of_absent(absent, leaf->level);

	leaf->state = absent.state;
	entry_add_swp(&entry, pte, absent.state);
	if (absent.page) {
		page_fill(walk, leaf, absent.page);
		leaf->bits |= huge_sharing(ptep);
	}
	return entry;
}

/* Of the entry at @ptep, the part that maps [addr, end): all of it, unless the area begins or ends inside. */
static void note_huge_entry(struct walk *walk, pte_t *ptep, u8 level, unsigned long addr, unsigned long end)
{
	pte_t pte = ptep_get(ptep);
	struct leaf leaf = { .level = level, .bits = LEAF_HUGETLB };
	u64 first = (addr & ~huge_page_mask(hstate_vma(walk->vma))) >> PAGE_SHIFT;
	u64 pages = (end - addr) >> PAGE_SHIFT;
	struct entry entry;

	walk->entries++;
	walk->large = NULL;
	if (walk->runs)
		walk->runs->memcg_seen = 0;
	if (pte_present(pte)) {
		note_huge_present(walk, ptep, pte, &leaf);
		entry = entry_of_pte(pte);
	} else if (!pte_none(pte)) {
		entry = note_huge_absent(walk, ptep, pte, &leaf);
	}
	if (walk->runs && leaf.state == LEAF_STATE_NONE) {
		walk_note_run_none(walk, addr, end);
	} else if (walk->runs) {
		entry_skip(&entry, first);
		walk_note_run(walk, addr, &leaf, &entry, pages);
	}
	if (leaf.state != LEAF_STATE_PRESENT)
		tally_absent(walk->area, leaf.state, 1);
	if (leaf.state == LEAF_STATE_PRESENT || leaf.bits & LEAF_PAGE)
		walk_note(walk, &leaf, pages);
}

/* What a table of the levels above the entry serves is counted once. */
static void count_tables(struct walk *walk, unsigned long addr, unsigned int tables)
{
	if (tables > 0)
		walk_count_table(walk, addr, P4D_SIZE);
	if (tables > 1)
		walk_count_table(walk, addr, PUD_SIZE);
	if (tables > 2)
		walk_count_table(walk, addr, PMD_SIZE);
}

/* One entry, or a span that has none. Return: where what was noted of it ends, @end at most. */
static unsigned long walk_huge_entry(struct walk *walk, unsigned long addr, unsigned long end)
{
	struct hstate *h = hstate_vma(walk->vma);
	unsigned long size = huge_page_size(h), next;
	u8 level = huge_level(size);
	struct huge_slot slot = descend_to_huge(walk->mm, addr, level);
	spinlock_t *ptl;

	walk->work++;
	count_tables(walk, addr, slot.tables);
	if (!slot.ptep) {
		next = walk_entry_end(addr, end, slot.span);
		walk->entries++;
		walk_note_none(walk, addr, next);
		return next;
	}
	next = walk_entry_end(addr, end, size);
	ptl = huge_pte_lockptr(h, walk->mm, slot.ptep);
	spin_lock(ptl);
	note_huge_entry(walk, slot.ptep, level, addr, next);
	spin_unlock(ptl);
	return next;
}

unsigned long walk_hugetlb(struct walk *walk, unsigned long addr, unsigned long end)
{
	struct address_space *mapping = walk->vma->vm_file->f_mapping;

	i_mmap_lock_read(mapping);
	do {
		addr = walk_huge_entry(walk, addr, end);
	} while (addr < end && !walk_time_is_up(walk));
	i_mmap_unlock_read(mapping);
	return addr;
}

#else

unsigned long walk_hugetlb(struct walk *walk, unsigned long addr, unsigned long end)
{
	return end;
}

#endif
