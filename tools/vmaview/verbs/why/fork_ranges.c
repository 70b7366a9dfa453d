// SPDX-License-Identifier: GPL-2.0
/*
 * fork_ranges.c - in: pages that a write would copy, who else maps which frames; out: who holds them.  Pure.
 *
 * What copies is do_wp_page() in mm/memory.c, hugetlb_wp() and do_huge_pmd_wp_page(): the module has judged each page.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proc/holders.h"
#include "verbs/why/fork_ranges.h"
#include "vmaview/grow.h"

const char *const fork_words[FORK_REASONS] = {
	[FORK_MAPPED] = "mapped",
	[FORK_PART_OF_LARGE] = "part-of-large",
	[FORK_REFERENCES] = "references",
	[FORK_SWAP_CACHE] = "maybe-swap-cache",
	[FORK_LRU_BATCH] = "maybe-batch",
	[FORK_UFFD_WP] = "maybe-uffd-wp",
};

const struct vmaview_request fork_select = {
	.states = 1u << VMAVIEW_STATE_PRESENT,
	.origins = 1u << VMAVIEW_ORIGIN_ANON | 1u << VMAVIEW_ORIGIN_HUGETLB,
	.page_mask = VMAVIEW_PAGE_EXCLUSIVE,
	.entry_mask = VMAVIEW_ENTRY_WRITE,
};

bool fork_is_shared(const struct vmaview_run *run)
{
	return run->state == VMAVIEW_STATE_PRESENT && fork_select.origins >> run->origin & 1 &&
	       !(run->page & VMAVIEW_PAGE_EXCLUSIVE) && !(run->entry & VMAVIEW_ENTRY_WRITE) &&
	       (run->cow == VMAVIEW_COW_COPY || run->cow == VMAVIEW_COW_MAYBE);
}

int fork_sharer_add(struct fork_sharer *sharer, const struct process *process)
{
	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		if (run->pfn == VMAVIEW_UNKNOWN64 || !process->page_size)
			continue;
		if (!grow(&sharer->extent, sharer->nr, &sharer->room, sizeof(*sharer->extent)))
			return -ENOMEM;
		sharer->extent[sharer->nr++] = (struct fork_extent){
			run->pfn, (run->end - run->start) / process->page_size,
		};
	}
	return 0;
}

static int by_frame(const void *a, const void *b)
{
	const struct fork_extent *x = a, *y = b;

	return x->pfn < y->pfn ? -1 : x->pfn > y->pfn;
}

void fork_sharer_sort(struct fork_sharer *sharer)
{
	if (sharer->nr)
		qsort(sharer->extent, sharer->nr, sizeof(*sharer->extent), by_frame);
}

/*
 * Does it map @pfn?  *@nr becomes how many frames from there on are alike in that, at most what it was.  A frame that
 * is mapped twice may be in two extents: the last one that begins there, or before, counts.
 */
static bool maps(const struct fork_sharer *sharer, uint64_t pfn, uint64_t *nr)
{
	size_t low = 0, high = sharer->nr;
	const struct fork_extent *extent;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sharer->extent[middle].pfn <= pfn)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < sharer->nr && sharer->extent[low].pfn - pfn < *nr)
		*nr = sharer->extent[low].pfn - pfn;
	extent = low ? &sharer->extent[low - 1] : NULL;
	if (!extent || extent->pfn + extent->nr <= pfn)
		return false;
	if (extent->pfn + extent->nr - pfn < *nr)
		*nr = extent->pfn + extent->nr - pfn;
	return true;
}

static enum fork_reason reason_of(const struct vmaview_run *run, const struct refs *refs)
{
	if (run->page_mapcount != VMAVIEW_UNKNOWN && run->page_mapcount > 1)
		return FORK_MAPPED;
	if (refs_are_held(refs))
		return FORK_REFERENCES;
	if (run->entry & VMAVIEW_ENTRY_UFFD_WP)
		return FORK_UFFD_WP;
	if (run->cow == VMAVIEW_COW_COPY)
		return FORK_PART_OF_LARGE;
	return refs->lru_batch ? FORK_LRU_BATCH : FORK_SWAP_CACHE;
}

static int add_pid(struct fork_ranges *ranges, pid_t pid)
{
	if (!grow(&ranges->pids, ranges->nr_pids, &ranges->room, sizeof(*ranges->pids)))
		return -ENOMEM;
	ranges->pids[ranges->nr_pids++] = pid;
	return 0;
}

/* Those that the last range has are not kept twice. */
static void share_pids(struct fork_ranges *ranges, struct why_range *range)
{
	const struct why_range *before = ranges->ranges.nr ? &ranges->ranges.range[ranges->ranges.nr - 1] : NULL;

	if (!before || before->nr_pids != range->nr_pids || !range->nr_pids ||
	    memcmp(&ranges->pids[before->first], &ranges->pids[range->first], range->nr_pids * sizeof(pid_t)))
		return;
	range->first = before->first;
	ranges->nr_pids -= range->nr_pids;
}

/* From @range->start on, of frame @pfn, up to *@nr pages: as many as have the same holders, which become its. */
static int find_holders(struct fork_ranges *ranges, struct why_range *range, const struct fork_holders *holders,
			uint64_t pfn, uint64_t *nr)
{
	int ret = 0;

	range->first = ranges->nr_pids;
	for (size_t i = 0; !ret && i < holders->nr; i++)
		if (maps(&holders->sharer[i], pfn, nr))
			ret = add_pid(ranges, holders->sharer[i].pid);
	range->nr_pids = ranges->nr_pids - range->first;
	if (!range->nr_pids)
		range->first = 0;
	share_pids(ranges, range);
	return ret;
}

/* How often others map the page who were not found. */
static uint32_t unfound(const struct vmaview_run *run, uint32_t found)
{
	uint32_t others = run->page_mapcount - 1;

	return others > found ? others - found : 0;
}

/* @range is ready but for where it is, and who holds it. */
static int add_pieces(struct fork_ranges *ranges, const struct process *process, const struct vmaview_run *run,
		      struct why_range range, const struct fork_holders *holders)
{
	uint64_t pages = (run->end - run->start) / process->page_size, nr;
	int ret = 0;

	for (uint64_t page = 0; !ret && page < pages; page += nr) {
		nr = pages - page;
		range.first = range.nr_pids = range.unfound = 0;
		if (range.reason == FORK_MAPPED) {
			ret = find_holders(ranges, &range, holders, run->pfn + page, &nr);
			range.unfound = unfound(run, range.nr_pids);
		}
		range.start = run->start + page * process->page_size;
		range.memory = nr * process->page_size;
		range.end = range.start + range.memory;
		if (!ret)
			ret = why_ranges_add(&ranges->ranges, &range);
	}
	return ret;
}

int fork_ranges_add(struct fork_ranges *ranges, const struct process *process, const struct vmaview_run *run,
		    const struct fork_holders *holders)
{
	struct why_range range = { .area = process_area_at(process, run->start), .order = run->order };
	struct refs refs;

	if (!range.area || !process->page_size || !fork_is_shared(run) || !refs_of_run(run, &refs))
		return 0;
	range.reason = reason_of(run, &refs);
	range.how = held_how(&refs);
	range.mapcount = run->page_mapcount;
	return add_pieces(ranges, process, run, range, holders);
}

void fork_ranges_free(struct fork_ranges *ranges)
{
	free(ranges->ranges.range);
	free(ranges->pids);
}
