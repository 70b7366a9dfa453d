/* SPDX-License-Identifier: GPL-2.0 */
/* level.h - the bits of page-table entries by their names, as the architecture defines them. */
#ifndef VMAVIEW_COMPAT_LEVEL_H
#define VMAVIEW_COMPAT_LEVEL_H

#include <linux/mm.h>
#include <linux/pgtable.h>
#include <vmaview.h>

#include "compat/arch/arch.h"
#include "compat/entry.h"
#include "compat/entry_kind.h"

#ifndef vv_level_decode
static inline void vv_level_decode(struct vmaview_level *level, enum vv_entry_kind kind)
{
	pte_t pte = __pte(level->entry);

	level->flags = VMAVIEW_LEVEL_PRESENT;
	if (kind == VV_ENTRY_TABLE)
		return;
	level->flags |= (pte_write(pte) ? VMAVIEW_LEVEL_WRITE : 0) |
			(pte_dirty(pte) ? VMAVIEW_LEVEL_DIRTY : 0) |
			(pte_young(pte) ? VMAVIEW_LEVEL_ACCESSED : 0) |
			(pte_special(pte) ? VMAVIEW_LEVEL_SPECIAL : 0) |
			(vv_pte_uffd(pte) ? VMAVIEW_LEVEL_UFFD_WP : 0) |
			(kind == VV_ENTRY_HUGE ? VMAVIEW_LEVEL_HUGE : 0);
}
#endif

#endif
