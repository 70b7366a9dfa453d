/* SPDX-License-Identifier: GPL-2.0 */
/*
 * area_lock.h - the lock of one vma, as page faults take it, where modules can.
 *
 * While it is held for reading the area stays in the tree as it is and so do the tables above its
 * entries: whoever changes or removes it calls vma_start_write() first.
 */
#ifndef VMAVIEW_COMPAT_AREA_LOCK_H
#define VMAVIEW_COMPAT_AREA_LOCK_H

#include <linux/lockdep.h>
#include <linux/mm.h>

#if HAVE_LOCK_VMA_UNDER_RCU && defined(CONFIG_PER_VMA_LOCK)
#define VV_AREA_LOCKS	1
#else
#define VV_AREA_LOCKS	0
#endif

/* The area at @addr, locked; NULL where there is none or it cannot be had at once. Never sleeps. */
static inline struct vm_area_struct *vv_area_trylock(struct mm_struct *mm, unsigned long addr)
{
#if VV_AREA_LOCKS
	return lock_vma_under_rcu(mm, addr);
#else
	return NULL;
#endif
}

/*
 * Where the first area that ends above @addr has memory above it, as the tree is just now; ULONG_MAX
 * where there is none.  Asked without a lock: the vma may go at any time, so it is not looked into.
 */
static inline unsigned long vv_next_area(struct mm_struct *mm, unsigned long addr)
{
#if VV_AREA_LOCKS
	VMA_ITERATOR(vmi, mm, addr);
	unsigned long start = ULONG_MAX;

	rcu_read_lock();
	if (vma_next(&vmi))
		start = max(addr, vmi.mas.index);
	rcu_read_unlock();
	return start;
#else
	return ULONG_MAX;
#endif
}

static inline void vv_area_unlock(struct vm_area_struct *vma)
{
#if VV_AREA_LOCKS
	vma_end_read(vma);
#endif
}

/* vma_assert_locked() calls what modules do not have. */
static inline void vv_area_assert_locked(const struct vm_area_struct *vma)
{
#if VV_AREA_LOCKS && defined(CONFIG_DEBUG_LOCK_ALLOC)
	lockdep_assert(lock_is_held(&vma->vmlock_dep_map));
#endif
}

#endif
