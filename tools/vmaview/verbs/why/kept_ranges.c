// SPDX-License-Identifier: GPL-2.0
/*
 * kept_ranges.c - in: areas, runs of pages; out: which memory stays where it is, and why.  Pure.
 *
 * Of reclaim it is what shrink_folio_list() in mm/vmscan.c would stop at, of migration what folio_migrate_mapping() in
 * mm/migrate.c wants, of compaction what isolate_migratepages_block() in mm/compaction.c passes over.
 */
#include "proc/holders.h"
#include "verbs/why/kept_ranges.h"
#include "vmaview/flags.h"

const char *const kept_words[KEPT_REASONS] = {
	[KEPT_NO_PAGE] = "no-page",
	[KEPT_KERNEL] = "kernel-page",
	[KEPT_DEVICE] = "device",
	[KEPT_HWPOISON] = "hwpoison",
	[KEPT_HUGETLB] = "hugetlb",
	[KEPT_MLOCKED] = "mlocked",
	[KEPT_UNEVICTABLE] = "unevictable",
	[KEPT_MAYBE_PINNED] = "maybe-pinned",
	[KEPT_EXTRA_REFS] = "extra-refs",
	[KEPT_OTHER] = "other",
	[KEPT_NO_SWAP] = "no-swap",
	[KEPT_WRITEBACK] = "writeback",
	[KEPT_LRU_BATCH] = "maybe-lru-batch",
	[KEPT_LARGE] = "large-folio",
};

struct judge {
	const struct kept_asked *asked;
	struct kept_ranges *ranges;
	const struct area *area;
	uint64_t locked;	/* the bit of VM_LOCKED; 0: not known */
};

static uint64_t flag_of(const struct process *process, const char *word)
{
	return flags_with_words(process, UINT64_MAX, &word, 1);
}

/* Both in memory that is there, and not in a zero page. */
static bool is_memory(const struct vmaview_run *run)
{
	return run->state == VMAVIEW_STATE_HWPOISON ||
	       (run->state == VMAVIEW_STATE_PRESENT && run->origin != VMAVIEW_ORIGIN_ZERO &&
		run->origin != VMAVIEW_ORIGIN_HUGE_ZERO);
}

static bool has_page(const struct vmaview_run *run)
{
	return run->node != VMAVIEW_UNKNOWN;
}

static bool is_mlocked(const struct judge *judge, const struct vmaview_run *run)
{
	return run->page & VMAVIEW_PAGE_MLOCKED || judge->area->vm_flags & judge->locked;
}

/* Of what has no page, or none of the process's. */
static uint64_t reasons_of_place(const struct vmaview_run *run)
{
	if (run->state == VMAVIEW_STATE_HWPOISON || run->page & VMAVIEW_PAGE_HWPOISON)
		return 1 << KEPT_HWPOISON;
	if (!has_page(run))
		return 1 << KEPT_NO_PAGE;
	if (run->page & VMAVIEW_PAGE_ZONE_DEVICE)
		return 1 << KEPT_DEVICE;
	return run->origin == VMAVIEW_ORIGIN_SPECIAL ? 1 << KEPT_KERNEL : 0;
}

static uint64_t reasons_of_refs(const struct vmaview_run *run, const struct refs *refs)
{
	return (run->page & VMAVIEW_PAGE_MAYBE_PINNED || refs->pins ? 1 << KEPT_MAYBE_PINNED : 0) |
	       (refs->unexplained ? 1 << KEPT_EXTRA_REFS : 0) | (refs->lru_batch ? 1 << KEPT_LRU_BATCH : 0);
}

static bool lacks_swap(const struct judge *judge, const struct vmaview_run *run)
{
	const struct vm_settings *settings = judge->asked->settings;

	return run->reclaim == VMAVIEW_RECLAIM_SWAP && !(run->page & VMAVIEW_PAGE_SWAPCACHE) &&
	       settings->knows_swap && !settings->swap_free;
}

static uint64_t reasons_of_page(const struct judge *judge, const struct vmaview_run *run, const struct refs *refs)
{
	uint64_t reasons = reasons_of_refs(run, refs);

	if (run->origin == VMAVIEW_ORIGIN_HUGETLB)
		return reasons | 1 << KEPT_HUGETLB;
	if (is_mlocked(judge, run))
		reasons |= 1 << KEPT_MLOCKED;
	else if (run->page & VMAVIEW_PAGE_UNEVICTABLE)
		reasons |= 1 << KEPT_UNEVICTABLE;
	if (run->page & VMAVIEW_PAGE_WRITEBACK)
		reasons |= 1 << KEPT_WRITEBACK;
	if (lacks_swap(judge, run))
		reasons |= 1 << KEPT_NO_SWAP;
	if (run->order)
		reasons |= 1 << KEPT_LARGE;
	return reasons;
}

