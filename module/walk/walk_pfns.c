// SPDX-License-Identifier: GPL-2.0
/*
 * walk_pfns.c - a vma in, the page frames that it maps out: to be kept, or compared with those kept.
 *
 * The descent and its locks are those of walk.c, walk_pmd.c and walk_huge.c; the recipe for a table
 * that may vanish stands above walk_table() there.  Only numbers are kept.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "walk/page.h"
#include "walk/walk_pfns.h"
#include "walk/walk_race.h"

/* As PMD_TRIES in walk.c: what keeps changing is passed over, so pages may be missed. */
#define PMD_TRIES 64

/* Pages from @pfn on are mapped from @addr on, up to @end; both in the piece. */
static void note_pfns(struct pfns *pfns, unsigned long pfn, unsigned long addr, unsigned long end)
{
	unsigned int i = (addr - pfns->base) >> PAGE_SHIFT;

	for (; addr < end; addr += PAGE_SIZE, i++, pfn++) {
		if (pfns->filling)
			pfns->pfn[i] = pfn;
		else if (pfns->pfn[i] != pfn)
			continue;
		if (!pfns->found++)
			pfns->first = i;
	}
}

/* vm_normal_page() in mm/memory.c is not exported: the same tests, and never the zero page. */
static void note_pte(struct walk *walk, struct pfns *pfns, pte_t pte, unsigned long addr)
{
	unsigned long pfn;

	if (!pte_present(pte))
		return;
	pfn = pte_pfn(pte);
	if (!is_zero_pfn(pfn) && !vv_pte_special(pte) && page_exists(walk, pfn))
		note_pfns(pfns, pfn, addr, addr + PAGE_SIZE);
}

static bool pfns_table(struct walk *walk, struct pfns *pfns, pmd_t *pmdp, pmd_t pmd,
		       unsigned long addr, unsigned long end)
{
	spinlock_t *ptl = pte_lockptr(walk->mm, &pmd);
	pte_t *ptep = pte_offset_kernel(&pmd, addr);
	pmd_t now;
	bool same;

	spin_lock(ptl);
	now = vv_pmdp_get_lockless(pmdp);
	same = pmd_same(pmd, now);
	if (same) {
		walk->entries += (end - addr) >> PAGE_SHIFT;
		walk->work += (end - addr) >> PAGE_SHIFT;
		for (; addr < end; addr += PAGE_SIZE, ptep++)
			note_pte(walk, pfns, ptep_get(ptep), addr);
	}
	spin_unlock(ptl);
	if (!same)
		walk_raced(pmd, now);
	return same;
}

/* Is this the huge zero page, or no page at all?  As note_huge() in walk_pmd.c finds out. */
static bool is_no_page(struct walk *walk, pmd_t pmd)
{
	unsigned long pfn = pmd_pfn(pmd);

	if (walk->vma->vm_flags & VM_PFNMAP || vv_pmd_special(pmd) || !page_exists(walk, pfn))
		return true;
	return page_is_huge_zero(walk, pfn_to_page(pfn));
}

static bool pfns_huge(struct walk *walk, struct pfns *pfns, pmd_t *pmdp, pmd_t pmd,
		      unsigned long addr, unsigned long end)
{
	spinlock_t *ptl = pmd_lock(walk->mm, pmdp);
	pmd_t now = vv_pmdp_get_lockless(pmdp);
	bool same = pmd_same(pmd, now);

	if (same && pmd_present(pmd) && !is_no_page(walk, pmd))
		note_pfns(pfns, pmd_pfn(pmd) + ((addr & ~PMD_MASK) >> PAGE_SHIFT), addr, end);
	spin_unlock(ptl);
	if (!same)
		walk_raced(pmd, now);
	return same;
}

/* The part of the piece below one PMD entry. Return: false to come again. */
static bool pfns_pmd(struct walk *walk, struct pfns *pfns, pmd_t *pmdp, unsigned long addr,
		     unsigned long end)
{
	bool done = true;
	pmd_t pmd;

	walk->entries++;
	walk->work++;
	rcu_read_lock();
	pmd = vv_pmdp_get_lockless(pmdp);
	if (pmd_none(pmd)) {
		rcu_read_unlock();
		return true;
	}
	if (pmd_present(pmd) && !pmd_leaf(pmd)) {
		if (likely(!pmd_bad(pmd)))
			done = pfns_table(walk, pfns, pmdp, pmd, addr, end);
		rcu_read_unlock();
		return done;
	}
	rcu_read_unlock();
	return pfns_huge(walk, pfns, pmdp, pmd, addr, end);
}

