// SPDX-License-Identifier: GPL-2.0
/* walk.c - how far a hold has come in, whether it should end out.  Any context; takes no lock. */
#include <linux/ktime.h>
#include <linux/mmap_lock.h>
#include <linux/sched.h>

#include "walk/walk.h"

/* Would as much work as since the last look at the clock be too much? */
static bool is_late(struct walk *walk)
{
	u64 now = ktime_get_ns(), took = now - walk->looked;

	walk->looked = now;
	walk->work = 0;
	return now + took > walk->deadline;
}

/* Whoever waits for an area's own lock has all others who want it turned away meanwhile. */
static bool is_waited_for(const struct walk *walk)
{
	return !walk->area_only && mmap_lock_is_contended(walk->mm);
}

bool walk_time_is_up(struct walk *walk)
{
	if (walk->time_is_up || !walk_has_room(walk))
		walk->time_is_up = true;
	else if (walk->work >= WALK_WORK)
		walk->time_is_up = need_resched() || is_waited_for(walk) || is_late(walk);
	return walk->time_is_up;
}
