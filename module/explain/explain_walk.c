// SPDX-License-Identifier: GPL-2.0
/*
 * explain_walk.c - an address of an area in, the entry of each level and the facts of its page out.
 *
 * Caller holds mmap_lock for reading.  The way down and its locks are those of descent.h: each
 * entry is read once, the last under the lock of its table.
 */
#include <linux/hugetlb.h>
#include <linux/io.h>
#include <linux/log2.h>
#include <linux/spinlock.h>

#include "compat/absent.h"
#include "compat/compat.h"
#include "compat/level.h"
#include "explain/explain.h"
#include "explain/explain_walk.h"
#include "walk/descent.h"
#include "walk/entry_facts.h"
#include "walk/walk_run.h"

/* What a run says of an entry that names neither frame nor slot. */
static const struct entry no_entry = {
	.pfn = VMAVIEW_UNKNOWN64,
	.swap_offset = VMAVIEW_UNKNOWN64,
	.swap_type = VMAVIEW_UNKNOWN,
};

/**
 * struct slot - an entry that was read
 * @at: where, in the kernel's mapping of all memory
 * @entry: its value
 * @level: 0 for PTE
 */
struct slot {
	const void *at;
	u64 entry;
	u8 level;
};

static unsigned int slot_index(u8 level, unsigned long address)
{
	switch (level) {
	case 0:
		return pte_index(address);
	case 1:
		return pmd_index(address);
	case 2:
		return pud_index(address);
	case 3:
		return p4d_index(address);
	}
	return pgd_index(address);
}

static u8 slot_bits(u8 level)
{
	switch (level) {
	case 0:
		return ilog2(PTRS_PER_PTE);
	case 1:
		return ilog2(PTRS_PER_PMD);
	case 2:
		return ilog2(PTRS_PER_PUD);
	case 3:
		return ilog2(PTRS_PER_P4D);
	}
	return ilog2(PTRS_PER_PGD);
}

static struct vmaview_level *add_level(struct vmaview_explain *answer, struct slot slot)
{
	struct vmaview_level *level = &answer->levels[answer->nr_levels++];

	level->level = slot.level;
	level->entry = slot.entry;
	level->index = slot_index(slot.level, answer->address);
	level->bits = slot_bits(slot.level);
	level->table = virt_to_phys((void *)slot.at) - level->index * sizeof(pte_t);
	return level;
}

static void add_table(struct vmaview_explain *answer, struct slot slot)
{
	vv_level_decode(add_level(answer, slot), VV_ENTRY_TABLE);
}

static void add_none(struct vmaview_explain *answer, struct slot slot)
{
	add_level(answer, slot)->flags = VMAVIEW_LEVEL_NONE;
}

static void add_absent(struct vmaview_explain *answer, struct slot slot, u32 state)
{
	static const u32 flags[LEAF_STATE_NR] = {
		[LEAF_STATE_NONE] = VMAVIEW_LEVEL_NONE,
		[LEAF_STATE_SWAP] = VMAVIEW_LEVEL_SWAP,
		[LEAF_STATE_MIGRATION] = VMAVIEW_LEVEL_MIGRATION,
		[LEAF_STATE_DEVICE] = VMAVIEW_LEVEL_DEVICE,
		[LEAF_STATE_HWPOISON] = VMAVIEW_LEVEL_HWPOISON,
		[LEAF_STATE_GUARD] = VMAVIEW_LEVEL_GUARD,
		[LEAF_STATE_UFFD] = VMAVIEW_LEVEL_UFFD_MARKER,
	};

	add_level(answer, slot)->flags = flags[state];
}

/* A present leaf that maps @size bytes from @pfn on. */
static void add_leaf(struct vmaview_explain *answer, struct slot slot, unsigned long pfn, u64 size)
{
	vv_level_decode(add_level(answer, slot), slot.level ? VV_ENTRY_HUGE : VV_ENTRY_PAGE);
	answer->physical = ((u64)pfn << PAGE_SHIFT) + (answer->address & (size - 1));
	answer->leaf_size = size;
	answer->flags |= VMAVIEW_EXPLAIN_PHYSICAL;
}

