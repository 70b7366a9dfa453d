/* SPDX-License-Identifier: GPL-2.0 */
/* space.h - mm_struct and vm_area_struct in one shape.  Callers hold mmap_lock, or the area's own lock. */
#ifndef VMAVIEW_COMPAT_SPACE_H
#define VMAVIEW_COMPAT_SPACE_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>

/* Does a change of the address space between two holds of mmap_lock always show? */
#if HAVE_MM_LOCK_SEQCOUNT && defined(CONFIG_PER_VMA_LOCK)
#define VV_KNOW_CHANGED	1
#else
#define VV_KNOW_CHANGED	0
#endif

/*
 * A number that differs once mmap_lock was held for writing: mm_lock_seq, which vma_end_write_all()
 * moves.  Without it: counters that most changes of the address space move.
 */
static inline unsigned long vv_mm_sequence(struct mm_struct *mm)
{
#if VV_KNOW_CHANGED
	return READ_ONCE(mm->mm_lock_seq.sequence);
#else
	return mm->total_vm * 31 + mm->data_vm * 17 + mm->exec_vm * 7 + mm->locked_vm * 3 +
	       mm->map_count;
#endif
}

/* Is it held for writing just now, as far as that number says? */
static inline bool vv_mm_is_written(unsigned long sequence)
{
	return VV_KNOW_CHANGED && sequence % 2;
}

static inline bool vv_vma_is_heap(struct vm_area_struct *vma)
{
#if HAVE_VMA_IS_INITIAL_HEAP
	return vma_is_initial_heap(vma);
#else	/* show_map_vma() */
	return vma->vm_start <= vma->vm_mm->brk && vma->vm_end >= vma->vm_mm->start_brk;
#endif
}

static inline bool vv_vma_is_stack(struct vm_area_struct *vma)
{
#if HAVE_VMA_IS_INITIAL_HEAP
	return vma_is_initial_stack(vma);
#else	/* is_stack() in fs/proc/task_mmu.c */
	return vma->vm_start <= vma->vm_mm->start_stack && vma->vm_end >= vma->vm_mm->start_stack;
#endif
}

/* What /proc/PID/maps shows of a file: of the one that the user opened, where it knows. */
static inline const struct path *vv_file_path(struct file *file)
{
#if HAVE_FILE_USER_PATH
	return file_user_path(file);
#else
	return &file->f_path;
#endif
}

static inline const struct inode *vv_file_inode(struct file *file)
{
#if HAVE_FILE_USER_PATH
	return file_user_inode(file);
#else
	return file_inode(file);
#endif
}

/*
 * anon_vma_name() is not exported; its lock is the area's.  Before v6.2 the name lies where an area of a
 * file keeps its place in the file's tree of areas, and is one only where there is no file.
 */
static inline const char *vv_anon_vma_name(struct vm_area_struct *vma)
{
#ifdef CONFIG_ANON_VMA_NAME
	const size_t name = offsetof(struct vm_area_struct, anon_name);

	if (name == offsetof(struct vm_area_struct, shared) && vma->vm_file)
		return NULL;
	return vma->anon_name ? vma->anon_name->name : NULL;
#else
	return NULL;
#endif
}

#endif
