/* SPDX-License-Identifier: GPL-2.0 */
/* x86_level.h - the bits of an entry by their names; some of them are there since some kernel only. */
#ifndef VMAVIEW_X86_LEVEL_H
#define VMAVIEW_X86_LEVEL_H

#include <linux/pgtable.h>
#include <vmaview.h>

#include "compat/entry_kind.h"

#if HAVE_PTE_UFFD
#define VV_PAGE_UFFD	_PAGE_UFFD
#else
#define VV_PAGE_UFFD	_PAGE_UFFD_WP
#endif

#if HAVE_PTE_DEVMAP
#define VV_PAGE_DEVMAP	_PAGE_DEVMAP
#else
#define VV_PAGE_DEVMAP	0
#endif

/* Since v6.6: v6.1 has no such bit. */
#ifdef _PAGE_BIT_SAVED_DIRTY
#define VV_PAGE_SAVED_DIRTY	(1ULL << _PAGE_BIT_SAVED_DIRTY)
#else
#define VV_PAGE_SAVED_DIRTY	0
#endif

#define VV_PAGE_PKEY \
	(_PAGE_PKEY_BIT0 | _PAGE_PKEY_BIT1 | _PAGE_PKEY_BIT2 | _PAGE_PKEY_BIT3)

/* What the bits of a table entry and of a leaf have in common. */
static inline u32 vv_level_common(u64 entry)
{
	return (entry & _PAGE_PRESENT ? VMAVIEW_LEVEL_PRESENT : 0) |
	       (entry & _PAGE_RW ? VMAVIEW_LEVEL_WRITE : 0) |
	       (entry & _PAGE_USER ? VMAVIEW_LEVEL_USER : 0) |
	       (entry & _PAGE_PWT ? VMAVIEW_LEVEL_WRITE_THROUGH : 0) |
	       (entry & _PAGE_PCD ? VMAVIEW_LEVEL_CACHE_DISABLE : 0) |
	       (entry & _PAGE_ACCESSED ? VMAVIEW_LEVEL_ACCESSED : 0) |
	       (entry & _PAGE_DIRTY ? VMAVIEW_LEVEL_DIRTY : 0) |
	       (entry & _PAGE_NX ? VMAVIEW_LEVEL_NX : 0);
}

static inline u32 vv_level_leaf(u64 entry, enum vv_entry_kind kind)
{
	u64 pat = kind == VV_ENTRY_PAGE ? _PAGE_PAT : _PAGE_PAT_LARGE;
	u32 global = entry & _PAGE_PRESENT ? VMAVIEW_LEVEL_GLOBAL : VMAVIEW_LEVEL_PROTNONE;

	return (entry & _PAGE_GLOBAL ? global : 0) |
	       (entry & pat ? VMAVIEW_LEVEL_PAT : 0) |
	       (kind == VV_ENTRY_HUGE && entry & _PAGE_PSE ? VMAVIEW_LEVEL_HUGE : 0) |
	       (entry & _PAGE_SPECIAL ? VMAVIEW_LEVEL_SPECIAL : 0) |
	       (entry & VV_PAGE_UFFD ? VMAVIEW_LEVEL_UFFD_WP : 0) |
	       (entry & _PAGE_SOFT_DIRTY ? VMAVIEW_LEVEL_SOFT_DIRTY : 0) |
	       (entry & VV_PAGE_SAVED_DIRTY ? VMAVIEW_LEVEL_SAVED_DIRTY : 0) |
	       (entry & VV_PAGE_DEVMAP ? VMAVIEW_LEVEL_DEVMAP : 0);
}

/* The bits that neither of the two, nor the address in the entry, accounts for. */
static inline u64 vv_level_other(u64 entry, enum vv_entry_kind kind)
{
	u64 known = _PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_PWT | _PAGE_PCD | _PAGE_ACCESSED |
		    _PAGE_DIRTY | _PAGE_NX | PTE_PFN_MASK;

	if (kind != VV_ENTRY_TABLE)
		known |= _PAGE_GLOBAL | _PAGE_PAT | _PAGE_SPECIAL | VV_PAGE_UFFD | _PAGE_SOFT_DIRTY |
			 VV_PAGE_SAVED_DIRTY | VV_PAGE_DEVMAP | VV_PAGE_PKEY;
	return entry & ~known;
}

static inline void vv_level_decode(struct vmaview_level *level, enum vv_entry_kind kind)
{
	level->flags = vv_level_common(level->entry);
	level->other = vv_level_other(level->entry, kind);
	if (kind == VV_ENTRY_TABLE)
		return;
	level->flags |= vv_level_leaf(level->entry, kind);
	level->pkey = (level->entry & VV_PAGE_PKEY) >> _PAGE_BIT_PKEY_BIT0;
}
#define vv_level_decode vv_level_decode

#endif
