/* SPDX-License-Identifier: GPL-2.0 */
/* sections.h - page frames in, whether they have a struct page out.  Under the lock of the table that names them. */
#ifndef VMAVIEW_SECTIONS_H
#define VMAVIEW_SECTIONS_H

#include <linux/mm.h>

#include "compat/sparse.h"
#include "walk/walk.h"

#define SECTIONS_NR 256

/**
 * struct sections - memory for which sections have all their struct pages
 * @known: by the lowest bits of their number, that number; ~0 for none, which is that of no section
 * @any: some may be known
 *
 * Frames that are scattered are in few sections of memory that was there at boot, and in many subsections.
 */
struct sections {
	u32 known[SECTIONS_NR];
	bool any;
};

/* A number has room in 32 bits: a section is many MiB. */
static __always_inline bool section_is_known(const struct sections *sections, unsigned long pfn)
{
	unsigned long section = pfn >> VV_SECTION_SHIFT;

	return sections->known[section % SECTIONS_NR] == (u32)section;
}

/* sections.c: has @pfn a struct page, of a subsection that was not asked about before it? */
bool section_exists(struct walk *walk, unsigned long pfn);

/* Has @pfn a struct page?  One answer holds for the unit of pfn_valid(). */
static __always_inline bool page_exists(struct walk *walk, unsigned long pfn)
{
	return likely(pfn >> VV_SUBSECTION_SHIFT == walk->subsection) || section_exists(walk, pfn);
}

#endif
