// SPDX-License-Identifier: GPL-2.0
/*
 * walk_pfns.c - a vma in, the page frames that it maps out: to be kept, or compared with those kept.
 *
 * The way down and its locks are those of descent.h.  Only numbers are kept.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "walk/descent.h"
#include "walk/page.h"
#include "walk/walk_pfns.h"

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

static void note_ptes(struct walk *walk, struct pfns *pfns, pte_t *ptep, unsigned long addr, unsigned long end)
{
	walk->entries += (end - addr) >> PAGE_SHIFT;
	walk->work += (end - addr) >> PAGE_SHIFT;
	for (; addr < end; addr += PAGE_SIZE, ptep++)
		note_pte(walk, pfns, ptep_get(ptep), addr);
}

/* Is this the huge zero page, or no page at all?  As note_huge() in walk_pmd.c finds out. */
static bool is_no_page(struct walk *walk, pmd_t pmd)
{
	unsigned long pfn = pmd_pfn(pmd);

	if (walk->vma->vm_flags & VM_PFNMAP || vv_pmd_special(pmd) || !page_exists(walk, pfn))
		return true;
	return page_is_huge_zero(walk, pfn_to_page(pfn));
}

static void note_huge(struct walk *walk, struct pfns *pfns, pmd_t pmd, unsigned long addr, unsigned long end)
{
	if (pmd_present(pmd) && !is_no_page(walk, pmd))
		note_pfns(pfns, pmd_pfn(pmd) + ((addr & ~PMD_MASK) >> PAGE_SHIFT), addr, end);
}

/* The part of the piece below one PMD entry; what keeps changing is passed over, so pages may be missed. */
static void pfns_pmd(struct walk *walk, struct pfns *pfns, pmd_t *pmdp, unsigned long addr,
		     unsigned long end)
{
	struct pmd_hold hold;
	enum pmd_is is = pmd_enter(walk, pmdp, addr, &hold);

	if (is == PMD_IS_TABLE)
		note_ptes(walk, pfns, hold.ptep, addr, end);
	else if (is == PMD_IS_HUGE)
		note_huge(walk, pfns, hold.pmd, addr, end);
	else
		return;
	pmd_leave(&hold, is);
}

/* One PMD entry, or a level above it that is missing. Return: the address to go on from. */
static unsigned long pfns_step(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end)
{
	unsigned long span;
	pud_t *pudp = descend_to_pud(walk->mm, addr, &span), pud;

	walk->entries++;
	walk->work++;
	if (!pudp)
		return walk_entry_end(addr, end, span);
	pud = READ_ONCE(*pudp);
	/* A huge one is a device's here: see note_huge_pud() in walk_span.c. */
	if (!pud_present(pud) || vv_pud_leaf(pud) || unlikely(pud_bad(pud)))
		return pud_addr_end(addr, end);
	end = min(pmd_addr_end(addr, end), pfns->base + PFNS_BYTES);
	pfns_pmd(walk, pfns, descend_pud(pudp, pud, addr), addr, end);
	return end;
}

#ifdef CONFIG_HUGETLB_PAGE

/* The part of the piece in one page of hugetlb. */
static unsigned long pfns_huge_step(struct walk *walk, struct pfns *pfns, unsigned long addr,
				    unsigned long end)
{
	struct hstate *h = hstate_vma(walk->vma);
	unsigned long offset = addr & (huge_page_size(h) - 1);
	pte_t *ptep = descend_to_huge(walk->mm, addr, huge_level(huge_page_size(h))).ptep;
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
