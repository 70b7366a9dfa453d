/* SPDX-License-Identifier: GPL-2.0 */
/* explain_walk.h - an address of an area in, the entry of each level and the facts of its page out. */
#ifndef VMAVIEW_EXPLAIN_WALK_H
#define VMAVIEW_EXPLAIN_WALK_H

struct explain;
struct vmaview_explain;

/* The page of an address where nothing is mapped. */
void explain_nothing(struct explain *explain, struct vmaview_explain *answer);

/*
 * The levels, the page, and of @explain->facts the leaf and the bits of the entry.
 * answer->address is in explain->walk.vma.
 */
void explain_walk(struct explain *explain, struct vmaview_explain *answer);

#endif