/* One PMD entry, or a level above it that is missing. Return: the address to go on from. */
static unsigned long pfns_step(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end)
{
	pgd_t pgd = READ_ONCE(*pgd_offset(walk->mm, addr));
	pmd_t *pmdp;
	p4d_t p4d;
	pud_t pud;
	int tries;

	walk->entries++;
	walk->work++;
	if (pgd_none(pgd) || unlikely(pgd_bad(pgd)))
		return pgd_addr_end(addr, end);
	p4d = READ_ONCE(*p4d_offset(&pgd, addr));
	if (p4d_none(p4d) || unlikely(p4d_bad(p4d)))
		return p4d_addr_end(addr, end);
	pud = READ_ONCE(*pud_offset(&p4d, addr));
	/* A huge one is a device's here: see note_huge_pud() in walk.c. */
	if (!pud_present(pud) || vv_pud_leaf(pud) || unlikely(pud_bad(pud)))
		return pud_addr_end(addr, end);
	pmdp = pmd_offset(&pud, addr);
	end = min(pmd_addr_end(addr, end), pfns->base + PFNS_BYTES);
	for (tries = 0; tries < PMD_TRIES; tries++) {
		if (pfns_pmd(walk, pfns, pmdp, addr, end))
			return end;
		walk->retries++;
	}
	walk_gave_up();
	return end;
}

#ifdef CONFIG_HUGETLB_PAGE

/* As huge_entry() in walk_huge.c. */
static pte_t *huge_entry(struct walk *walk, unsigned long addr, unsigned long size)
{
	pgd_t pgd = READ_ONCE(*pgd_offset(walk->mm, addr));
	p4d_t p4d;
	pud_t pud;
	pmd_t pmd;

	if (pgd_none(pgd) || pgd_bad(pgd))
		return NULL;
	p4d = READ_ONCE(*p4d_offset(&pgd, addr));
	if (p4d_none(p4d) || p4d_bad(p4d))
		return NULL;
	if (size >= PUD_SIZE)
		return (pte_t *)pud_offset(&p4d, addr);
	pud = READ_ONCE(*pud_offset(&p4d, addr));
	if (pud_none(pud) || vv_pud_leaf(pud) || pud_bad(pud))
		return NULL;
	if (size >= PMD_SIZE)
		return (pte_t *)pmd_offset(&pud, addr);
	pmd = READ_ONCE(*pmd_offset(&pud, addr));
	if (pmd_none(pmd) || pmd_leaf(pmd) || pmd_bad(pmd))
		return NULL;
	return pte_offset_kernel(&pmd, addr);
}

/* The part of the piece in one page of hugetlb. */
static unsigned long pfns_huge_step(struct walk *walk, struct pfns *pfns, unsigned long addr,
				    unsigned long end)
{
	struct hstate *h = hstate_vma(walk->vma);
	unsigned long offset = addr & (huge_page_size(h) - 1);
	pte_t *ptep = huge_entry(walk, addr, huge_page_size(h));
	spinlock_t *ptl;
	pte_t pte;

	walk->entries++;
	walk->work++;
	end = min(walk_entry_end(addr, end, huge_page_size(h)), pfns->base + PFNS_BYTES);
	if (!ptep)
		return end;
	ptl = huge_pte_lockptr(h, walk->mm, ptep);
	spin_lock(ptl);
	pte = ptep_get(ptep);
	if (pte_present(pte) && page_exists(walk, pte_pfn(pte)))
		note_pfns(pfns, pte_pfn(pte) + (offset >> PAGE_SHIFT), addr, end);
	spin_unlock(ptl);
	return end;
}

#else

static unsigned long pfns_huge_step(struct walk *walk, struct pfns *pfns, unsigned long addr,
				    unsigned long end)
{
	return end;
}

#endif

static unsigned long pfns_any_step(struct walk *walk, struct pfns *pfns, unsigned long addr,
				   unsigned long end)
{
	struct address_space *mapping;

	if (!is_vm_hugetlb_page(walk->vma))
		return pfns_step(walk, pfns, addr, end);
	mapping = walk->vma->vm_file->f_mapping;
	i_mmap_lock_read(mapping);	/* see walk_huge.c */
	addr = pfns_huge_step(walk, pfns, addr, end);
	i_mmap_unlock_read(mapping);
	return addr;
}

unsigned long walk_pfns_fill(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end)
{
	lockdep_assert_held(&walk->mm->mmap_lock);
	memset(pfns->pfn, 0xff, sizeof(pfns->pfn));	/* PFNS_NONE */
	pfns->filling = true;
	pfns->found = 0;
	do {
		if (!pfns->found)
			pfns->base = addr;
		addr = pfns_any_step(walk, pfns, addr, end);
	} while (addr < end && (!pfns->found || addr - pfns->base < PFNS_BYTES) && !walk_time_is_up(walk));
	pfns->filling = false;
	return addr;
}

void walk_pfns_match(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end)
{
	lockdep_assert_held(&walk->mm->mmap_lock);
	while (addr < end)
		addr = pfns_any_step(walk, pfns, addr, end);
}
