/* SPDX-License-Identifier: GPL-2.0 */
/* hugetlb.h - what is reserved of huge pages, for whom, and where they lie.  Callers hold mmap_lock. */
#ifndef VMAVIEW_COMPAT_HUGETLB_H
#define VMAVIEW_COMPAT_HUGETLB_H

#include <linux/fs.h>
#include <linux/hugetlb.h>

#ifdef CONFIG_HUGETLB_PAGE

/* Of vm_private_data of a private area; mm/hugetlb.c keeps the names to itself. */
#define VV_RESV_OWNER		1UL	/* its mm called mmap(): the rest is its map of reservations */
#define VV_RESV_UNMAPPED	2UL	/* its owner has taken a page away from it */

/* 0 of a shared area, where vm_private_data is a lock. */
static inline unsigned long vv_resv_private(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_MAYSHARE ? 0 : (unsigned long)READ_ONCE(vma->vm_private_data);
}

/* inode_resv_map() */
static inline struct resv_map *vv_inode_resv_map(struct inode *inode)
{
#if HAVE_HUGETLBFS_RESV_MAP
	return HUGETLBFS_I(inode)->resv_map;
#elif HAVE_MAPPING_I_PRIVATE_DATA
	return inode->i_data.i_private_data;
#else
	return inode->i_data.private_data;
#endif
}

/* vma_resv_map(); NULL where nothing was reserved. */
static inline struct resv_map *vv_resv_map(struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_MAYSHARE)
		return vv_inode_resv_map(vma->vm_file->f_mapping->host);
	return (struct resv_map *)(vv_resv_private(vma) & ~(VV_RESV_OWNER | VV_RESV_UNMAPPED));
}

/* hugetlb_add_to_page_cache(): where the page cache has the huge page that is number @index of its file. */
static inline pgoff_t vv_hugetlb_cache_index(struct hstate *h, pgoff_t index)
{
	return HAVE_HUGETLB_PAGE_INDEX ? index << huge_page_order(h) : index;
}

#endif

#endif
