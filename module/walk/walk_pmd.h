/* SPDX-License-Identifier: GPL-2.0 */
/* walk_pmd.h - one PMD entry in, the facts of what it maps out. */
#ifndef VMAVIEW_WALK_PMD_H
#define VMAVIEW_WALK_PMD_H

#include "walk/walk.h"

/* The part of the area below one PMD; where that kept changing, the area says so.  Context: as walk_span(). */
void walk_pmd(struct walk *walk, pmd_t *pmdp, unsigned long addr, unsigned long end);

#endif
