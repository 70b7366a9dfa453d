// SPDX-License-Identifier: GPL-2.0
/* layout.c - an mm and a task in, the fields of a LAYOUT record out. */
#include <linux/mm.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "mm/layout.h"
#include "mm/target.h"

static void fill_program(struct vmaview_layout *layout, struct mm_struct *mm)
{
	layout->start_code = mm->start_code;
	layout->end_code = mm->end_code;
	layout->start_data = mm->start_data;
	layout->end_data = mm->end_data;
	layout->start_brk = mm->start_brk;
	layout->brk = mm->brk;
	layout->start_stack = mm->start_stack;
	layout->arg_start = mm->arg_start;
	layout->arg_end = mm->arg_end;
	layout->env_start = mm->env_start;
	layout->env_end = mm->env_end;
}

static void fill_stack(struct vmaview_layout *layout, struct mm_struct *mm)
{
	struct vm_area_struct *vma = find_vma(mm, layout->start_stack);

	if (!vma || vma->vm_start > layout->start_stack)
		return;
	layout->stack_start = vma->vm_start;
	layout->stack_end = vma->vm_end;
	layout->flags |= VMAVIEW_LAYOUT_STACK;
	if (vma->vm_flags & VM_GROWSDOWN)
		layout->flags |= VMAVIEW_LAYOUT_STACK_DOWN;
}

void layout_fill_mm(struct vmaview_layout *layout, struct mm_struct *mm)
{
	lockdep_assert_held(&mm->mmap_lock);
	spin_lock(&mm->arg_lock);
	fill_program(layout, mm);
	spin_unlock(&mm->arg_lock);
	fill_stack(layout, mm);
	layout->task_size = target_end(mm);
	layout->mmap_base = vv_mmap_base(mm);
	layout->flags |= vv_mmap_direction(mm);
	if (vv_vdso(mm, &layout->vdso_start, &layout->vdso_end))
		layout->flags |= VMAVIEW_LAYOUT_VDSO;
}

void layout_fill_limits(struct vmaview_layout *layout, struct task_struct *task)
{
	layout->stack_limit = task_rlimit(task, RLIMIT_STACK);
	layout->data_limit = task_rlimit(task, RLIMIT_DATA);
}
