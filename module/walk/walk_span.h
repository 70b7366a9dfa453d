/* SPDX-License-Identifier: GPL-2.0 */
/* walk_span.h - an area in, the facts of its pages out, over as many holds as it takes. */
#ifndef VMAVIEW_WALK_SPAN_H
#define VMAVIEW_WALK_SPAN_H

#include "walk/walk.h"

/**
 * walk_begin() - prepare to walk @vma from its start into @area
 * @walk: to fill; @walk->entries and @walk->retries go on counting
 * @vma: the area
 * @area: its record; kernel_page_size is set, the sums are 0
 *
 * Context: mmap_lock, or the lock of @vma, held for reading.
 */
void walk_begin(struct walk *walk, struct vm_area_struct *vma, struct vmaview_area *area);

/**
 * walk_span() - walk on from @addr
 * @walk: as walk_begin() made it, after walk_hold(), with @walk->vma of this hold
 * @addr: in the area, page aligned
 *
 * At least one table is walked, unless @walk->runs has too little room for it; then it stops at the
 * deadline, or where somebody waits for the lock.
 *
 * Context: mmap_lock, or the lock of @walk->vma where @walk->area_only, held for reading since it was
 * found. Takes and drops page-table locks and, for hugetlb, i_mmap_rwsem of the file for reading.
 * Return: the address to go on from; @walk->end when done. The sums are complete up to there.
 */
unsigned long walk_span(struct walk *walk, unsigned long addr);

#endif