/* What a run says, under the lock of the table, of the leaf that was filled. */
static void fill_run(struct explain *explain, struct vmaview_explain *answer, struct entry entry)
{
	const struct leaf *leaf = &explain->facts.leaf;

	if (answer->flags & VMAVIEW_EXPLAIN_PHYSICAL)
		entry.pfn = answer->physical >> PAGE_SHIFT;
	walk_fill_run(&explain->walk, &answer->run, leaf, &entry);
	if (leaf->state != LEAF_STATE_PRESENT || !(leaf->bits & LEAF_PAGE))
		return;
	answer->flags |= VMAVIEW_EXPLAIN_PAGE;
	answer->extra_refs = classify_extra_refs(leaf);
}

/* An entry that is neither none nor present. */
static void fill_absent(struct explain *explain, struct vv_absent absent)
{
	explain->facts.leaf.state = absent.state;
	if (absent.page)
		page_fill(&explain->walk, &explain->facts.leaf, absent.page);
}

/* Of one that stands for @size bytes. */
static void fill_absent_pte(struct explain *explain, struct vmaview_explain *answer, pte_t pte,
			    unsigned long size)
{
	struct vv_absent absent = vv_absent_pte(pte);
	struct entry entry = entry_of_absent(absent, explain->facts.leaf.level);

	entry_skip(&entry, (answer->address & (size - 1)) >> PAGE_SHIFT);
	fill_absent(explain, absent);
	entry_add_swp(&entry, pte, absent.state);
	explain->facts.bits |= (vv_pte_swp_uffd(pte) ? VERDICT_SWAP_UFFD : 0) |
			       (vv_pte_migrates_writable(pte) ? VERDICT_MIGRATION_WRITE : 0) |
			       (vv_pte_is_lost(pte) ? VERDICT_SWAP_LOST : 0);
	fill_run(explain, answer, entry);
}

static void fill_absent_pmd(struct explain *explain, struct vmaview_explain *answer, pmd_t pmd)
{
	struct vv_absent absent = vv_absent_pmd(pmd);

	fill_absent(explain, absent);
	explain->facts.bits |= (vv_pmd_swp_uffd(pmd) ? VERDICT_SWAP_UFFD : 0) |
			       (vv_pmd_migrates_writable(pmd) ? VERDICT_MIGRATION_WRITE : 0);
	fill_run(explain, answer, entry_of_absent_pmd(absent, pmd, answer->address));
}

/* Also of hugetlb, whatever the level: what the leaf says already stays. */
static void fill_pte(struct explain *explain, struct vmaview_explain *answer, pte_t pte)
{
	struct leaf was = explain->facts.leaf;
	struct entry entry = entry_of_pte(pte);

	explain->facts.leaf = leaf_of_pte(&explain->walk, pte);
	explain->facts.leaf.level = entry.level = was.level;
	explain->facts.leaf.bits |= was.bits;
	if (pte_protnone(pte))
		explain->facts.bits |= VERDICT_PROTNONE;
	fill_run(explain, answer, entry);
}

/* @first says whether the huge page is exclusive, and @page has the address: how often it is mapped is its own. */
static void fill_huge_page(struct explain *explain, struct leaf *leaf, struct page *first, struct page *page)
{
	page_fill(&explain->walk, leaf, first);
	if (leaf->bits & LEAF_LARGE)
		leaf->page_mapcount = vv_page_mapcount(page_folio(first), page);
}

/* As note_huge() in walk_pmd.c; @pfn is that of the page that has the address. */
static void fill_pmd_leaf(struct explain *explain, struct leaf *leaf, pmd_t pmd, unsigned long pfn)
{
	struct vm_area_struct *vma = explain->walk.vma;

	leaf->state = LEAF_STATE_PRESENT;
	leaf->bits = pmd_bits(pmd);
	if (vma->vm_flags & VM_PFNMAP || !page_exists(&explain->walk, pfn))
		return;
	if (page_is_huge_zero(&explain->walk, pfn_to_page(pfn)))
		leaf->bits |= LEAF_ZERO;
	else if (!vv_pmd_special(pmd))
		fill_huge_page(explain, leaf, pmd_page(pmd), pfn_to_page(pfn));
}

static void fill_pmd(struct explain *explain, struct vmaview_explain *answer, pmd_t pmd)
{
	struct entry entry = entry_of_pmd(pmd, answer->address);

	fill_pmd_leaf(explain, &explain->facts.leaf, pmd, entry.pfn);
	if (pmd_protnone(pmd))
		explain->facts.bits |= VERDICT_PROTNONE;
	fill_run(explain, answer, entry);
}

