// SPDX-License-Identifier: GPL-2.0
/*
 * explain_supply.c - an area in, whether there is memory for a page that its file does not have yet.
 *
 * Caller holds mmap_lock for reading, which keeps the file and what is reserved for the area.  The
 * counters of a pool and of a mount are read without their locks, as a fault may change them at once.
 */
#include <linux/hugetlb.h>
#include <linux/list.h>
#include <linux/percpu_counter.h>
#include <linux/shmem_fs.h>
#include <linux/spinlock.h>

#include "compat/compat.h"
#include "compat/hugetlb.h"
#include "explain/explain.h"
#include "explain/explain_supply.h"

/* What shmem_get_folio_gfp() gives back before it gives up: shmem_unused_huge_shrink(), shmem_recalc_inode(). */
static bool may_find_room(struct inode *inode, struct shmem_sb_info *sbinfo)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	unsigned long there = READ_ONCE(info->swapped) + READ_ONCE(inode->i_mapping->nrpages);

	return READ_ONCE(sbinfo->shrinklist_len) || READ_ONCE(info->alloced) > there;
}

/*
 * shmem_inode_acct_blocks().  What is not on a mount of the user's (memfd, shared anonymous memory, System V)
 * has no limit.
 */
enum verdict_supply explain_shmem_supply(struct inode *inode)
{
	struct shmem_sb_info *sbinfo = inode->i_sb->s_fs_info;
	unsigned long max = READ_ONCE(sbinfo->max_blocks);

	if (!max || percpu_counter_compare(&sbinfo->used_blocks, max - 1) <= 0)
		return SUPPLY_GIVES;
	return may_find_room(inode, sbinfo) ? SUPPLY_UNSURE : SUPPLY_MOUNT_FULL;
}

#ifdef CONFIG_HUGETLB_PAGE

/*
 * A list may have a region for each page of the pool, and a fault of anybody who has the file waits for its
 * lock.  Where it is left it cannot be found again: regions are merged and freed.
 */
enum { REGIONS = 256 };

/* region_chg() of one page, of regions that are sorted and do not overlap.  Return: 1, 0, or -1 beyond REGIONS. */
static int has_region(struct resv_map *map, long index)
{
	struct file_region *region;
	int found = 0, budget = REGIONS;

	spin_lock(&map->lock);
	list_for_each_entry(region, &map->regions, link) {
		if (!budget--) {
			found = -1;
			break;
		}
		if (region->to > index) {
			found = region->from <= index;
			break;
		}
	}
	spin_unlock(&map->lock);
	return found;
}

/* vma_needs_reservation(): the map of a shared area has what is reserved, that of a private one what is used up. */
static enum supply_promise promise_of(struct vm_area_struct *vma, long index)
{
	struct resv_map *map = vv_resv_map(vma);
	int found;

	if (!map)
		return PROMISE_NONE;
	found = has_region(map, index);
	if (found < 0)
		return PROMISE_UNKNOWN;
	return found == !!(vma->vm_flags & VM_MAYSHARE) ? PROMISE_KEPT : PROMISE_NONE;
}

static void fill_mount(struct supply *supply, struct hugepage_subpool *mount)
{
	supply->mount_max = -1;
	if (!mount)
		return;
	supply->mount_max = READ_ONCE(mount->max_hpages);
	supply->mount_used = READ_ONCE(mount->used_hpages);
	if (READ_ONCE(mount->min_hpages) != -1)
		supply->mount_reserved = READ_ONCE(mount->rsv_hpages);
}

void explain_hugetlb_supply(struct verdict_facts *facts, struct vm_area_struct *vma, long index)
{
	struct hstate *h = hstate_vma(vma);
	unsigned long private = vv_resv_private(vma);
	struct supply supply = {
		.free = READ_ONCE(h->free_huge_pages),
		.reserved = READ_ONCE(h->resv_huge_pages),
		.surplus = READ_ONCE(h->surplus_huge_pages),
		.surplus_max = READ_ONCE(h->nr_overcommit_huge_pages),
		.reserves = vma->vm_flags & VM_MAYSHARE || private & VV_RESV_OWNER,
	};

	fill_mount(&supply, HUGETLBFS_SB(file_inode(vma->vm_file)->i_sb)->spool);
	if (supply_needs_promise(&supply))
		supply.promise = promise_of(vma, index);
	facts->supply = supply_of_hugetlb(&supply, false);
	facts->supply_beyond = supply_of_hugetlb(&supply, true);
	facts->bits |= (private & VV_RESV_OWNER ? VERDICT_RESV_OWNER : 0) |
		       (private & VV_RESV_UNMAPPED ? VERDICT_RESV_UNMAPPED : 0);
}

#endif
