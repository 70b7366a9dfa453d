/* SPDX-License-Identifier: GPL-2.0 */
/*
 * smaps.h - what the smaps of the running kernel passes over, and what it takes for a page:
 * fs/proc/task_mmu.c.  All of it is asked under the lock of the table that has the entry.
 */
#ifndef VMAVIEW_COMPAT_SMAPS_H
#define VMAVIEW_COMPAT_SMAPS_H

#include <linux/mm.h>

#include "compat/entry.h"

/* Does smaps go by who maps a large folio, as no page of one has a mapcount of its own? */
#define VV_SMAPS_BY_FOLIO	IS_ENABLED(CONFIG_NO_PAGE_MAPCOUNT)

/* Does it look into no area with these flags, not even at pages of its own? */
static inline bool vv_smaps_skips(vm_flags_t flags)
{
	return !HAVE_FOLL_PCI_P2PDMA && flags & VM_PFNMAP;
}

/* Does it pass over a PMD that PROT_NONE, or NUMA balancing, protects? */
static inline bool vv_smaps_skips_pmd(pmd_t pmd)
{
	return !HAVE_FOLL_HONOR_NUMA_FAULT && pmd_protnone(pmd);
}

/* How many pages does it find at one that vv_pmd_special(), though none may be followed from there? */
static inline unsigned long vv_smaps_special_pages(struct vm_area_struct *vma, pmd_t pmd)
{
#if HAVE_PTE_DEVMAP
	bool finds = !HAVE_FOLL_HONOR_NUMA_FAULT || vma->vm_flags & VM_MIXEDMAP;

	if (pmd_devmap(pmd) && finds && !vv_smaps_skips_pmd(pmd))
		return compound_nr(pmd_page(pmd));	/* one, unless the device's pages are large themselves */
#endif
	return 0;
}

#endif
