/* SPDX-License-Identifier: GPL-2.0 */
/* memcg.h - a folio in, the memory cgroup out that is charged for it. */
#ifndef VMAVIEW_COMPAT_MEMCG_H
#define VMAVIEW_COMPAT_MEMCG_H

#include <linux/memcontrol.h>
#include <vmaview.h>

#ifdef CONFIG_MEMCG

/* What names it; of a use only for comparing, and while a lock keeps the page. */
static inline unsigned long vv_folio_memcg_data(struct folio *folio)
{
	return READ_ONCE(folio->memcg_data);
}

/* page_cgroup_ino() in mm/memcontrol.c is not exported: its steps. */
static inline u64 vv_folio_memcg_ino(struct folio *folio)
{
	struct mem_cgroup *memcg;
	u64 ino;

	rcu_read_lock();
	memcg = page_memcg_check(&folio->page);
	while (memcg && !(memcg->css.flags & CSS_ONLINE))
		memcg = parent_mem_cgroup(memcg);
	ino = memcg ? cgroup_ino(memcg->css.cgroup) : 0;
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

#endif

#endif