static void read_pte(struct explain *explain, struct vmaview_explain *answer, pte_t *ptep)
{
	pte_t pte = ptep_get(ptep);
	struct slot slot = { ptep, pte_val(pte), 0 };

	if (pte_none(pte)) {
		add_none(answer, slot);
	} else if (pte_present(pte)) {
		add_leaf(answer, slot, pte_pfn(pte), PAGE_SIZE);
		fill_pte(explain, answer, pte);
	} else {
		fill_absent_pte(explain, answer, pte, PAGE_SIZE);
		add_absent(answer, slot, explain->facts.leaf.state);
	}
}

/* A huge page, present or not, under its lock. */
static void read_huge(struct explain *explain, struct vmaview_explain *answer, struct slot slot, pmd_t pmd)
{
	explain->facts.leaf.level = 1;
	if (pmd_present(pmd)) {
		add_leaf(answer, slot, pmd_pfn(pmd), PMD_SIZE);
		fill_pmd(explain, answer, pmd);
	} else {
		fill_absent_pmd(explain, answer, pmd);
		add_absent(answer, slot, explain->facts.leaf.state);
	}
}

static void read_pmd(struct explain *explain, struct vmaview_explain *answer, pmd_t *pmdp)
{
	struct pmd_hold hold;
	enum pmd_is is = pmd_enter(&explain->walk, pmdp, answer->address, &hold);
	const struct slot slot = { pmdp, pmd_val(hold.pmd), 1 };

	switch (is) {
	case PMD_IS_TABLE:
		add_table(answer, slot);
		read_pte(explain, answer, hold.ptep);
		pmd_leave(&hold, is);
		break;
	case PMD_IS_HUGE:
		read_huge(explain, answer, slot, hold.pmd);
		pmd_leave(&hold, is);
		break;
	case PMD_IS_NONE:
		add_none(answer, slot);
		break;
	case PMD_IS_BAD:
		add_table(answer, slot);
		break;
	case PMD_IS_RESTLESS:
		answer->flags |= VMAVIEW_EXPLAIN_GAVE_UP;
		break;
	}
}

/* Huge device mappings only; no struct page. */
static void read_huge_pud(struct explain *explain, struct vmaview_explain *answer, pud_t *pudp, pud_t pud)
{
	spinlock_t *ptl = pud_lock_huge(&explain->walk, pudp, &pud);

	if (!ptl) {
		answer->flags |= VMAVIEW_EXPLAIN_GAVE_UP;
		return;
	}
	add_leaf(answer, (struct slot){ pudp, pud_val(pud), 2 }, pud_pfn(pud), PUD_SIZE);
	explain->facts.leaf.state = LEAF_STATE_PRESENT;
	explain->facts.leaf.level = 2;
	explain->facts.leaf.bits = pud_write(pud) ? LEAF_WRITE : 0;
	fill_run(explain, answer, no_entry);
	spin_unlock(ptl);
}

#ifdef CONFIG_HUGETLB_PAGE

/* The entry of a hugetlb page, of whatever level: see walk_huge.c. */
static void read_hugetlb(struct explain *explain, struct vmaview_explain *answer, pte_t *ptep, u8 level)
{
	struct hstate *h = hstate_vma(explain->walk.vma);
	spinlock_t *ptl = huge_pte_lockptr(h, explain->mm, ptep);
	struct slot slot = { .at = ptep, .level = level };
	pte_t pte;

	spin_lock(ptl);
	pte = ptep_get(ptep);
	slot.entry = pte_val(pte);
	explain->facts.leaf.level = level;
	explain->facts.leaf.bits = LEAF_HUGETLB;
	if (pte_none(pte)) {
		add_none(answer, slot);
	} else if (pte_present(pte)) {
		add_leaf(answer, slot, pte_pfn(pte), huge_page_size(h));
		fill_pte(explain, answer, pte);
	} else {
		fill_absent_pte(explain, answer, pte, huge_page_size(h));
		add_absent(answer, slot, explain->facts.leaf.state);
	}
	spin_unlock(ptl);
}

