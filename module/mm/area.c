// SPDX-License-Identifier: GPL-2.0
/*
 * area.c - a vm_area_struct in, the facts of an area out: show_map_vma() and show_smap() in
 * fs/proc/task_mmu.c.  Caller holds mmap_lock, or the area's own lock, for reading.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/kdev_t.h>

#include "compat/compat.h"
#include "mm/area.h"

void area_identify(struct area_identity *identity, struct vm_area_struct *vma)
{
	*identity = (struct area_identity){
		.start = vma->vm_start,
		.end = vma->vm_end,
		.flags = vma->vm_flags,
		.pgoff = vma->vm_pgoff,
		.file = vma->vm_file,
		.ops = vma->vm_ops,
	};
}

bool area_is(const struct area_identity *identity, struct vm_area_struct *vma)
{
	return identity->start == vma->vm_start && identity->end == vma->vm_end &&
	       identity->flags == vma->vm_flags && identity->pgoff == vma->vm_pgoff &&
	       identity->file == vma->vm_file && identity->ops == vma->vm_ops;
}

static void fill_file(struct vmaview_area *area, struct vm_area_struct *vma)
{
	const struct inode *inode = vv_file_inode(vma->vm_file);

	area->dev_major = MAJOR(inode->i_sb->s_dev);
	area->dev_minor = MINOR(inode->i_sb->s_dev);
	area->inode = inode->i_ino;
	area->offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
}

void area_fill(struct vmaview_area *area, struct vm_area_struct *vma)
{
	*area = (struct vmaview_area){
		.start = vma->vm_start,
		.end = vma->vm_end,
		.vm_flags = vma->vm_flags,
		.kernel_page_size = area_page_size(vma),
	};
	/* vma_mmu_pagesize() is not exported; it differs on powerpc only. */
	area->mmu_page_size = area->kernel_page_size;
	area_fill_perms(area->perms, vma->vm_flags);
	if (vma->vm_file)
		fill_file(area, vma);
}

static const char *with_anon_name(const char *format, const char *name, char *scratch)
{
	snprintf(scratch, PATH_MAX, format, name);
	return scratch;
}

static const char *file_name(struct vm_area_struct *vma, char *scratch)
{
	const char *anon_name = vv_anon_vma_name(vma);

	if (anon_name)
		return with_anon_name("[anon_shmem:%s]", anon_name, scratch);
	return d_path(vv_file_path(vma->vm_file), scratch, PATH_MAX);
}

/* get_vma_name(); arch_vma_name() is not exported, and names nothing but the gate area today. */
const char *area_name(struct vm_area_struct *vma, char *scratch)
{
	const char *name = NULL;

	if (vma->vm_file)
		return file_name(vma, scratch);
	if (vma->vm_ops && vma->vm_ops->name)
		name = vma->vm_ops->name(vma);
	if (name)
		return name;
	if (vv_vma_is_heap(vma))
		return "[heap]";
	if (vv_vma_is_stack(vma))
		return "[stack]";
	name = vv_anon_vma_name(vma);
	return name ? with_anon_name("[anon:%s]", name, scratch) : NULL;
}
