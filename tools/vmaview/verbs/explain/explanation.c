// SPDX-License-Identifier: GPL-2.0
/* explanation.c - in: an answer; out: the area that it is about, and the references of its page. */
#include "verbs/explain/explanation.h"

const struct area *explain_area(const struct explanation *explanation,
				const struct vmaview_explain *answer)
{
	const struct area *area;

	if (!(answer->flags & VMAVIEW_EXPLAIN_AREA))
		return NULL;
	area = process_find_area(explanation->process, answer->start);
	return area && area->end == answer->end ? area : NULL;
}

bool explain_refs(const struct vmaview_explain *answer, struct refs *refs, struct held *held)
{
	const struct vmaview_run *run = &answer->run;
	uint64_t pages, before;

	if (!(answer->flags & VMAVIEW_EXPLAIN_PAGE) || !refs_of_run(run, refs))
		return false;
	*held = (struct held){ run->start, run->end, held_how(refs) };
	if (run->order >= 32 || run->pfn == VMAVIEW_UNKNOWN64)
		return true;
	/* Who holds a page of a folio holds all of it, and may be known by another of its pages. */
	pages = UINT64_C(1) << run->order;
	before = (run->pfn & (pages - 1)) * (run->end - run->start);
	held->start -= before;
	held->end = held->start + pages * (run->end - run->start);
	return true;
}
