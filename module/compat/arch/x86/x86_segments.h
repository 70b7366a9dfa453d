/* SPDX-License-Identifier: GPL-2.0 */
/*
 * x86_segments.h - the segments of x86, as the kernel keeps them for a thread that is not on a CPU.
 *
 * x86_fsbase_read_task() and its like are not exported: their steps.
 */
#ifndef VMAVIEW_X86_SEGMENTS_H
#define VMAVIEW_X86_SEGMENTS_H

#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <vmaview.h>

#ifdef CONFIG_X86_64

#define VV_SEGMENTS	1
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/segment.h>

static inline void vv_descriptor(struct vmaview_segment *segment, const struct desc_struct *desc)
{
	u64 raw;

	BUILD_BUG_ON(sizeof(raw) != sizeof(*desc));
	memcpy(&raw, desc, sizeof(raw));
	segment->base = get_desc_base(desc);
	segment->limit = get_desc_limit(desc);
	if (desc->g)	/* in units of 4 KiB */
		segment->limit = segment->limit << 12 | 0xfff;
	segment->access = raw >> 40 & 0xf0ff;
}

static inline bool vv_descriptor_empty(const struct desc_struct *desc)
{
	return desc_empty(desc);
}

/* The base that @saved and @selector stand for: x86_fsbase_read_task(), x86_fsgsbase_read_task(). */
static inline void vv_base(struct vmaview_segment *segment, struct task_struct *task,
			   unsigned short selector, unsigned long saved)
{
	unsigned int index = selector >> 3;

	segment->selector = selector;
	segment->limit = ~0ULL;
	if (boot_cpu_has(X86_FEATURE_FSGSBASE) || !selector)
		segment->base = saved;
	else if (selector & SEGMENT_TI_MASK)
		segment->flags |= VMAVIEW_SEGMENT_NO_BASE;
	else if (index >= GDT_ENTRY_TLS_MIN && index <= GDT_ENTRY_TLS_MAX)
		segment->base = get_desc_base(&task->thread.tls_array[index - GDT_ENTRY_TLS_MIN]);
}

static inline void vv_fs(struct vmaview_segment *segment, struct task_struct *task)
{
	vv_base(segment, task, READ_ONCE(task->thread.fsindex), READ_ONCE(task->thread.fsbase));
}

static inline void vv_gs(struct vmaview_segment *segment, struct task_struct *task)
{
	vv_base(segment, task, READ_ONCE(task->thread.gsindex), READ_ONCE(task->thread.gsbase));
}

#define VV_TLS_NR	GDT_ENTRY_TLS_ENTRIES

/* The thread may be writing it, field by field and without a lock: set_tls_desc(). */
static inline struct desc_struct vv_tls_descriptor(struct task_struct *task, unsigned int index)
{
	const u64 *descriptor = (const u64 *)&task->thread.tls_array[index];
	struct desc_struct desc;
	u64 last, raw = READ_ONCE(*descriptor);
	int tries = 8;

	do {
		last = raw;
		cpu_relax();
		raw = READ_ONCE(*descriptor);
	} while (raw != last && --tries);
	memcpy(&desc, &raw, sizeof(desc));
	return desc;
}

/* False where the thread has no descriptor there. */
static inline bool vv_tls(struct vmaview_segment *segment, struct task_struct *task, unsigned int index)
{
	struct desc_struct desc = vv_tls_descriptor(task, index);

	if (vv_descriptor_empty(&desc))
		return false;
	vv_descriptor(segment, &desc);
	segment->selector = (GDT_ENTRY_TLS_MIN + index) << 3 | 3;
	return true;
}

#ifdef CONFIG_MODIFY_LDT_SYSCALL
#define VV_LDT	1
#include <linux/rwsem.h>
#include <asm/mmu_context.h>

/*
 * As read_ldt() in arch/x86/kernel/ldt.c, but whoever waits can be interrupted.  Not under mmap_lock:
 * read_ldt() may fault while it holds this.  The table itself lives as long as mm_count does, see
 * destroy_context_ldt().
 */
static inline int vv_ldt_lock(struct mm_struct *mm)
{
	return down_read_interruptible(&mm->context.ldt_usr_sem);
}

static inline void vv_ldt_unlock(struct mm_struct *mm)
{
	up_read(&mm->context.ldt_usr_sem);
}

static inline unsigned int vv_ldt_nr(struct mm_struct *mm)
{
	return mm->context.ldt ? mm->context.ldt->nr_entries : 0;
}

static inline bool vv_ldt_is_empty(struct mm_struct *mm, unsigned int index)
{
	return vv_descriptor_empty(&mm->context.ldt->entries[index]);
}

static inline void vv_ldt(struct vmaview_segment *segment, struct mm_struct *mm, unsigned int index)
{
	vv_descriptor(segment, &mm->context.ldt->entries[index]);
	segment->selector = index << 3 | SEGMENT_LDT | 3;
}
#endif

#endif /* CONFIG_X86_64 */

#endif
