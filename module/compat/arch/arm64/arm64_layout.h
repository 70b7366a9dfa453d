/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_layout.h - what arm64 keeps of the layout of an address space.  Callers hold mmap_lock. */
#ifndef VMAVIEW_ARM64_LAYOUT_H
#define VMAVIEW_ARM64_LAYOUT_H

#include <linux/mm.h>
#include <linux/sched/coredump.h>
#include <vmaview.h>

static inline unsigned long vv_mmap_base(const struct mm_struct *mm)
{
	return mm->mmap_base;
}

/*
 * arch_pick_mmap_layout() in mm/util.c says which by a flag.  Older kernels say it by a function of theirs
 * that no module can name: there it stays unknown.
 */
static inline u32 vv_mmap_direction(const struct mm_struct *mm)
{
#ifndef MMF_TOPDOWN
	return 0;
#elif HAVE_MM_FLAGS_TEST
	return mm_flags_test(MMF_TOPDOWN, mm) ? VMAVIEW_LAYOUT_MMAP_DOWN : VMAVIEW_LAYOUT_MMAP_UP;
#else
	return test_bit(MMF_TOPDOWN, &mm->flags) ? VMAVIEW_LAYOUT_MMAP_DOWN : VMAVIEW_LAYOUT_MMAP_UP;
#endif
}

/*
 * False where it is not known.  How many pages the vdso has is the kernel's own, but its area has just these:
 * __setup_additional_pages() in arch/arm64/kernel/vdso.c.
 */
static inline bool vv_vdso(struct mm_struct *mm, u64 *start, u64 *end)
{
	struct vm_area_struct *vma;

	*start = *end = 0;
	if (!mm->context.vdso)
		return true;
	vma = find_vma(mm, (unsigned long)mm->context.vdso);
	if (!vma || vma->vm_start != (unsigned long)mm->context.vdso)
		return false;
	*start = vma->vm_start;
	*end = vma->vm_end;
	return true;
}

/* What names an mm for good: nothing does; an ASID is given anew. */
static inline u64 vv_space(const struct mm_struct *mm)
{
	return 0;
}

#define VV_LAYOUT

#endif
