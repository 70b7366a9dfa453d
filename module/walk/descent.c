// SPDX-License-Identifier: GPL-2.0
/* descent.c - what the way down seldom needs: huge pages.  Locks: see descent.h. */
#include "walk/descent.h"

spinlock_t *pmd_lock_huge(struct walk *walk, pmd_t *pmdp, pmd_t pmd)
{
	spinlock_t *ptl = pmd_lock(walk->mm, pmdp);
	pmd_t now = vv_pmdp_get_lockless(pmdp);

	if (likely(pmd_same(pmd, now)))
		return ptl;
	spin_unlock(ptl);
	walk_raced(pmd, now);
	return NULL;
}

spinlock_t *pud_lock_huge(struct walk *walk, pud_t *pudp, pud_t *pud)
{
	spinlock_t *ptl = pud_lock(walk->mm, pudp);

	*pud = READ_ONCE(*pudp);
	if (likely(vv_pud_leaf(*pud)))
		return ptl;
	spin_unlock(ptl);
	return NULL;
}

/* The rest of descend_to_huge(), below a PUD entry. */
static void below_pud(struct huge_slot *slot, pud_t *pudp, unsigned long addr, u8 level)
{
	pud_t pud = READ_ONCE(*pudp);
	pmd_t *pmdp, pmd;

	slot->span = PUD_SIZE;
	if (pud_none(pud) || vv_pud_leaf(pud) || pud_bad(pud))
		return;
	slot->tables++;
	pmdp = descend_pud(pudp, pud, addr);
	if (level == 1) {
		slot->ptep = (pte_t *)pmdp;
		return;
	}
	pmd = READ_ONCE(*pmdp);
	slot->span = PMD_SIZE;
	if (pmd_none(pmd) || pmd_leaf(pmd) || pmd_bad(pmd))
		return;
	slot->tables++;
	slot->ptep = pte_offset_kernel(&pmd, addr);
}

struct huge_slot descend_to_huge(struct mm_struct *mm, unsigned long addr, u8 level)
{
	struct huge_slot slot = { NULL };
	pud_t *pudp = descend_to_pud(mm, addr, &slot.span);

	if (!pudp)
		return slot;
	slot.tables = 1;
	if (level == 2)
		slot.ptep = (pte_t *)pudp;
	else
		below_pud(&slot, pudp, addr, level);
	return slot;
}
