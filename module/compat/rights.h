/* SPDX-License-Identifier: GPL-2.0 */
/* rights.h - what a thread may do in an area beyond its vm_flags, and what names its address space. */
#ifndef VMAVIEW_COMPAT_RIGHTS_H
#define VMAVIEW_COMPAT_RIGHTS_H

#include <linux/mm.h>
#include <linux/pkeys.h>
#include <linux/sched.h>
#include <vmaview.h>

#if defined(CONFIG_X86_INTEL_MEMORY_PROTECTION_KEYS)

#include <asm/pkru.h>

/*
 * The processor has the rights of the thread that runs on it; those of others are where switch_to()
 * put them.  Where no protection keys are in use, all is allowed.
 */
static inline u32 vv_pkru(struct task_struct *task)
{
	if (!cpu_feature_enabled(X86_FEATURE_OSPKE))
		return 0;
	return task == current ? read_pkru() : READ_ONCE(task->thread.pkru);
}

static inline bool vv_pkey_allows_read(struct task_struct *task, struct vm_area_struct *vma)
{
	return __pkru_allows_read(vv_pkru(task), vma_pkey(vma));
}

static inline bool vv_pkey_allows_write(struct task_struct *task, struct vm_area_struct *vma)
{
	return __pkru_allows_write(vv_pkru(task), vma_pkey(vma));
}

#elif defined(CONFIG_ARCH_HAS_PKEYS)
#error "what a thread's protection keys allow is not known here"
#else

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

/* access_error() of x86 lets reads through wherever anything is allowed; others want VM_READ. */
static inline bool vv_vma_may_read(struct vm_area_struct *vma)
{
#ifdef CONFIG_X86
	return vma_is_accessible(vma);
#else
	return vma->vm_flags & VM_READ;
#endif
}

static inline bool vv_vma_may_write(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_WRITE && !(vma->vm_flags & VV_VM_SHADOW_STACK);
}

static inline enum vmaview_asid vv_asid(struct mm_struct *mm, u64 *asid)
{
#if defined(CONFIG_X86)
	*asid = mm->context.ctx_id;
	return VMAVIEW_ASID_X86_CTX;
#elif defined(CONFIG_ARM64)
	*asid = ASID(mm);
	return *asid ? VMAVIEW_ASID_ARM64 : VMAVIEW_ASID_UNKNOWN;
#else
	*asid = 0;
	return VMAVIEW_ASID_UNKNOWN;
#endif
}

#endif
