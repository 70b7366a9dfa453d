// SPDX-License-Identifier: GPL-2.0
/*
 * walk_tables.c - an area in, the page tables and the entries that serve it out.
 *
 * Caller holds mmap_lock for reading.  As walk.c and walk_pmd.c: each entry is read once and its copy
 * is followed, never outside of the area.  An entry above the PTEs is counted once though several
 * areas lie in what it stands for: areas come in the order of addresses, so it was the last one.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "walk/tables.h"
#include "walk/walk.h"
#include "walk/walk_race.h"

/* A PMD that keeps changing is given up after so many looks. */
#define PMD_TRIES 64

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

/* As walk_table() in walk_pmd.c.  Return: false where the table has gone. */
static bool count_table(struct tables *tables, struct walk *walk, pmd_t *pmdp, pmd_t pmd,
			unsigned long addr, unsigned long end)
{
	unsigned long nr = (end - addr) >> PAGE_SHIFT;
	spinlock_t *ptl = pte_lockptr(walk->mm, &pmd);
	pte_t *ptep = pte_offset_kernel(&pmd, addr);
	pmd_t now;
	bool same;

	spin_lock(ptl);
	now = vv_pmdp_get_lockless(pmdp);
	same = pmd_same(pmd, now);
	if (same)
		count_ptes(&tables->level[VMAVIEW_TABLE_PTE], ptep, nr);
	spin_unlock(ptl);
	if (!same) {
		walk_raced(pmd, now);
		return false;
	}
	note_table(tables, VMAVIEW_TABLE_PMD, VMAVIEW_TABLE_PTE, addr, PMD_SIZE);
	walk->entries += nr;
	walk->work += nr;
	return true;
}

/* A huge page of anonymous memory keeps a table for its split; hugetlb's areas are not anonymous. */
static void note_huge(struct tables *tables, struct walk *walk, pmd_t pmd, unsigned long addr)
{
	if (note_leaf(tables, VMAVIEW_TABLE_PMD, addr, PMD_SIZE, pmd_present(pmd)) &&
	    vma_is_anonymous(walk->vma))
		tables->deposited++;
}

static bool walk_one_pmd(struct tables *tables, struct walk *walk, pmd_t *pmdp, unsigned long addr,
			 unsigned long end)
{
	bool done = true;
	pmd_t pmd;

	walk->entries++;
	walk->work++;
	rcu_read_lock();
	pmd = vv_pmdp_get_lockless(pmdp);
	if (pmd_present(pmd) && !pmd_leaf(pmd)) {
		if (likely(!pmd_bad(pmd)))
			done = count_table(tables, walk, pmdp, pmd, addr, end);
	} else if (!pmd_none(pmd)) {
		note_huge(tables, walk, pmd, addr);
	}
	rcu_read_unlock();
	return done;
}

static void pmd_until_done(struct tables *tables, struct walk *walk, pmd_t *pmdp,
			   unsigned long addr, unsigned long end)
{
	unsigned int tries;

	for (tries = 0; tries < PMD_TRIES; tries++) {
		if (walk_one_pmd(tables, walk, pmdp, addr, end))
			return;
		walk->retries++;
	}
	walk_gave_up();
	tables->incomplete = true;
}

static unsigned long walk_pmds(struct tables *tables, struct walk *walk, pud_t *pud,
			       unsigned long addr, unsigned long end)
{
	unsigned long next;

	for (; addr < end; addr = next) {
		next = pmd_addr_end(addr, end);
		pmd_until_done(tables, walk, pmd_offset(pud, addr), addr, next);
		if (next < end && walk_time_is_up(walk))
			return next;
	}
	return addr;
}

/* The entries of one PUD table, up to @end. */
static unsigned long walk_puds(struct tables *tables, struct walk *walk, p4d_t *p4d,
			       unsigned long addr, unsigned long end)
{
	unsigned long next;

	for (; addr < end; addr = next) {
		pud_t pud = READ_ONCE(*pud_offset(p4d, addr));

		next = pud_addr_end(addr, end);
		walk->entries++;
		walk->work++;
		if (pud_none(pud))
			continue;
		if (!pud_present(pud) || vv_pud_leaf(pud)) {
			note_leaf(tables, VMAVIEW_TABLE_PUD, addr, PUD_SIZE, pud_present(pud));
		} else if (likely(!pud_bad(pud))) {
			note_table(tables, VMAVIEW_TABLE_PUD, VMAVIEW_TABLE_PMD, addr, PUD_SIZE);
			next = walk_pmds(tables, walk, &pud, addr, next);
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
	pgd_t pgd = READ_ONCE(*pgd_offset(walk->mm, addr));
	bool folded = mm_p4d_folded(walk->mm);
	p4d_t p4d;

	walk->entries++;
	walk->work++;
	if (pgd_none(pgd) || unlikely(pgd_bad(pgd)))
		return pgd_addr_end(addr, end);
	if (!folded)
		note_table(tables, VMAVIEW_TABLE_PGD, VMAVIEW_TABLE_P4D, addr, PGDIR_SIZE);
	p4d = READ_ONCE(*p4d_offset(&pgd, addr));
	end = p4d_addr_end(addr, end);
	if (p4d_none(p4d) || unlikely(p4d_bad(p4d)))
		return end;
	note_table(tables, folded ? VMAVIEW_TABLE_PGD : VMAVIEW_TABLE_P4D, VMAVIEW_TABLE_PUD, addr,
		   P4D_SIZE);
	return walk_puds(tables, walk, &p4d, addr, end);
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
