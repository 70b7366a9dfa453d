/* SPDX-License-Identifier: GPL-2.0 */
/* x86_layout.h - what x86 keeps of the layout of an address space.  Callers hold mmap_lock. */
#ifndef VMAVIEW_X86_LAYOUT_H
#define VMAVIEW_X86_LAYOUT_H

#include <linux/mm.h>
#include <vmaview.h>

#include <asm/vdso.h>

#ifdef CONFIG_HAVE_ARCH_COMPAT_MMAP_BASES

/* A process of 32 bits maps from bases of its own: get_mmap_base() in arch/x86/mm/mmap.c. */
static inline bool vv_is_compat(const struct mm_struct *mm)
{
	return mm->task_size && mm->task_size <= 1UL << 32;
}

static inline unsigned long vv_mmap_base(const struct mm_struct *mm)
{
	return vv_is_compat(mm) ? mm->mmap_compat_base : mm->mmap_base;
}

static inline unsigned long vv_mmap_legacy_base(const struct mm_struct *mm)
{
	return vv_is_compat(mm) ? mm->mmap_compat_legacy_base : mm->mmap_legacy_base;
}

#else

static inline unsigned long vv_mmap_base(const struct mm_struct *mm)
{
	return mm->mmap_base;
}

static inline unsigned long vv_mmap_legacy_base(const struct mm_struct *mm)
{
	return mm->mmap_legacy_base;
}

#endif

/* arch_pick_mmap_base() makes the two the same for the one direction, on every kernel. */
static inline u32 vv_mmap_direction(const struct mm_struct *mm)
{
	return vv_mmap_base(mm) == vv_mmap_legacy_base(mm) ? VMAVIEW_LAYOUT_MMAP_UP :
							     VMAVIEW_LAYOUT_MMAP_DOWN;
}

/* False where it is not known. */
static inline bool vv_vdso(struct mm_struct *mm, u64 *start, u64 *end)
{
	const struct vdso_image *image = mm->context.vdso_image;

	*start = *end = 0;
	if (!mm->context.vdso || !image)
		return true;
	*start = (unsigned long)mm->context.vdso;
	*end = *start + image->size;
	return true;
}

/* What names an mm for good: init_new_context() counts up, and nothing else writes it. */
static inline u64 vv_space(const struct mm_struct *mm)
{
	return mm->context.ctx_id;
}

#define VV_LAYOUT

#endif
