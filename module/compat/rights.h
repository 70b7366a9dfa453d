/* SPDX-License-Identifier: GPL-2.0 */
/* rights.h - what a thread may do in an area beyond its vm_flags, and what names its address space. */
#ifndef VMAVIEW_COMPAT_RIGHTS_H
#define VMAVIEW_COMPAT_RIGHTS_H

#include <linux/mm.h>
#include <linux/sched.h>
#include <vmaview.h>

#include "compat/arch/arch.h"

#ifndef vv_pkey_allows_read

#ifdef CONFIG_ARCH_HAS_PKEYS
#error "what a thread's protection keys allow is not known here"
#endif

static inline bool vv_pkey_allows_read(struct task_struct *task, struct vm_area_struct *vma)
{
	return true;
}

static inline bool vv_pkey_allows_write(struct task_struct *task, struct vm_area_struct *vma)
{
	return true;
}

#endif

#ifdef VM_SHADOW_STACK
#define VV_VM_SHADOW_STACK	VM_SHADOW_STACK
#else
#define VV_VM_SHADOW_STACK	0
#endif

#ifndef vv_vma_may_read
static inline bool vv_vma_may_read(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_READ;
}
#endif

/* Does the kernel tell a fetch from a read, and ask whether the area may be executed before there is a page? */
#ifndef vv_fetch_is_told
static inline bool vv_fetch_is_told(void)
{
	return true;
}
#endif

static inline bool vv_vma_may_write(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_WRITE && !(vma->vm_flags & VV_VM_SHADOW_STACK);
}

#ifndef vv_asid
static inline enum vmaview_asid vv_asid(struct mm_struct *mm, u64 *asid)
{
	*asid = 0;
	return VMAVIEW_ASID_UNKNOWN;
}
#endif

#endif
