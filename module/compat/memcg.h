/* SPDX-License-Identifier: GPL-2.0 */
/* memcg.h - a folio, or an mm, in, the memory cgroup out that is, or would be, charged for it. */
#ifndef VMAVIEW_COMPAT_MEMCG_H
#define VMAVIEW_COMPAT_MEMCG_H

#include <linux/memcontrol.h>
#include <linux/mm_types.h>
#include <vmaview.h>

#ifdef CONFIG_MEMCG

/* What names it; of a use only for comparing, and while a lock keeps the page. */
static inline unsigned long vv_folio_memcg_data(struct folio *folio)
{
	return READ_ONCE(folio->memcg_data);
}

/* Of the nearest one online, 0 for none. Under RCU. */
static inline u64 vv_memcg_ino(struct mem_cgroup *memcg)
{
	while (memcg && !(memcg->css.flags & CSS_ONLINE))
		memcg = parent_mem_cgroup(memcg);
	return memcg ? cgroup_ino(memcg->css.cgroup) : 0;
}

/* page_cgroup_ino() in mm/memcontrol.c is not exported: its steps. */
static inline u64 vv_folio_memcg_ino(struct folio *folio)
{
	u64 ino;

	rcu_read_lock();
	ino = vv_memcg_ino(page_memcg_check(&folio->page));
	rcu_read_unlock();
	return ino;
}

/*
 * Of the cgroup that get_mem_cgroup_from_mm() in mm/memcontrol.c charges for memory that @mm takes now, which takes a
 * reference that is not needed here.
 */
static inline u64 vv_mm_memcg_ino(struct mm_struct *mm)
{
	struct task_struct *owner;
	u64 ino = VMAVIEW_UNKNOWN64;

	if (mem_cgroup_disabled())
		return ino;
	rcu_read_lock();
	owner = rcu_dereference(mm->owner);
	if (owner)
		ino = vv_memcg_ino(mem_cgroup_from_task(owner));
	rcu_read_unlock();
	return ino;
}

#else

static inline unsigned long vv_folio_memcg_data(struct folio *folio)
{
	return 0;
}

static inline u64 vv_folio_memcg_ino(struct folio *folio)
{
	return VMAVIEW_UNKNOWN64;
}

static inline u64 vv_mm_memcg_ino(struct mm_struct *mm)
{
	return VMAVIEW_UNKNOWN64;
}

#endif

#endif
