/* SPDX-License-Identifier: GPL-2.0 */
/* walk_swap.h - swapped pages of a file of shmem that have no entry. */
#ifndef VMAVIEW_WALK_SWAP_H
#define VMAVIEW_WALK_SWAP_H

#include "walk/walk.h"

/*
 * Swapped pages of the file at [addr, end), as shmem_partial_swap_usage() counts where smaps
 * asks it for all from @from on, and as it counts where smaps asks for each page.
 */
void walk_shmem_swap(struct walk *walk, unsigned long from, unsigned long addr, unsigned long end);
void walk_shmem_holes(struct walk *walk, unsigned long addr, unsigned long end);

/* Of a file that is mapped: where to look besides entries, and what can be said of the whole area at once. */
void walk_shmem_begin(struct walk *walk);

#endif
