/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim.h - what of an area decides whether its memory can be taken.  Any context that keeps the file. */
#ifndef VMAVIEW_COMPAT_RECLAIM_H
#define VMAVIEW_COMPAT_RECLAIM_H

#include <linux/fs.h>
#include <linux/mm.h>

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

#endif
