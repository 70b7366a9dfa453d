// SPDX-License-Identifier: GPL-2.0
/* sections.c - page frames in, whether they have a struct page out.  Under the lock of the table that names them. */
#include "walk/sections.h"

void sections_forget(struct sections *sections)
{
	if (sections->any)
		memset(sections->known, 0xff, sizeof(sections->known));
	sections->any = false;
}

static void section_know(struct sections *sections, unsigned long pfn)
{
	unsigned long section = pfn >> VV_SECTION_SHIFT;

	sections->known[section % SECTIONS_NR] = section;
	sections->any = true;
}

bool section_exists(struct walk *walk, unsigned long pfn)
{
	struct sections *sections = walk->sections;

	if (!sections || !section_is_known(sections, pfn)) {
		if (!pfn_valid(pfn))
			return false;
		/* Where it is the only one in this hold, no list is needed. */
		if (walk->subsection != ~0UL && sections && vv_section_is_whole(pfn))
			section_know(sections, pfn);
	}
	walk->subsection = pfn >> VV_SUBSECTION_SHIFT;
	return true;
}
