// SPDX-License-Identifier: GPL-2.0
/* reclaim_sums.c - in: a run of pages; out: the sums that it belongs to.  Pure. */
#include "verbs/reclaim/reclaim_sums.h"
#include "vmaview/refs.h"

const char *const reclaim_sum_json[SUM_NR] = {
	[SUM_PRESENT] = "present",
	[SUM_DROP] = "drop",
	[SUM_WRITE] = "write",
	[SUM_SWAP] = "swap",
	[SUM_NEVER] = "never",
	[SUM_HELD] = "held",
	[SUM_SHARED] = "shared",
	[SUM_SWAP_NEED] = "swap_need",
	[SUM_MLOCKED] = "never_mlocked",
	[SUM_UNEVICTABLE] = "never_unevictable",
	[SUM_PINNED] = "never_maybe_pinned",
	[SUM_HUGETLB] = "never_hugetlb",
	[SUM_KERNEL] = "never_kernel",
	[SUM_OTHER] = "never_other",
	[SUM_ACTIVE] = "active",
	[SUM_INACTIVE] = "inactive",
	[SUM_GENERATIONS] = "generations",
	[SUM_UNEVICTABLE_LIST] = "unevictable",
	[SUM_NO_LIST] = "no_list",
	[SUM_YOUNG] = "young",
	[SUM_IDLE] = "idle",
	[SUM_LAZYFREE] = "lazyfree",
	[SUM_DIRTY] = "dirty",
	[SUM_WRITEBACK] = "writeback",
};

static bool has_page(const struct vmaview_run *run)
{
	return run->node != VMAVIEW_UNKNOWN;
}

/* In the order in which shrink_folio_list() in mm/vmscan.c would come across it. */
static enum reclaim_sum why_never(const struct vmaview_run *run)
{
	if (run->origin == VMAVIEW_ORIGIN_HUGETLB)
		return SUM_HUGETLB;
	if (!has_page(run) || run->state != VMAVIEW_STATE_PRESENT || run->page & VMAVIEW_PAGE_ZONE_DEVICE)
		return run->state == VMAVIEW_STATE_PRESENT && !has_page(run) ? SUM_KERNEL : SUM_OTHER;
	if (run->page & VMAVIEW_PAGE_MLOCKED)
		return SUM_MLOCKED;
	if (run->page & VMAVIEW_PAGE_UNEVICTABLE)
		return SUM_UNEVICTABLE;
	if (run->page & VMAVIEW_PAGE_MAYBE_PINNED)
		return SUM_PINNED;
	return run->origin == VMAVIEW_ORIGIN_SPECIAL ? SUM_KERNEL : SUM_OTHER;
}

static enum reclaim_sum list_of(const struct vmaview_run *run)
{
	switch (run->lru) {
	case VMAVIEW_LRU_ACTIVE_ANON:
	case VMAVIEW_LRU_ACTIVE_FILE:
		return SUM_ACTIVE;
	case VMAVIEW_LRU_INACTIVE_ANON:
	case VMAVIEW_LRU_INACTIVE_FILE:
		return SUM_INACTIVE;
	case VMAVIEW_LRU_GEN_ANON:
	case VMAVIEW_LRU_GEN_FILE:
		return SUM_GENERATIONS;
	case VMAVIEW_LRU_UNEVICTABLE:
		return SUM_UNEVICTABLE_LIST;
	default:
		return SUM_NO_LIST;
	}
}

/* The zero of enum vmaview_reclaim is no memory of the target's; SUM_NR as well. */
static enum reclaim_sum how(const struct vmaview_run *run)
{
	static const enum reclaim_sum sums[] = {
		[VMAVIEW_RECLAIM_NOT] = SUM_NR,
		[VMAVIEW_RECLAIM_DROP] = SUM_DROP,
		[VMAVIEW_RECLAIM_WRITE] = SUM_WRITE,
		[VMAVIEW_RECLAIM_SWAP] = SUM_SWAP,
		[VMAVIEW_RECLAIM_NEVER] = SUM_NEVER,
	};

	return run->reclaim < sizeof(sums) / sizeof(sums[0]) ? sums[run->reclaim] : SUM_NR;
}

static void add_price(struct reclaim_sums *sums, const struct vmaview_run *run, uint64_t bytes)
{
	struct refs refs;

	if (run->reclaim == VMAVIEW_RECLAIM_SWAP && !(run->page & VMAVIEW_PAGE_SWAPCACHE))
		sums->bytes[SUM_SWAP_NEED] += bytes;
	if (!refs_of_run(run, &refs))
		return;
	if (refs_are_held(&refs))
		sums->bytes[SUM_HELD] += bytes;
	if (run->page_mapcount != VMAVIEW_UNKNOWN && run->page_mapcount > 1)
		sums->bytes[SUM_SHARED] += bytes;
}

/* What smaps calls Referenced is young: reclaim would look at it again before it takes it. */
static bool is_young(const struct vmaview_run *run)
{
	return run->entry & VMAVIEW_ENTRY_YOUNG ||
	       run->page & (VMAVIEW_PAGE_REFERENCED | VMAVIEW_PAGE_YOUNG);
}

static bool is_dirty(const struct vmaview_run *run)
{
	return run->entry & VMAVIEW_ENTRY_DIRTY || run->page & VMAVIEW_PAGE_DIRTY;
}

/* As smaps has it: what was written again is no longer given up. */
static bool is_lazyfree(const struct vmaview_run *run)
{
	return run->origin == VMAVIEW_ORIGIN_ANON && !(run->page & VMAVIEW_PAGE_SWAPBACKED) && !is_dirty(run);
}

static void add_page(struct reclaim_sums *sums, const struct vmaview_run *run, uint64_t bytes)
{
	sums->bytes[list_of(run)] += bytes;
	sums->bytes[is_young(run) ? SUM_YOUNG : SUM_IDLE] += bytes;
	if (is_lazyfree(run))
		sums->bytes[SUM_LAZYFREE] += bytes;
	if (is_dirty(run))
		sums->bytes[SUM_DIRTY] += bytes;
	if (run->page & VMAVIEW_PAGE_WRITEBACK)
		sums->bytes[SUM_WRITEBACK] += bytes;
}

void reclaim_add(struct reclaim_sums *sums, const struct vmaview_run *run)
{
	enum reclaim_sum sum = how(run);
	uint64_t bytes = run->end - run->start;

	if (sum == SUM_NR)
		return;
	sums->bytes[SUM_PRESENT] += bytes;
	sums->bytes[sum] += bytes;
	if (sum == SUM_NEVER)
		sums->bytes[why_never(run)] += bytes;
	else
		add_price(sums, run, bytes);
	if (has_page(run))
		add_page(sums, run, bytes);
}
