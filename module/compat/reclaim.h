/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reclaim.h - what of an area decides whether its memory can be taken, and which lists a folio is on.  Any context
 * that keeps the file, or the folio.
 */
#ifndef VMAVIEW_COMPAT_RECLAIM_H
#define VMAVIEW_COMPAT_RECLAIM_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>

/* Is anonymous memory here dropped, dirty or not, where other memory is swapped? */
static inline bool vv_is_droppable(vm_flags_t flags)
{
#if HAVE_VM_DROPPABLE
	return flags & VM_DROPPABLE;
#else
	return false;
#endif
}

/* Can what is dirty in this cache ever become clean? */
static inline bool vv_mapping_writes(const struct address_space *mapping)
{
#if HAVE_AOPS_WRITEPAGE
	if (mapping->a_ops->writepage)
		return true;
#endif
	return mapping->a_ops->writepages;
}

/* Where a folio's flags say which generation it is of: nowhere without multi-gen LRU. */
#ifdef CONFIG_LRU_GEN
#define VV_LRU_GEN_MASK	LRU_GEN_MASK
#else
#define VV_LRU_GEN_MASK	0
#endif

/* Is it on a list of multi-gen LRU? */
static inline bool vv_folio_is_in_generation(struct folio *folio)
{
#ifdef CONFIG_LRU_GEN
	return folio_lru_gen(folio) >= 0;
#else
	return false;
#endif
}

#endif
