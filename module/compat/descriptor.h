/* SPDX-License-Identifier: GPL-2.0 */
/* descriptor.h - the segments of a thread, and the LDT of an mm, where the architecture has such things. */
#ifndef VMAVIEW_COMPAT_DESCRIPTOR_H
#define VMAVIEW_COMPAT_DESCRIPTOR_H

#include <linux/sched.h>
#include <vmaview.h>

#include "compat/arch/arch.h"

static inline bool vv_on_cpu(struct task_struct *task)
{
#ifdef CONFIG_SMP
	return READ_ONCE(task->on_cpu);
#else
	return task == current;
#endif
}

#ifndef VV_SEGMENTS
#define VV_SEGMENTS	0
#define VV_TLS_NR	0

static inline void vv_fs(struct vmaview_segment *segment, struct task_struct *task)
{
}

static inline void vv_gs(struct vmaview_segment *segment, struct task_struct *task)
{
}

static inline bool vv_tls(struct vmaview_segment *segment, struct task_struct *task, unsigned int index)
{
	return false;
}
#endif

#ifndef VV_LDT
#define VV_LDT	0

static inline int vv_ldt_lock(struct mm_struct *mm)
{
	return 0;
}

static inline void vv_ldt_unlock(struct mm_struct *mm)
{
}

static inline unsigned int vv_ldt_nr(struct mm_struct *mm)
{
	return 0;
}

static inline bool vv_ldt_is_empty(struct mm_struct *mm, unsigned int index)
{
	return true;
}

static inline void vv_ldt(struct vmaview_segment *segment, struct mm_struct *mm, unsigned int index)
{
}
#endif

#endif
