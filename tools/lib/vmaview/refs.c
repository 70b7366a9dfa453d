// SPDX-License-Identifier: GPL-2.0
/* refs.c - in: a run of pages; out: its references, part by part.  Pure. */
#include "vmaview/refs.h"

static bool is_anon(const struct vmaview_run *run)
{
	return run->origin == VMAVIEW_ORIGIN_ANON || run->origin == VMAVIEW_ORIGIN_KSM;
}

/* Pages that reclaim finds on a list sooner or later. */
static bool belongs_on_lru(const struct vmaview_run *run)
{
	return is_anon(run) || run->origin == VMAVIEW_ORIGIN_FILE || run->origin == VMAVIEW_ORIGIN_SHMEM;
}

/* What the module expects to be there: classify_extra_refs() in module/judge/classify.c. */
static void split_expected(const struct vmaview_run *run, struct refs *refs)
{
	int64_t expected = (int64_t)run->refcount - run->extra_refs;

	refs->page_tables = run->mapcount;
	if (is_anon(run)) {
		if (run->page & VMAVIEW_PAGE_SWAPCACHE && run->order < 32)
			refs->swap_cache = UINT32_C(1) << run->order;
		return;
	}
	refs->private = !!(run->page & VMAVIEW_PAGE_PRIVATE);
	expected -= (int64_t)refs->page_tables + refs->private;
	/* Of hugetlbfs one a folio or one a page, by the kernel: the module has judged it. */
	refs->page_cache = expected > 0 ? expected : 0;
}

/*
 * What the module counts as too many. Of a page that is neither anonymous nor in the page cache the first of
 * them is of who allocated it, and maps it for as long as it likes.
 */
static void split_extra(const struct vmaview_run *run, uint32_t extra, struct refs *refs)
{
	refs->kernel = extra && run->origin == VMAVIEW_ORIGIN_SPECIAL;
	extra -= refs->kernel;
	if (run->pincount == VMAVIEW_UNKNOWN) {
		refs->pins = extra / VMAVIEW_PIN_BIAS;
		refs->pin_refs = refs->pins * VMAVIEW_PIN_BIAS;
	} else {
		refs->pins = run->pincount < extra ? run->pincount : extra;
		refs->pin_refs = refs->pins;
	}
	extra -= refs->pin_refs;
	/* A batch holds a page once, and until it is drained the page is on no list. */
	if (extra && belongs_on_lru(run) && !(run->page & VMAVIEW_PAGE_LRU))
		refs->lru_batch = 1;
	refs->unexplained = extra - refs->lru_batch;
}

bool refs_of_run(const struct vmaview_run *run, struct refs *refs)
{
	*refs = (struct refs){ 0 };
	if (run->state != VMAVIEW_STATE_PRESENT || run->refcount == VMAVIEW_UNKNOWN)
		return false;
	split_expected(run, refs);
	if (run->extra_refs)
		split_extra(run, run->extra_refs, refs);
	return true;
}
