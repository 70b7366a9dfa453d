// SPDX-License-Identifier: GPL-2.0
/* kept_ranges.c - areas and runs in; is what keeps memory where it is found, all of it, and what it keeps it from? */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "proc/holders.h"
#include "verbs/why/kept_ranges.h"

#define PAGE 4096ULL
#define AT (16 << 20)

enum { LOCKED = 1, R = KEEPS_RECLAIM, M = KEEPS_MIGRATE, C = KEEPS_COMPACT, MAYBE = KEEPS_MAYBE };
#define BIT(reason) (1U << KEPT_##reason)

/* A process of one area, and up to four runs, on a machine that has swap and compacts what is unevictable. */
struct scene {
	struct area area;
	struct vmaview_run run[4];
	size_t nr_runs;
	struct vm_settings settings;
	uint64_t low, high;
};

static struct scene scene_of(uint64_t flags)
{
	return (struct scene){
		.area = { .start = AT, .end = AT + 100 * PAGE, .vm_flags = flags },
		.settings = {
			.knows_swap = true, .swap_free = 1, .knows_compaction = true, .compacts_unevictable = true,
		},
		.high = UINT64_MAX,
	};
}

/* @nr pages of anonymous memory that could be swapped out, page @first of the area and those that follow. */
static struct vmaview_run *put(struct scene *scene, unsigned int first, unsigned int nr)
{
	struct vmaview_run *run = &scene->run[scene->nr_runs++];

	*run = (struct vmaview_run){
		.start = AT + first * PAGE, .end = AT + (first + nr) * PAGE, .state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON, .refcount = 1, .mapcount = 1, .page_mapcount = 1,
		.pincount = VMAVIEW_UNKNOWN, .page = VMAVIEW_PAGE_LRU, .reclaim = VMAVIEW_RECLAIM_SWAP,
	};
	return run;
}

static int find(const struct scene *scene, struct kept_ranges *ranges)
{
	struct process process = {
		.page_size = PAGE, .leaf_size = { PAGE, 512 * PAGE }, .nr_areas = 1, .nr_runs = scene->nr_runs,
	};
	const struct kept_asked asked = { &process, &scene->settings, scene->low, scene->high };

	strcpy(process.vmflag[0].word, "locked");
	process.areas = (struct area *)&scene->area;
	process.runs = (struct vmaview_run *)scene->run;
	return kept_ranges_find(&asked, ranges);
}

/* One row of the two pages, with these reasons, which keep it from this. */
static bool is(const struct scene *scene, uint64_t all, uint32_t keeps)
{
	const uint64_t movable = keeps & (M | M * MAYBE) ? 0 : 2 * PAGE;
	struct kept_ranges ranges;
	bool holds = !find(scene, &ranges) && ranges.ranges.nr == !!all && ranges.movable == movable;
	const struct why_range *range = ranges.ranges.range;

	if (holds && all)
		holds = range->start == AT + 3 * PAGE && range->end == AT + 5 * PAGE && range->memory == 2 * PAGE &&
			range->all == all && range->keeps == keeps && range->area == &scene->area &&
			range->reason == (uint32_t)__builtin_ctzll(all);
	if (!holds)
		ktap_note("%zu ranges, reasons %llx in place of %llx, keeps %x in place of %x", ranges.ranges.nr,
			  range ? (unsigned long long)range->all : 0, (unsigned long long)all, range ? range->keeps : 0,
			  keeps);
	free(ranges.ranges.range);
	return holds;
}

static struct scene scene_with_pages(void)
{
	struct scene scene = scene_of(0);

	put(&scene, 3, 2);
	return scene;
}

static bool places(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];

	if (!is(&scene, 0, 0))
		return false;
	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	run->origin = VMAVIEW_ORIGIN_SPECIAL;
	if (!is(&scene, BIT(KERNEL), R | M | C))
		return false;
	run->page |= VMAVIEW_PAGE_ZONE_DEVICE;
	if (!is(&scene, BIT(DEVICE), R | (M | C) * MAYBE))
		return false;
	run->node = VMAVIEW_UNKNOWN;
	if (!is(&scene, BIT(NO_PAGE), R | M | C))
		return false;
	run->page |= VMAVIEW_PAGE_HWPOISON;
	if (!is(&scene, BIT(HWPOISON), R | M | C))
		return false;
	run->origin = VMAVIEW_ORIGIN_HUGETLB;
	run->node = 0;
	run->page = 0;
	run->order = 9;
	return is(&scene, BIT(HUGETLB), R | C);
}

