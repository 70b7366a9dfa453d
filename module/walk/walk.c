// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - how far a hold has come in, whether it should end out; and what areas that share one record have in
 * common.  Any context; takes no lock.
 */
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

static bool rules_equal(const struct rules *a, const struct rules *b)
{
	const u32 *x = (const u32 *)a, *y = (const u32 *)b;

	/* Without holes. */
	BUILD_BUG_ON(sizeof(struct rules) != 4 * sizeof(u32));
	BUILD_BUG_ON(sizeof(struct rules) != sizeof(a->cow_large) + 8 * sizeof(a->cow) + sizeof(a->page_size));
	return x[0] == y[0] && x[1] == y[1] && x[2] == y[2] && x[3] == y[3];
}

static void settle(struct walk_alike *alike, struct vmaview_area *area)
{
	if (alike->nr)
		tally_pages(area, &alike->leaf, &alike->rules, alike->nr);
	alike->nr = 0;
}

/* Small areas hardly differ, and to judge their pages is most of their work. */
void walk_keep(struct walk *walk)
{
	struct walk_alike *alike;
	unsigned int i;

	for (i = 0; i < WALK_ALIKE_NR; i++) {
		alike = &walk->alike[i];
		if (leaf_equal(&alike->leaf, &walk->batch) && rules_equal(&alike->rules, &walk->rules)) {
			alike->nr += walk->batch_nr;
			return;
		}
	}
	alike = &walk->alike[walk->alike_oldest++ % WALK_ALIKE_NR];
	settle(alike, walk->area);
	*alike = (struct walk_alike){ walk->batch, walk->rules, walk->batch_nr };
}

void walk_settle(struct walk *walk, struct vmaview_area *area)
{
	unsigned int i;

	for (i = 0; i < WALK_ALIKE_NR; i++)
		settle(&walk->alike[i], area);
}
