/* SPDX-License-Identifier: GPL-2.0 */
/* walk_race.h - what another CPU has done while the walk looked away, into the counters of stats. */
#ifndef VMAVIEW_WALK_RACE_H
#define VMAVIEW_WALK_RACE_H

#include "walk/walk.h"

/*
 * The entry was @was when it was read without a lock, and is @now, under the lock of what it named.
 * Only called where the two differ, so it costs nothing where nothing happens.  Any context.
 */
void walk_raced(pmd_t was, pmd_t now);

/* The entry kept changing: the area, or the answer, says so. */
void walk_gave_up(void);

/* The walk ends at @addr in the middle of the entries of @level, for want of room. */
static inline void walk_cut(struct walk *walk, unsigned long addr, u8 level)
{
	walk->cut = addr;
	walk->cut_level = level;
}

/* It goes on at @addr, with entries of @level: are they what they were? */
void walk_resume(struct walk *walk, unsigned long addr, u8 level);

#endif