static bool unevictable(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];

	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	run->page |= VMAVIEW_PAGE_UNEVICTABLE;
	if (!is(&scene, BIT(UNEVICTABLE), R))
		return false;
	run->origin = VMAVIEW_ORIGIN_FILE;
	if (!is(&scene, BIT(UNEVICTABLE), R | (M | C) * MAYBE))
		return false;
	run->origin = VMAVIEW_ORIGIN_SHMEM;
	run->page |= VMAVIEW_PAGE_MLOCKED;
	if (!is(&scene, BIT(MLOCKED), R))
		return false;
	scene.settings.compacts_unevictable = false;
	if (!is(&scene, BIT(MLOCKED), R | C))
		return false;
	scene.settings.knows_compaction = false;
	if (!is(&scene, BIT(MLOCKED), R | C * MAYBE))
		return false;
	run->page = VMAVIEW_PAGE_LRU;	/* the area alone, and the page is not mlocked yet */
	scene.area.vm_flags = LOCKED;
	if (!is(&scene, BIT(MLOCKED), R | C * MAYBE))
		return false;
	scene.area.vm_flags = 0;
	return is(&scene, BIT(OTHER), R | (M | C) * MAYBE);
}

static bool references(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];

	run->refcount = 2;
	run->extra_refs = 1;
	if (!is(&scene, BIT(EXTRA_REFS), R | M | C))
		return false;
	run->page = VMAVIEW_PAGE_MAYBE_LRU_BATCH;
	if (!is(&scene, BIT(LRU_BATCH), (R | C) * MAYBE))
		return false;
	run->page = VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_MAYBE_PINNED;
	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	run->extra_refs = VMAVIEW_PIN_BIAS;
	if (!is(&scene, BIT(MAYBE_PINNED), R | M | C))
		return false;
	run->extra_refs = VMAVIEW_PIN_BIAS + 1;
	if (!is(&scene, BIT(MAYBE_PINNED) | BIT(EXTRA_REFS), R | M | C))
		return false;
	run->extra_refs = 0;	/* a thousand processes map it */
	return is(&scene, BIT(MAYBE_PINNED), R);
}

static bool how(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];
	struct kept_ranges ranges;
	bool holds;

	run->extra_refs = VMAVIEW_PIN_BIAS + 1;
	run->order = 2;
	holds = !find(&scene, &ranges) && ranges.ranges.nr == 1 && ranges.ranges.range->order == 2 &&
		ranges.ranges.range->how == (HOLDS_BY_PIN | HOLDS_BY_REFERENCE);
	free(ranges.ranges.range);
	return holds;
}

static bool for_now(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];

	run->page |= VMAVIEW_PAGE_WRITEBACK;
	if (!is(&scene, BIT(WRITEBACK), (R | M | C) * MAYBE))
		return false;
	run->page |= VMAVIEW_PAGE_MLOCKED;
	if (!is(&scene, BIT(MLOCKED) | BIT(WRITEBACK), R | (M | C) * MAYBE))
		return false;
	run->page = VMAVIEW_PAGE_LRU;
	scene.settings.swap_free = 0;
	if (!is(&scene, BIT(NO_SWAP), R))
		return false;
	run->page |= VMAVIEW_PAGE_SWAPCACHE;
	if (!is(&scene, 0, 0))
		return false;
	run->page = VMAVIEW_PAGE_LRU;
	scene.settings.knows_swap = false;
	if (!is(&scene, 0, 0))
		return false;
	scene.settings.knows_swap = true;
	run->reclaim = VMAVIEW_RECLAIM_DROP;
	return is(&scene, 0, 0);
}

static bool large(void)
{
	struct scene scene = scene_with_pages();
	struct vmaview_run *run = &scene.run[0];

	run->order = 8;
	if (!is(&scene, BIT(LARGE), C * MAYBE))
		return false;
	run->order = 9;
	return is(&scene, BIT(LARGE), C);
}

/* One row over what is not there, and what is no memory has none. */
static bool neighbours(void)
{
	struct scene scene = scene_of(LOCKED);
	struct kept_ranges ranges;
	bool holds;

	put(&scene, 0, 2);
	put(&scene, 10, 2)->origin = VMAVIEW_ORIGIN_ZERO;
	put(&scene, 20, 1);
	put(&scene, 30, 1)->state = VMAVIEW_STATE_SWAP;
	holds = !find(&scene, &ranges) && ranges.ranges.nr == 1 && ranges.ranges.range->start == AT &&
		ranges.ranges.range->end == AT + 21 * PAGE && ranges.ranges.range->memory == 3 * PAGE &&
		ranges.movable == 3 * PAGE;
	free(ranges.ranges.range);
	scene.low = scene.high = AT + 2 * PAGE - 1;
	holds = holds && !find(&scene, &ranges) && ranges.ranges.nr == 1 &&
		ranges.ranges.range->end == AT + 2 * PAGE;
	free(ranges.ranges.range);
	scene.low = scene.high = AT + 2 * PAGE;
	holds = holds && !find(&scene, &ranges) && !ranges.ranges.nr;
	free(ranges.ranges.range);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "what has no page, or not one of the process's, or is of hugetlb", places },
	{ "what is mlocked or unevictable is not reclaimed, and compacted where that is allowed", unevictable },
	{ "references that nothing explains keep it from all, pins that are none from reclaim", references },
	{ "a row has in which ways its pages are held", how },
	{ "writeback is maybe, and without swap anonymous memory stays", for_now },
	{ "compaction passes over what is as large as what it makes", large },
	{ "neighbours that are alike are one row, and an address has that which has it", neighbours },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
