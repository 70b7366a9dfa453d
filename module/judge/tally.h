/* SPDX-License-Identifier: GPL-2.0 */
/* tally.h - classified pages in, the sums of an area out.  Pure, as classify. */
#ifndef VMAVIEW_TALLY_H
#define VMAVIEW_TALLY_H

#include <vmaview.h>

#include "judge/classify.h"

/**
 * tally_pages() - add @nr pages with the same facts to the sums of @area
 * @area: where to add
 * @leaf: the facts that each of them has
 * @rules: how the kernel behaves, and the kind of area
 * @nr: pages (of rules->page_size), whatever the level of the entries
 *
 * Adds, or raises a maximum, and takes nothing away: many areas may be added to one.
 * Does not count entries: absent_* and leaves[] are the caller's, who knows how many there were.
 */
void tally_pages(struct vmaview_area *area, const struct leaf *leaf, const struct rules *rules, __u64 nr);

/* Count @nr pages that are swapped out. */
void tally_swap(struct vmaview_area *area, const struct rules *rules, __u64 nr);

/* Count @nr entries that map nothing, in units of the area's page size. */
void tally_absent(struct vmaview_area *area, unsigned int state, __u64 nr);

#endif
