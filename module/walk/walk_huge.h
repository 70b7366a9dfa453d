/* SPDX-License-Identifier: GPL-2.0 */
/* walk_huge.h - the entries of a hugetlb area. */
#ifndef VMAVIEW_WALK_HUGE_H
#define VMAVIEW_WALK_HUGE_H

#include "walk/walk.h"

/*
 * One span of a hugetlb area, to @end at most. Return: the address to go on from.
 *
 * Context: as walk_span().  Takes and drops i_mmap_rwsem of the file for reading, and page-table locks.
 */
unsigned long walk_hugetlb(struct walk *walk, unsigned long addr, unsigned long end);

#endif
