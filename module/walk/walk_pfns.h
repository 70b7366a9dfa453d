/* SPDX-License-Identifier: GPL-2.0 */
/* walk_pfns.h - which page frames a piece of one mm maps, and which of them another mm maps too. */
#ifndef VMAVIEW_WALK_PFNS_H
#define VMAVIEW_WALK_PFNS_H

#include "walk/walk.h"

/* Pages of a piece. */
#define PFNS_NR		512
#define PFNS_BYTES	(PFNS_NR * PAGE_SIZE)

/* In place of a page frame number: no memory that could be shared. */
#define PFNS_NONE	(~0UL)

/**
 * struct pfns - a piece of address space
 * @base: address of its first page, in the mm that is walked now
 * @filling: the walk fills @pfn; else it compares with it
 * @found: pages that the last walk has found, or found to be the same
 * @first: index of the first of them
 * @pfn: page frame numbers, PFNS_NONE where nothing is mapped, the zero page, or what has no struct page
 */
struct pfns {
	unsigned long base;
	bool filling;
	unsigned int found;
	unsigned int first;
	unsigned long pfn[PFNS_NR];
};

/**
 * walk_pfns_fill() - the next piece that has pages
 * @walk: after walk_hold(), with @walk->vma of this hold
 * @pfns: to fill; @pfns->base becomes the address of the first page found
 * @addr: where to go on from, in the area, page aligned
 * @end: where to stop, in the area
 *
 * Context: as walk_span(). Stops at the deadline too.
 * Return: the address up to which all pages are in @pfns; with @pfns->found 0 there were none.
 */
unsigned long walk_pfns_fill(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end);

/**
 * walk_pfns_match() - compare a part of another area with the piece
 * @walk: of another mm, with @walk->vma of this hold
 * @pfns: filled; @pfns->base is where the piece's first page would be in this mm
 * @addr: page aligned, in the area and not below @pfns->base
 * @end: in the area, PFNS_BYTES after @pfns->base at most
 *
 * @pfns->found grows by the pages that are the same; who starts a comparison sets it to 0.
 * Context: as walk_span().
 */
void walk_pfns_match(struct walk *walk, struct pfns *pfns, unsigned long addr, unsigned long end);

#endif