/* Of a page that nothing else explains why the module has it among those that are never reclaimed. */
static uint64_t reasons_of(const struct judge *judge, const struct vmaview_run *run, const struct refs *refs)
{
	const uint64_t never = 1 << KEPT_HUGETLB | 1 << KEPT_MLOCKED | 1 << KEPT_UNEVICTABLE | 1 << KEPT_MAYBE_PINNED;
	uint64_t reasons = reasons_of_place(run);

	if (reasons)
		return reasons;
	reasons = reasons_of_page(judge, run, refs);
	if (run->reclaim == VMAVIEW_RECLAIM_NEVER && !(reasons & never))
		reasons |= 1 << KEPT_OTHER;
	return reasons;
}

/* What is mlocked and the like compaction takes where it is allowed to. */
static uint32_t keeps_unevictable(const struct vm_settings *settings)
{
	if (!settings->knows_compaction)
		return KEEPS_RECLAIM | KEEPS_COMPACT * KEEPS_MAYBE;
	return KEEPS_RECLAIM | (settings->compacts_unevictable ? 0 : KEEPS_COMPACT);
}

/* Compaction makes free memory of that size at most; what is smaller some kernels pass over, too. */
static uint32_t keeps_large(const struct process *process, const struct vmaview_run *run)
{
	bool largest = run->order < 32 && process->page_size << run->order >= process->leaf_size[1];

	return largest ? KEEPS_COMPACT : KEEPS_COMPACT * KEEPS_MAYBE;
}

/* Is it page cache of a file system that may be unable to move it? */
static bool is_of_filesystem(const struct vmaview_run *run)
{
	return run->origin == VMAVIEW_ORIGIN_FILE;
}

static uint32_t keeps_for(const struct judge *judge, const struct vmaview_run *run, const struct refs *refs,
			  enum kept_reason reason)
{
	switch (reason) {
	case KEPT_DEVICE:
	case KEPT_OTHER:
		return KEEPS_RECLAIM | (KEEPS_MIGRATE | KEEPS_COMPACT) * KEEPS_MAYBE;
	case KEPT_HUGETLB:
		return KEEPS_RECLAIM | KEEPS_COMPACT;
	case KEPT_MLOCKED:
		return keeps_unevictable(judge->asked->settings);
	case KEPT_UNEVICTABLE:
		return keeps_unevictable(judge->asked->settings) |
		       (is_of_filesystem(run) ? (KEEPS_MIGRATE | KEEPS_COMPACT) * KEEPS_MAYBE : 0);
	case KEPT_MAYBE_PINNED:		/* reclaim asks folio_maybe_dma_pinned(), the others count references */
		return refs->pins ? KEEPS_ALL : KEEPS_RECLAIM;
	case KEPT_NO_SWAP:
		return KEEPS_RECLAIM;
	case KEPT_WRITEBACK:
		return KEEPS_ALL * KEEPS_MAYBE;
	case KEPT_LRU_BATCH:		/* migration drains batches first */
		return (KEEPS_RECLAIM | KEEPS_COMPACT) * KEEPS_MAYBE;
	case KEPT_LARGE:
		return keeps_large(judge->asked->process, run);
	default:
		return KEEPS_ALL;
	}
}

/* What is certain is no longer maybe. */
static uint32_t keeps_of(const struct judge *judge, const struct vmaview_run *run, const struct refs *refs,
			 uint64_t reasons)
{
	uint32_t keeps = 0;

	for (int reason = 0; reason < KEPT_REASONS; reason++)
		if (reasons >> reason & 1)
			keeps |= keeps_for(judge, run, refs, reason);
	return keeps & ~((keeps & KEEPS_ALL) * KEEPS_MAYBE);
}

static int judge_run(struct judge *judge, const struct vmaview_run *run)
{
	struct why_range range = {
		.start = run->start, .end = run->end, .memory = run->end - run->start, .area = judge->area,
		.order = run->order,
	};
	struct refs refs;

	refs_of_run(run, &refs);
	range.all = reasons_of(judge, run, &refs);
	range.keeps = keeps_of(judge, run, &refs, range.all);
	if (!(range.keeps & (KEEPS_MIGRATE | KEEPS_MIGRATE * KEEPS_MAYBE)))
		judge->ranges->movable += range.memory;
	if (!range.all)
		return 0;
	range.reason = __builtin_ctzll(range.all);
	range.how = held_how(&refs);
	return why_ranges_add(&judge->ranges->ranges, &range);
}

int kept_ranges_find(const struct kept_asked *asked, struct kept_ranges *ranges)
{
	const struct process *process = asked->process;
	struct judge judge = { .asked = asked, .ranges = ranges, .locked = flag_of(process, "locked") };
	size_t area = 0;
	int ret = 0;

	*ranges = (struct kept_ranges){ .movable = 0 };
	for (size_t i = 0; !ret && i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		while (area < process->nr_areas && process->areas[area].end <= run->start)
			area++;
		if (area == process->nr_areas || process->areas[area].start > run->start || !is_memory(run) ||
		    run->start > asked->high || run->end <= asked->low)
			continue;
		judge.area = &process->areas[area];
		ret = judge_run(&judge, run);
	}
	return ret;
}
