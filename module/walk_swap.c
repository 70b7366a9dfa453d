// SPDX-License-Identifier: GPL-2.0
/*
 * walk_swap.c - the swapped pages of a shmem file that smaps counts for an area, though no entry of
 * the page table says so: smap_gather_stats() in fs/proc/task_mmu.c.
 *
 * Caller holds mmap_lock, or the area's own lock, which keeps the file.  Takes RCU.
 */
#include <linux/rcupdate.h>
#include <linux/xarray.h>

#include "compat/compat.h"
#include "walk.h"

static pgoff_t file_index(struct vm_area_struct *vma, unsigned long addr)
{
	return vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);
}

/* shmem_partial_swap_usage() is not exported; the span is at most one PMD, so it never reschedules. */
void walk_shmem_swap(struct walk *walk, unsigned long addr, unsigned long end)
{
	struct address_space *mapping = walk->vma->vm_file->f_mapping;
	pgoff_t last = file_index(walk->vma, end) - 1;
	XA_STATE(xas, &mapping->i_pages, file_index(walk->vma, addr));
	unsigned long swapped = 0;
	void *entry;

	rcu_read_lock();
	xas_for_each(&xas, entry, last) {
		walk->work++;
		if (xas_retry(&xas, entry))
			continue;
		if (xa_is_value(entry))
			swapped += 1UL << xas_get_order(&xas);
		if (xas.xa_index == last)
			break;
	}
	rcu_read_unlock();
	walk->area->swap += swapped << PAGE_SHIFT;
}

/* shmem_swap_usage() and its caller. */
void walk_shmem_begin(struct walk *walk)
{
	struct vm_area_struct *vma = walk->vma;
	struct inode *inode;
	unsigned long swapped;

	if (!vv_vma_is_shmem(vma))
		return;
	inode = file_inode(vma->vm_file);
	swapped = READ_ONCE(SHMEM_I(inode)->swapped);
	if (!swapped)
		return;
	if (!(vma->vm_flags & VM_SHARED) && vma->vm_flags & VM_WRITE)
		walk->swap = WALK_SWAP_HOLES;
	else if (!vma->vm_pgoff && vma->vm_end - vma->vm_start >= i_size_read(inode))
		walk->area->swap += swapped << PAGE_SHIFT;
	else
		walk->swap = WALK_SWAP_RANGE;
}
