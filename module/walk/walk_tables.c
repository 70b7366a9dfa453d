// SPDX-License-Identifier: GPL-2.0
/*
 * walk_tables.c - an area in, the page tables and the entries that serve it out.
 *
 * Caller holds mmap_lock for reading.  The way down and its locks are those of descent.h.  An entry above
 * the PTEs is counted once though several areas lie in what it stands for: areas come in the order of
 * addresses, so it was the last one.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>

#include "compat/compat.h"
#include "walk/descent.h"
#include "walk/tables.h"
#include "walk/walk.h"

void tables_begin(struct tables *tables)
{
	unsigned int level;

	*tables = (struct tables){ .level[VMAVIEW_TABLE_PGD].tables = 1 };
	for (level = 0; level < TABLE_LEVELS; level++)
		tables->level[level].last = ~0UL;
}

/* Return: the entry's level, where it was not counted yet; else NULL. */
static struct table_count *enter(struct tables *tables, unsigned int level, unsigned long addr,
				 unsigned long span)
{
	struct table_count *count = &tables->level[level];

	addr &= ~(span - 1);
	if (count->last == addr)
		return NULL;
	count->last = addr;
	count->used++;
	return count;
}

/* An entry that leads to a table of the level @below. */
static void note_table(struct tables *tables, unsigned int level, unsigned int below,
		       unsigned long addr, unsigned long span)
{
	if (enter(tables, level, addr, span))
		tables->level[below].tables++;
}

/* Anything else that is not none.  Return: was it new? */
static bool note_leaf(struct tables *tables, unsigned int level, unsigned long addr,
		      unsigned long span, bool present)
{
	struct table_count *count = enter(tables, level, addr, span);

	if (count && present)
		count->leaves++;
	else if (count)
		count->absent++;
	return count;
}

static void count_ptes(struct table_count *count, pte_t *ptep, unsigned long nr)
{
	unsigned long none = 0, present = 0, i;

	for (i = 0; i < nr; i++) {
		pte_t pte = ptep_get(ptep + i);

		none += pte_none(pte);
		present += !!pte_present(pte);
	}
	count->used += nr - none;
	count->leaves += present;
	count->absent += nr - none - present;
}

static void count_table(struct tables *tables, struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long end)
{
	unsigned long nr = (end - addr) >> PAGE_SHIFT;

	count_ptes(&tables->level[VMAVIEW_TABLE_PTE], ptep, nr);
	note_table(tables, VMAVIEW_TABLE_PMD, VMAVIEW_TABLE_PTE, addr, PMD_SIZE);
	walk->entries += nr;
	walk->work += nr;
}

/* A huge page of anonymous memory keeps a table for its split; hugetlb's areas are not anonymous. */
static void note_huge(struct tables *tables, struct walk *walk, pmd_t pmd, unsigned long addr)
{
	if (note_leaf(tables, VMAVIEW_TABLE_PMD, addr, PMD_SIZE, pmd_present(pmd)) &&
	    vma_is_anonymous(walk->vma))
		tables->deposited++;
}

static void count_pmd(struct tables *tables, struct walk *walk, pmd_t *pmdp, unsigned long addr,
		      unsigned long end)
{
	struct pmd_hold hold;
	enum pmd_is is = pmd_enter(walk, pmdp, addr, &hold);

	if (is == PMD_IS_RESTLESS)
		tables->incomplete = true;
	if (is == PMD_IS_TABLE)
		count_table(tables, walk, hold.ptep, addr, end);
	else if (is == PMD_IS_HUGE)
		note_huge(tables, walk, hold.pmd, addr);
	else
		return;
	pmd_leave(&hold, is);
}

/* The entries of one PMD table, from @pmdp on, up to @end. */
static unsigned long walk_pmds(struct tables *tables, struct walk *walk, pmd_t *pmdp,
			       unsigned long addr, unsigned long end)
{
	unsigned long next;

	for (; addr < end; addr = next, pmdp++) {
		next = pmd_addr_end(addr, end);
		count_pmd(tables, walk, pmdp, addr, next);
		if (next < end && walk_time_is_up(walk))
			return next;
	}
	return addr;
}

/* The entries of one PUD table, from @pudp on, up to @end. */
static unsigned long walk_puds(struct tables *tables, struct walk *walk, pud_t *pudp,
			       unsigned long addr, unsigned long end)
{
	unsigned long next;

	for (; addr < end; addr = next, pudp++) {
		pud_t pud = READ_ONCE(*pudp);

		next = pud_addr_end(addr, end);
		walk->entries++;
		walk->work++;
		if (pud_none(pud))
			continue;
		if (!pud_present(pud) || vv_pud_leaf(pud)) {
			note_leaf(tables, VMAVIEW_TABLE_PUD, addr, PUD_SIZE, pud_present(pud));
		} else if (likely(!pud_bad(pud))) {
			note_table(tables, VMAVIEW_TABLE_PUD, VMAVIEW_TABLE_PMD, addr, PUD_SIZE);
			next = walk_pmds(tables, walk, descend_pud(pudp, pud, addr), addr, next);
		}
		if (next < end && walk_time_is_up(walk))
			return next;
	}
	return addr;
}

/* From the top; a level that is missing is skipped whole. */
static unsigned long walk_top(struct tables *tables, struct walk *walk, unsigned long addr,
			      unsigned long end)
{
	pgd_t *pgdp = pgd_offset(walk->mm, addr), pgd = READ_ONCE(*pgdp);
	bool folded = mm_p4d_folded(walk->mm);
	p4d_t *p4dp, p4d;

	walk->entries++;
	walk->work++;
	if (pgd_none(pgd) || unlikely(pgd_bad(pgd)))
		return pgd_addr_end(addr, end);
	if (!folded)
		note_table(tables, VMAVIEW_TABLE_PGD, VMAVIEW_TABLE_P4D, addr, PGDIR_SIZE);
	p4dp = descend_pgd(pgdp, pgd, addr);
	p4d = READ_ONCE(*p4dp);
	end = p4d_addr_end(addr, end);
	if (p4d_none(p4d) || unlikely(p4d_bad(p4d)))
		return end;
	note_table(tables, folded ? VMAVIEW_TABLE_PGD : VMAVIEW_TABLE_P4D, VMAVIEW_TABLE_PUD, addr,
		   P4D_SIZE);
	return walk_puds(tables, walk, descend_p4d(p4dp, p4d, addr), addr, end);
}

static unsigned long walk_tops(struct tables *tables, struct walk *walk, unsigned long addr,
			       unsigned long end)
{
	do {
		addr = walk_top(tables, walk, addr, end);
	} while (addr < end && !walk_time_is_up(walk));
	return addr;
}

unsigned long tables_walk(struct tables *tables, struct walk *walk, unsigned long addr, unsigned long end)
{
	struct address_space *mapping;

	lockdep_assert_held(&walk->mm->mmap_lock);
	walk->work += WALK_WORK_AREA;
	if (!is_vm_hugetlb_page(walk->vma))
		return walk_tops(tables, walk, addr, end);
	/* Keeps a table that is shared with other processes: see walk_huge.c. */
	mapping = walk->vma->vm_file->f_mapping;
	i_mmap_lock_read(mapping);
	addr = walk_tops(tables, walk, addr, end);
	i_mmap_unlock_read(mapping);
	return addr;
}
