/* SPDX-License-Identifier: GPL-2.0 */
/* x86_pte.h - entries of the page tables of x86 as words. */
#ifndef VMAVIEW_X86_PTE_H
#define VMAVIEW_X86_PTE_H

#include <linux/pgtable.h>

#ifdef CONFIG_X86_64
/* None is the same at all levels, so it is of all words together. */
static __always_inline bool vv_step_is_none(const void *entries)
{
	const unsigned long *word = entries;

	return !((READ_ONCE(word[0]) | READ_ONCE(word[1]) | READ_ONCE(word[2]) | READ_ONCE(word[3]) |
		  READ_ONCE(word[4]) | READ_ONCE(word[5]) | READ_ONCE(word[6]) | READ_ONCE(word[7])) &
		 ~_PAGE_KNL_ERRATUM_MASK);
}
#define vv_step_is_none vv_step_is_none
#endif

/* Entries without the present bit hold their pfn inverted: pgtable-invert.h. */
static inline bool vv_pte_is_plain(pte_t pte)
{
	return pte_flags(pte) & _PAGE_PRESENT;
}

static __always_inline unsigned long vv_pte_place(pte_t pte, unsigned int order)
{
	return pte_val(pte) >> PAGE_SHIFT & ((1UL << order) - 1);
}

/* All of an entry but its pfn. */
static __always_inline unsigned long vv_pte_flags(pte_t pte)
{
	return pte_flags(pte);
}

static __always_inline unsigned long vv_pte_kind(pte_t pte, unsigned int order)
{
	return pte_val(pte) & ~(((1UL << order) - 1) << PAGE_SHIFT);
}

#define VV_PTE_PARTS

/* There is no pmd_exec(). */
static inline bool vv_pte_exec(pte_t pte)
{
	return pte_exec(pte);
}

static inline bool vv_pmd_exec(pmd_t pmd)
{
	return !(pmd_flags(pmd) & _PAGE_NX);
}
#define vv_pte_exec vv_pte_exec

#endif
