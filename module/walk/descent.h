/* SPDX-License-Identifier: GPL-2.0 */
/*
 * descent.h - the way down through page tables that may vanish: the one recipe, for every walk.
 *
 * Of an area that was found under mmap_lock, or under its own lock, held for reading, the tables down to those of
 * PMDs stay until the lock is dropped: free_pgtables() frees none that an area needs which is in the tree.
 * Outside of areas they do not, so nothing is translated there.  Each entry is read once, what is tested and
 * followed is that copy.
 *
 * A table of PTEs may vanish all the same: khugepaged retracts those of files, and MADV_DONTNEED may free one that
 * it has emptied, both with no more than what we hold.  They clear the PMD entry first, under the PMD's lock and
 * that of the table, and RCU frees the table later.  Hence, in this order (as __pte_offset_map_lock() in
 * mm/pgtable-generic.c, which is not exported):
 *
 * 1. under RCU, read the PMD entry once;
 * 2. a table: take its lock, which RCU keeps;
 *    a huge page, or what is neither none nor present: leave RCU, take the lock of the table of PMDs;
 * 3. look at the PMD entry again: only if it is what it was does that lock protect what was found; else
 *    drop everything, and come again, PMD_TRIES times at most.
 *
 * An entry that is bad is left for its owner: pmd_clear_bad() is not ours to call.
 *
 * Levels that an architecture folds are the entry above, once more.  Where they are folded when the kernel is
 * built, the pointer to the entry serves, so that it may be kept; where at boot, as on arm64, only the _lockless
 * forms take a copy of the entry for what it is: the others would take the stack that it lies on for a page
 * table.
 */
#ifndef VMAVIEW_DESCENT_H
#define VMAVIEW_DESCENT_H

#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "compat/entry.h"
#include "walk/walk.h"
#include "walk/walk_race.h"

/* An entry that keeps changing is given up after so many looks. */
#define PMD_TRIES 64

/*
 * The entry of @addr in the table that an entry names: @xp is where that is, @x its copy, which is neither none
 * nor bad.  Macros, for on some kernels the result lies in @x.
 */
#ifdef __PAGETABLE_P4D_FOLDED
#define descend_pgd(pgdp, pgd, addr) ((void)(pgd), (p4d_t *)(pgdp))
#else
#define descend_pgd(pgdp, pgd, addr) p4d_offset_lockless(pgdp, pgd, addr)
#endif
#ifdef __PAGETABLE_PUD_FOLDED
#define descend_p4d(p4dp, p4d, addr) ((void)(p4d), (pud_t *)(p4dp))
#else
#define descend_p4d(p4dp, p4d, addr) pud_offset_lockless(p4dp, p4d, addr)
#endif
#ifdef __PAGETABLE_PMD_FOLDED
#define descend_pud(pudp, pud, addr) ((void)(pud), (pmd_t *)(pudp))
#else
#define descend_pud(pudp, pud, addr) pmd_offset_lockless(pudp, pud, addr)
#endif

/**
 * descend_to_pud() - the PUD entry of an address
 * @mm: whose; mmap_lock, or the lock of the area that @addr is in, is held for reading
 * @addr: in an area
 * @span: becomes what an entry stands for that is missing above, PGDIR_SIZE or P4D_SIZE
 *
 * Return: the entry, to be read once; NULL where a level above it is missing, or bad.
 */
static __always_inline pud_t *descend_to_pud(struct mm_struct *mm, unsigned long addr, unsigned long *span)
{
	pgd_t *pgdp = pgd_offset(mm, addr), pgd = READ_ONCE(*pgdp);
	p4d_t *p4dp, p4d;

	*span = PGDIR_SIZE;
	if (pgd_none(pgd) || unlikely(pgd_bad(pgd)))
		return NULL;
	p4dp = descend_pgd(pgdp, pgd, addr);
	p4d = READ_ONCE(*p4dp);
	*span = P4D_SIZE;
	if (p4d_none(p4d) || unlikely(p4d_bad(p4d)))
		return NULL;
	return descend_p4d(p4dp, p4d, addr);
}

/** enum pmd_is - what a PMD entry turned out to be, and what is held then */
enum pmd_is {
	PMD_IS_NONE,	/* nothing is held */
	PMD_IS_BAD,	/* nothing is held */
	PMD_IS_TABLE,	/* RCU, and the lock of the table of PTEs */
	PMD_IS_HUGE,	/* present or not: the lock of the table of PMDs */
	PMD_IS_RESTLESS	/* it kept changing, and nothing is held; stats know */
};

/**
 * struct pmd_hold - a PMD entry that was entered
 * @pmd: its copy, which it still is while the lock is held
 * @ptep: of PMD_IS_TABLE, the entry of the address
 * @ptl: the lock
 */
