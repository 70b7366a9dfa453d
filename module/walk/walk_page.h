/* SPDX-License-Identifier: GPL-2.0 */
/* walk_page.h - leaves in, into the sums, and into runs where runs are wanted. */
#ifndef VMAVIEW_WALK_PAGE_H
#define VMAVIEW_WALK_PAGE_H

#include "compat/entry.h"
#include "walk/walk.h"

/* As walk_note(), and into a run where runs are wanted. Return: false where it finds no room. */
bool walk_note_at(struct walk *walk, unsigned long addr, const struct leaf *leaf,
		  const struct entry *entry, u64 nr);

/* @nr pages whose entry is neither none nor present. Return: as walk_note_at(). */
bool walk_note_absent(struct walk *walk, unsigned long addr, struct vv_absent absent,
		      const struct entry *entry, u64 nr);

/* [addr, end) has nothing, not even tables. */
void walk_note_none(struct walk *walk, unsigned long addr, unsigned long end);

#endif
