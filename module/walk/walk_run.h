/* SPDX-License-Identifier: GPL-2.0 */
/* walk_run.h - a leaf and what its entry says in, a run out; where runs are wanted. */
#ifndef VMAVIEW_WALK_RUN_H
#define VMAVIEW_WALK_RUN_H

#include <linux/page-flags.h>

#include "compat/reclaim.h"
#include "walk/page.h"
#include "walk/walk.h"

#ifdef CONFIG_MEMORY_FAILURE
#define RUN_FLAG_HWPOISON (1UL << PG_hwpoison)
#else
#define RUN_FLAG_HWPOISON 0UL
#endif
#if defined(CONFIG_PAGE_IDLE_FLAG) && defined(CONFIG_64BIT)
#define RUN_FLAGS_IDLE (1UL << PG_young | 1UL << PG_idle)
#else
#define RUN_FLAGS_IDLE 0UL
#endif

/* Flags of a folio that become bits of a run. */
#define RUN_FLAGS_SEEN \
	(PAGE_FLAGS_SEEN | RUN_FLAGS_IDLE | 1UL << PG_locked | 1UL << PG_uptodate | 1UL << PG_active | \
	 1UL << PG_reclaim | 1UL << PG_reserved | 1UL << PG_private_2 | 1UL << PG_workingset)

/* And all in which two pages of a run may not differ, their node and list included. */
#define RUN_FLAGS_KIND \
	(PAGE_FLAGS_KIND | RUN_FLAG_HWPOISON | VV_LRU_GEN_MASK | (NODES_MASK << NODES_PGSHIFT))

/* All of @run but where it starts and ends. */
void walk_fill_run(struct walk *walk, struct vmaview_run *run, const struct leaf *leaf,
		   const struct entry *entry);

/* @nr pages from @addr on. Return: false where there is no room. */
bool walk_note_run(struct walk *walk, unsigned long addr, const struct leaf *leaf,
		   const struct entry *entry, u64 nr);

/* [addr, end) has nothing. */
void walk_note_run_none(struct walk *walk, unsigned long addr, unsigned long end);

#endif