struct pmd_hold {
	pmd_t pmd;
	pte_t *ptep;
	spinlock_t *ptl;
};

/* Under RCU: take the lock of the table.  False, without it, where that is the table no more. */
static __always_inline bool pmd_lock_table(struct walk *walk, pmd_t *pmdp, unsigned long addr,
					   struct pmd_hold *hold)
{
	pmd_t now;

	hold->ptl = pte_lockptr(walk->mm, &hold->pmd);
	hold->ptep = pte_offset_kernel(&hold->pmd, addr);
	spin_lock(hold->ptl);
	now = vv_pmdp_get_lockless(pmdp);
	if (likely(pmd_same(hold->pmd, now)))
		return true;
	spin_unlock(hold->ptl);
	walk_raced(hold->pmd, now);
	return false;
}

/*
 * descent.c: of a huge page, or what is neither none nor present, without RCU.  Return: the lock; NULL, without
 * it, where the entry is @pmd no more.  Seldom, so kept out of what is about tables.
 */
spinlock_t *pmd_lock_huge(struct walk *walk, pmd_t *pmdp, pmd_t pmd);

/*
 * descent.c: the same of a PUD that was a leaf.  Return: the lock, with @pud what it is now; NULL, without it,
 * where that is a leaf no more.
 */
spinlock_t *pud_lock_huge(struct walk *walk, pud_t *pudp, pud_t *pud);

/* One try of pmd_enter(). */
static __always_inline enum pmd_is pmd_try(struct walk *walk, pmd_t *pmdp, unsigned long addr,
					   struct pmd_hold *hold)
{
	walk->entries++;
	walk->work++;
	rcu_read_lock();
	hold->pmd = vv_pmdp_get_lockless(pmdp);
	if (likely(!pmd_bad(hold->pmd))) {	/* a table: anything else is bad as one */
		if (likely(pmd_lock_table(walk, pmdp, addr, hold)))
			return PMD_IS_TABLE;
		rcu_read_unlock();
		return PMD_IS_RESTLESS;
	}
	rcu_read_unlock();
	if (pmd_none(hold->pmd))
		return PMD_IS_NONE;
	if (pmd_present(hold->pmd) && !pmd_leaf(hold->pmd))
		return PMD_IS_BAD;
	hold->ptl = pmd_lock_huge(walk, pmdp, hold->pmd);
	return hold->ptl ? PMD_IS_HUGE : PMD_IS_RESTLESS;
}

/**
 * pmd_enter() - lock what a PMD entry names
 * @walk: counts entries and retries; its mm
 * @pmdp: the entry
 * @addr: an address that it serves
 * @hold: to fill
 *
 * Context: mmap_lock, or the area's own lock, held for reading; takes RCU and page-table locks.
 * Return: what it is, and so what is held: to be given back by pmd_leave().
 */
static __always_inline enum pmd_is pmd_enter(struct walk *walk, pmd_t *pmdp, unsigned long addr,
					     struct pmd_hold *hold)
{
	unsigned int tries = PMD_TRIES;
	enum pmd_is is;

	while ((is = pmd_try(walk, pmdp, addr, hold)) == PMD_IS_RESTLESS) {
		walk->retries++;
		if (!--tries) {
			walk_gave_up();
			break;
		}
	}
	return is;
}

/* Of PMD_IS_TABLE and PMD_IS_HUGE. */
static __always_inline void pmd_leave(const struct pmd_hold *hold, enum pmd_is is)
{
	spin_unlock(hold->ptl);
	if (is == PMD_IS_TABLE)
		rcu_read_unlock();
}

/* The level at which pages of @size have their entry: 2 for a PUD, 1 for a PMD, 0 for a PTE. */
static inline u8 huge_level(unsigned long size)
{
	return size >= PUD_SIZE ? 2 : size >= PMD_SIZE ? 1 : 0;
}

/**
 * struct huge_slot - where a hugetlb page has its entry
 * @ptep: the entry, of whatever level; NULL where a level above it is missing
 * @span: what that missing entry stands for
 * @tables: how many tables below that of P4Ds were found on the way
 */
struct huge_slot {
	pte_t *ptep;
	unsigned long span;
	unsigned int tables;
};

/*
 * descent.c: huge_pte_offset() is not exported: its steps, down to an entry of @level.  The caller holds
 * i_mmap_rwsem of the file for reading, which keeps tables that are shared with other processes, too:
 * huge_pmd_unshare() needs it for writing.  hugetlb's tables do not vanish, but for these.
 */
struct huge_slot descend_to_huge(struct mm_struct *mm, unsigned long addr, u8 level);

#endif
