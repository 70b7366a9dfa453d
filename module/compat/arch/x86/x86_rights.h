/* SPDX-License-Identifier: GPL-2.0 */
/* x86_rights.h - protection keys, what may be read at all, and what names an address space. */
#ifndef VMAVIEW_X86_RIGHTS_H
#define VMAVIEW_X86_RIGHTS_H

#include <linux/mm.h>
#include <linux/pkeys.h>
#include <linux/sched.h>
#include <vmaview.h>

#ifdef CONFIG_X86_INTEL_MEMORY_PROTECTION_KEYS

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

#define vv_pkey_allows_read vv_pkey_allows_read
#endif

/* access_error() lets reads through wherever anything is allowed. */
static inline bool vv_vma_may_read(struct vm_area_struct *vma)
{
	return vma_is_accessible(vma);
}
#define vv_vma_may_read vv_vma_may_read

/* Nor does it ask whether they may be executed. */
static inline bool vv_fetch_is_told(void)
{
	return false;
}
#define vv_fetch_is_told vv_fetch_is_told

static inline enum vmaview_asid vv_asid(struct mm_struct *mm, u64 *asid)
{
	*asid = mm->context.ctx_id;
	return VMAVIEW_ASID_X86_CTX;
}
#define vv_asid vv_asid

#endif
