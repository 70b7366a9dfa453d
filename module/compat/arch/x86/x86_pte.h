/* SPDX-License-Identifier: GPL-2.0 */
/* x86_pte.h - entries of the page tables of x86 as words. */
#ifndef VMAVIEW_X86_PTE_H
#define VMAVIEW_X86_PTE_H

#include <linux/pgtable.h>

#include "compat/entry_parts.h"

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

#if HAVE_PTE_DEVMAP
#define VV_PAGE_SPECIAL (_PAGE_SPECIAL | _PAGE_DEVMAP)
#else
#define VV_PAGE_SPECIAL _PAGE_SPECIAL
#endif

/* Entries without the present bit hold their pfn inverted: pgtable-invert.h. */
static __always_inline bool vv_rest_may_have_page(unsigned long rest)
{
	return (rest & (_PAGE_PRESENT | VV_PAGE_SPECIAL)) == _PAGE_PRESENT;
}
#define vv_rest_may_have_page vv_rest_may_have_page

static __always_inline struct vv_pte_parts vv_pte_parts(pte_t pte, unsigned long mask)
{
	unsigned long value = pte_val(pte), address = value & mask;

	return (struct vv_pte_parts){ address, value ^ address };
}

#define vv_pte_frame_mask() PTE_PFN_MASK	/* not a constant, and so read once a table */
#define vv_pte_parts vv_pte_parts

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
