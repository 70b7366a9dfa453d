/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_level.h - the bits of an entry by their names, arch/arm64/include/asm/pgtable-hwdef.h and -prot.h. */
#ifndef VMAVIEW_ARM64_LEVEL_H
#define VMAVIEW_ARM64_LEVEL_H

#include <linux/pgtable.h>
#include <vmaview.h>

#include "compat/entry_kind.h"

#if HAVE_PTE_UFFD
#define VV_PTE_UFFD	PTE_UFFD
#elif defined(PTE_UFFD_WP)
#define VV_PTE_UFFD	PTE_UFFD_WP
#else
#define VV_PTE_UFFD	0
#endif

#if HAVE_PTE_DEVMAP
#define VV_PTE_DEVMAP	PTE_DEVMAP
#else
#define VV_PTE_DEVMAP	0
#endif

/* The index of the protection key, since v6.12. */
#ifdef PTE_PO_IDX_MASK
#define VV_PTE_PKEY	PTE_PO_IDX_MASK
#else
#define VV_PTE_PKEY	0
#endif

static inline u32 vv_level_table(u64 entry)
{
	return (entry & PTE_VALID ? VMAVIEW_LEVEL_PRESENT : 0) |
	       (entry & PMD_TABLE_PXN ? VMAVIEW_LEVEL_PXN : 0) |
	       (entry & PMD_TABLE_UXN ? VMAVIEW_LEVEL_UXN : 0);
}

/* Whether programs may write is what hardware and software say together: pte_write() and PTE_RDONLY. */
static inline u32 vv_level_rights(u64 entry)
{
	return (entry & PTE_WRITE ? VMAVIEW_LEVEL_WRITE : 0) |
	       (entry & PTE_RDONLY ? VMAVIEW_LEVEL_RDONLY : 0) |
	       (entry & PTE_USER ? VMAVIEW_LEVEL_USER : 0) |
	       (entry & PTE_PXN ? VMAVIEW_LEVEL_PXN : 0) |
	       (entry & PTE_UXN ? VMAVIEW_LEVEL_UXN : 0) |
	       (entry & PTE_GP ? VMAVIEW_LEVEL_GUARDED : 0);
}

static inline u32 vv_level_leaf(u64 entry, enum vv_entry_kind kind)
{
	return (entry & PTE_VALID ? VMAVIEW_LEVEL_PRESENT : VMAVIEW_LEVEL_PROTNONE) |
	       (entry & PTE_AF ? VMAVIEW_LEVEL_ACCESSED : 0) |
	       (pte_dirty(__pte(entry)) ? VMAVIEW_LEVEL_DIRTY : 0) |
	       (entry & PTE_NG ? 0 : VMAVIEW_LEVEL_GLOBAL) |
	       (entry & PTE_CONT ? VMAVIEW_LEVEL_CONTIGUOUS : 0) |
	       (kind == VV_ENTRY_HUGE ? VMAVIEW_LEVEL_HUGE : 0) |
	       (entry & PTE_SPECIAL ? VMAVIEW_LEVEL_SPECIAL : 0) |
	       (entry & VV_PTE_UFFD ? VMAVIEW_LEVEL_UFFD_WP : 0) |
	       (entry & VV_PTE_DEVMAP ? VMAVIEW_LEVEL_DEVMAP : 0);
}

/* The bits that neither of these, nor the address in the entry, accounts for: the kind of memory is among them. */
static inline u64 vv_level_other(u64 entry, enum vv_entry_kind kind)
{
	u64 known = PTE_TYPE_MASK | __phys_to_pte_val(__pte_to_phys(__pte(entry)));

	if (kind == VV_ENTRY_TABLE)
		return entry & ~(known | PMD_TABLE_PXN | PMD_TABLE_UXN);
	known |= PTE_WRITE | PTE_RDONLY | PTE_USER | PTE_PXN | PTE_UXN | PTE_GP | PTE_AF | PTE_DIRTY | PTE_NG |
		 PTE_CONT | PTE_SPECIAL | VV_PTE_UFFD | VV_PTE_DEVMAP | VV_PTE_PKEY;
	return entry & ~known;
}

static inline void vv_level_decode(struct vmaview_level *level, enum vv_entry_kind kind)
{
	level->other = vv_level_other(level->entry, kind);
	if (kind == VV_ENTRY_TABLE) {
		level->flags = vv_level_table(level->entry);
		return;
	}
	level->flags = vv_level_rights(level->entry) | vv_level_leaf(level->entry, kind);
#ifdef PTE_PO_IDX_MASK
	level->pkey = FIELD_GET(PTE_PO_IDX_MASK, level->entry);
#endif
}
#define vv_level_decode vv_level_decode

#endif
