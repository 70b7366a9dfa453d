/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_rights.h - protection keys, what may be read at all, and what names an address space. */
#ifndef VMAVIEW_ARM64_RIGHTS_H
#define VMAVIEW_ARM64_RIGHTS_H

#include <linux/mm.h>
#include <linux/sched.h>
#include <asm/cpufeature.h>
#include <asm/mmu.h>
#include <vmaview.h>

#ifdef CONFIG_ARM64_POE

#include <linux/pkeys.h>
#include <asm/por.h>

/* As on x86: the processor has the rights of who runs, thread_struct those of the others. */
static inline u64 vv_por(struct task_struct *task)
{
	return task == current ? read_sysreg_s(SYS_POR_EL0) : READ_ONCE(task->thread.por_el0);
}

static inline bool vv_pkey_allows_read(struct task_struct *task, struct vm_area_struct *vma)
{
	return !system_supports_poe() || por_elx_allows_read(vv_por(task), vma_pkey(vma));
}

static inline bool vv_pkey_allows_write(struct task_struct *task, struct vm_area_struct *vma)
{
	return !system_supports_poe() || por_elx_allows_write(vv_por(task), vma_pkey(vma));
}

#define vv_pkey_allows_read vv_pkey_allows_read

#endif

/*
 * do_page_fault() in arch/arm64/mm/fault.c: who may write may read, and who may execute, too, where the
 * processor cannot forbid it.
 */
static inline bool vv_vma_may_read(struct vm_area_struct *vma)
{
	unsigned long any = VM_READ | VM_WRITE;

	if (!cpus_have_final_cap(ARM64_HAS_EPAN))
		any |= VM_EXEC;
	return vma->vm_flags & any;
}
#define vv_vma_may_read vv_vma_may_read

static inline enum vmaview_asid vv_asid(struct mm_struct *mm, u64 *asid)
{
	*asid = ASID(mm);
	return *asid ? VMAVIEW_ASID_ARM64 : VMAVIEW_ASID_UNKNOWN;
}
#define vv_asid vv_asid

#endif
