// SPDX-License-Identifier: GPL-2.0
/*
 * walk_race.c - two looks at one entry in, a counter of stats up.  Any context; no lock.
 *
 * Nothing depends on these counters: they are the proof that a test which races the walk has met the
 * paths it is there for.
 */
#include "compat/compat.h"
#include "self/stats.h"
#include "walk/walk_race.h"

static bool is_table(pmd_t pmd)
{
	return pmd_present(pmd) && !pmd_leaf(pmd);
}

/* A table is cleared before RCU frees it: by khugepaged, or where MADV_DONTNEED has emptied it. */
static atomic64_t *counter_of_table(pmd_t now)
{
	if (pmd_none(now))
		return &vmaview_stats.table_gone;
	return is_table(now) ? &vmaview_stats.table_other : &vmaview_stats.table_huge;
}

static atomic64_t *counter_of_huge(pmd_t now)
{
	if (pmd_none(now))
		return &vmaview_stats.huge_gone;
	return is_table(now) ? &vmaview_stats.huge_split : &vmaview_stats.huge_changed;
}

void walk_raced(pmd_t was, pmd_t now)
{
	atomic64_inc(is_table(was) ? counter_of_table(now) : counter_of_huge(now));
}

void walk_gave_up(void)
{
	atomic64_inc(&vmaview_stats.entry_given_up);
}

void walk_resume(struct walk *walk, unsigned long addr, u8 level)
{
	if (addr == walk->cut && level != walk->cut_level)
		atomic64_inc(&vmaview_stats.leaf_resized);
	walk->cut = ~0UL;
}
