/* SPDX-License-Identifier: GPL-2.0 */
/* program.h - what an architecture keeps of the layout of an address space.  Callers hold mmap_lock. */
#ifndef VMAVIEW_COMPAT_PROGRAM_H
#define VMAVIEW_COMPAT_PROGRAM_H

#include <linux/mm.h>
#include <vmaview.h>

#include "compat/arch/arch.h"

#ifndef VV_LAYOUT

static inline u64 vv_space(const struct mm_struct *mm)
{
	return 0;
}

static inline unsigned long vv_mmap_base(const struct mm_struct *mm)
{
	return mm->mmap_base;
}

static inline u32 vv_mmap_direction(const struct mm_struct *mm)
{
	return 0;
}

static inline bool vv_vdso(struct mm_struct *mm, u64 *start, u64 *end)
{
	*start = *end = 0;
	return false;
}

#endif

#endif
