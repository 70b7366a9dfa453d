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
#include "walk/walk.h"
#include "walk/walk_swap.h"

/*
 * Pages of a file that are asked for: @first to @last, in one go with those from @from on.  What the file
 * has in swap may be of many pages in one entry, which counts with all of them wherever it is met.
 */
struct stretch {
	pgoff_t from;
	pgoff_t first;
	pgoff_t last;
};

/* Met once in a stretch, by that part of it in which the entry begins. */
static unsigned long pages_of_stretch(const struct stretch *stretch, pgoff_t start, unsigned int order)
{
	return start >= stretch->first || stretch->from == stretch->first ? 1UL << order : 0;
}

/* Met by each page of its own. */
static unsigned long pages_of_each(const struct stretch *stretch, pgoff_t start, unsigned int order)
{
	pgoff_t first = max(start, stretch->first), last = min(start + (1UL << order) - 1, stretch->last);

	return (last - first + 1) << order;
}

/* shmem_partial_swap_usage() is not exported; the span is at most one PMD, so it never reschedules. */
static void count_swap(struct walk *walk, const struct stretch *stretch,
		       unsigned long (*pages)(const struct stretch *stretch, pgoff_t start, unsigned int order))
{
	XA_STATE(xas, &walk->vma->vm_file->f_mapping->i_pages, stretch->first);
	unsigned long swapped = 0;
	unsigned int order;
	void *entry;

	rcu_read_lock();
	xas_for_each(&xas, entry, stretch->last) {
		walk->work++;
		if (xas_retry(&xas, entry))
			continue;
		if (xa_is_value(entry)) {
			order = vv_swap_order(&xas);
			swapped += pages(stretch, round_down(xas.xa_index, 1UL << order), order);
		}
		if (xas.xa_index == stretch->last)
			break;
	}
	rcu_read_unlock();
	tally_swap(walk->area, &walk->rules, swapped);
}

void walk_shmem_swap(struct walk *walk, unsigned long from, unsigned long addr, unsigned long end)
{
	const struct stretch stretch = {
		.from = file_index(walk->vma, from),
		.first = file_index(walk->vma, addr),
		.last = file_index(walk->vma, end) - 1,
	};

	count_swap(walk, &stretch, pages_of_stretch);
}

void walk_shmem_holes(struct walk *walk, unsigned long addr, unsigned long end)
{
	const struct stretch stretch = {
		.first = file_index(walk->vma, addr),
		.last = file_index(walk->vma, end) - 1,
	};

	count_swap(walk, &stretch, pages_of_each);
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