/* The level of the entries of a hugetlb area; -1 for other areas. */
static int hugetlb_level(struct vm_area_struct *vma)
{
	return is_vm_hugetlb_page(vma) ? huge_level(huge_page_size(hstate_vma(vma))) : -1;
}

#else

static void read_hugetlb(struct explain *explain, struct vmaview_explain *answer, pte_t *ptep, u8 level)
{
}

static int hugetlb_level(struct vm_area_struct *vma)
{
	return -1;
}

#endif

static void read_below_pud(struct explain *explain, struct vmaview_explain *answer, pmd_t *pmdp)
{
	int hugetlb = hugetlb_level(explain->walk.vma);
	pmd_t pmd;

	if (hugetlb < 0) {
		read_pmd(explain, answer, pmdp);
	} else if (hugetlb == 1) {
		read_hugetlb(explain, answer, (pte_t *)pmdp, 1);
	} else {
		pmd = READ_ONCE(*pmdp);
		if (pmd_none(pmd) || pmd_leaf(pmd) || pmd_bad(pmd)) {
			add_none(answer, (struct slot){ pmdp, pmd_val(pmd), 1 });
		} else {
			add_table(answer, (struct slot){ pmdp, pmd_val(pmd), 1 });
			read_hugetlb(explain, answer, pte_offset_kernel(&pmd, answer->address), 0);
		}
	}
}

static void read_pud(struct explain *explain, struct vmaview_explain *answer, pud_t *pudp)
{
	struct slot slot = { .at = pudp, .level = 2 };
	pud_t pud;

	if (hugetlb_level(explain->walk.vma) == 2) {
		read_hugetlb(explain, answer, (pte_t *)pudp, 2);
		return;
	}
	pud = READ_ONCE(*pudp);
	slot.entry = pud_val(pud);
	if (!pud_present(pud)) {
		add_none(answer, slot);
	} else if (vv_pud_leaf(pud)) {
		read_huge_pud(explain, answer, pudp, pud);
	} else {
		add_table(answer, slot);
		if (likely(!pud_bad(pud)))
			read_below_pud(explain, answer, descend_pud(pudp, pud, answer->address));
	}
}

static void read_top(struct explain *explain, struct vmaview_explain *answer)
{
	pgd_t *pgdp = pgd_offset(explain->mm, answer->address), pgd = READ_ONCE(*pgdp);
	struct slot slot = { pgdp, pgd_val(pgd), 4 };
	p4d_t *p4dp, p4d;

	if (!mm_p4d_folded(explain->mm)) {
		if (pgd_none(pgd) || unlikely(pgd_bad(pgd))) {
			add_none(answer, slot);
			return;
		}
		add_table(answer, slot);
		slot.level = 3;
	}
	p4dp = descend_pgd(pgdp, pgd, answer->address);
	p4d = READ_ONCE(*p4dp);
	if (slot.level == 3) {
		slot.at = p4dp;
		slot.entry = p4d_val(p4d);
	}
	if (p4d_none(p4d) || unlikely(p4d_bad(p4d))) {
		add_none(answer, slot);
		return;
	}
	add_table(answer, slot);
	read_pud(explain, answer, descend_p4d(p4dp, p4d, answer->address));
}

void explain_nothing(struct explain *explain, struct vmaview_explain *answer)
{
	static const struct leaf none = { .state = LEAF_STATE_NONE };

	explain->walk.runs = &explain->runs;
	walk_fill_run(&explain->walk, &answer->run, &none, &no_entry);
	explain->walk.runs = NULL;
	answer->run.start = answer->address & PAGE_MASK;
	answer->run.end = answer->run.start + PAGE_SIZE;
}

void explain_walk(struct explain *explain, struct vmaview_explain *answer)
{
	struct vm_area_struct *vma = explain->walk.vma;
	const u64 start = answer->run.start, end = answer->run.end;

	explain->walk.large = NULL;
	run_begin(&explain->runs);
	explain->walk.runs = &explain->runs;
	if (is_vm_hugetlb_page(vma))
		i_mmap_lock_read(vma->vm_file->f_mapping);
	read_top(explain, answer);
	if (is_vm_hugetlb_page(vma))
		i_mmap_unlock_read(vma->vm_file->f_mapping);
	explain->walk.runs = NULL;
	answer->run.start = start;
	answer->run.end = end;
}
