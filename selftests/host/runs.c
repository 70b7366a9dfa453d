// SPDX-License-Identifier: GPL-2.0
/* runs.c - runs that are clipped to a range, and runs that become one: tools/vmaview/filter/runs.c. */
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "vmaview/runs.h"

#define NONE VMAVIEW_UNKNOWN64
#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* So many runs are left, and lie there. */
static bool are(const struct process *process, const struct vmaview_run *expect, size_t nr)
{
	if (process->nr_runs != nr)
		return ktap_note("%zu runs, expected %zu", process->nr_runs, nr);
	for (size_t i = 0; i < nr; i++) {
		const struct vmaview_run *run = &process->runs[i];

		if (run->start != expect[i].start || run->end != expect[i].end || run->pfn != expect[i].pfn ||
		    run->swap_offset != expect[i].swap_offset || run->refcount != expect[i].refcount)
			return ktap_note("run %zu: %llx-%llx, frame %llx, slot %llx", i, run->start, run->end,
					 run->pfn, run->swap_offset);
	}
	return true;
}

/* Three pages, one that is swapped out, four in swap, two. */
static bool clips(uint64_t low, uint64_t high, const struct vmaview_run *expect, size_t nr)
{
	struct vmaview_run runs[] = {
		{ .start = 0x1000, .end = 0x4000, .pfn = 100, .swap_offset = NONE, .refcount = 1 },
		{ .start = 0x4000, .end = 0x5000, .pfn = NONE, .swap_offset = 7, .refcount = 2 },
		{ .start = 0x5000, .end = 0x9000, .pfn = NONE, .swap_offset = 50, .refcount = 3 },
		{ .start = 0xc000, .end = 0xe000, .pfn = 200, .swap_offset = NONE, .refcount = 4 },
	};
	struct process process = { .runs = runs, .nr_runs = NR(runs) };

	runs_clip(&process, low, high);
	return are(&process, expect, nr);
}

static bool inside(void)
{
	static const struct vmaview_run expect[] = {
		{ .start = 0x2000, .end = 0x4000, .pfn = 101, .swap_offset = NONE, .refcount = 1 },
		{ .start = 0x4000, .end = 0x5000, .pfn = NONE, .swap_offset = 7, .refcount = 2 },
		{ .start = 0x5000, .end = 0x9000, .pfn = NONE, .swap_offset = 50, .refcount = 3 },
		{ .start = 0xc000, .end = 0xd000, .pfn = 200, .swap_offset = NONE, .refcount = 4 },
	};

	return clips(0x2abc, 0xcabc, expect, NR(expect));
}

static bool slots(void)
{
	static const struct vmaview_run expect[] = {
		{ .start = 0x7000, .end = 0x8000, .pfn = NONE, .swap_offset = 52, .refcount = 3 },
	};

	return clips(0x7000, 0x7fff, expect, NR(expect)) && clips(0x7fff, 0x7fff, expect, NR(expect)) &&
	       clips(0x7000, 0x7000, expect, NR(expect));
}

/* The last byte of one, the first of another; then one less of each. */
static bool edges(void)
{
	static const struct vmaview_run expect[] = {
		{ .start = 0x8000, .end = 0x9000, .pfn = NONE, .swap_offset = 53, .refcount = 3 },
		{ .start = 0xc000, .end = 0xd000, .pfn = 200, .swap_offset = NONE, .refcount = 4 },
	};

	return clips(0x8fff, 0xc000, expect, 2) && clips(0x9000, 0xc000, expect + 1, 1) &&
	       clips(0x8fff, 0xbfff, expect, 1) && clips(0x9000, 0xbfff, NULL, 0);
}

static bool everything(void)
{
	static const struct vmaview_run expect[] = {
		{ .start = 0x1000, .end = 0x4000, .pfn = 100, .swap_offset = NONE, .refcount = 1 },
		{ .start = 0x4000, .end = 0x5000, .pfn = NONE, .swap_offset = 7, .refcount = 2 },
		{ .start = 0x5000, .end = 0x9000, .pfn = NONE, .swap_offset = 50, .refcount = 3 },
		{ .start = 0xc000, .end = 0xe000, .pfn = 200, .swap_offset = NONE, .refcount = 4 },
	};

	return clips(0, ~0ull, expect, NR(expect)) && clips(0x1000, 0xdfff, expect, NR(expect)) &&
	       clips(0x1fff, 0xd000, expect, NR(expect));
}

static bool other_pages(void)
{
	struct vmaview_run run = { .start = 0x4000, .end = 0x10000, .pfn = 9, .swap_offset = NONE };
	static const struct vmaview_run expect[] = {
		{ .start = 0x8000, .end = 0xc000, .pfn = 10, .swap_offset = NONE },
	};
	struct process process = { .page_size = 0x4000, .runs = &run, .nr_runs = 1 };

	runs_clip(&process, 0x9000, 0x9000);
	return are(&process, expect, 1);
}

/* Areas begin at 1000, 4000, 7000 and 9000; the frames are all different. */
static bool joins(void)
{
	struct area areas[] = {
		{ .start = 0x1000, .end = 0x4000 }, { .start = 0x4000, .end = 0x7000 },
		{ .start = 0x7000, .end = 0x9000 }, { .start = 0x9000, .end = 0xc000 },
	};
	struct vmaview_run runs[] = {
		{ .start = 0x1000, .end = 0x2000, .pfn = 5, .refcount = 1 },
		{ .start = 0x2000, .end = 0x3000, .pfn = 9, .refcount = 1 },
		{ .start = 0x3000, .end = 0x4000, .pfn = 10, .refcount = 2 },
		{ .start = 0x4000, .end = 0x5000, .pfn = 11, .refcount = 2 },
		{ .start = 0x5000, .end = 0x6000, .pfn = NONE, .swap_offset = 1, .refcount = 2 },
		{ .start = 0x7000, .end = 0x8000, .pfn = 12, .refcount = 2 },
		{ .start = 0x8800, .end = 0x9000, .pfn = 13, .refcount = 2 },
		{ .start = 0x9000, .end = 0xa000, .pfn = 14, .refcount = 2 },
		{ .start = 0xa000, .end = 0xb000, .pfn = 15, .refcount = 2 },
		{ .start = 0xb000, .end = 0xc000, .pfn = 16, .refcount = 2 },
	};
	static const struct vmaview_run expect[] = {
		{ .start = 0x1000, .end = 0x3000, .pfn = NONE, .swap_offset = NONE, .refcount = 1 },
		{ .start = 0x3000, .end = 0x4000, .pfn = NONE, .swap_offset = NONE, .refcount = 2 },
		{ .start = 0x4000, .end = 0x6000, .pfn = NONE, .swap_offset = NONE, .refcount = 2 },
		{ .start = 0x7000, .end = 0x8000, .pfn = NONE, .swap_offset = NONE, .refcount = 2 },
		{ .start = 0x8800, .end = 0x9000, .pfn = NONE, .swap_offset = NONE, .refcount = 2 },
		{ .start = 0x9000, .end = 0xc000, .pfn = NONE, .swap_offset = NONE, .refcount = 2 },
	};
	struct process process = { .areas = areas, .nr_areas = NR(areas), .runs = runs, .nr_runs = NR(runs) };

	runs_join(&process);
	return are(&process, expect, NR(expect));
}

/* The first and the last of the facts that are compared. */
static bool differ(void)
{
	struct vmaview_run runs[] = {
		{ .start = 0x1000, .end = 0x2000 }, { .start = 0x2000, .end = 0x3000, .page = 1 },
		{ .start = 0x3000, .end = 0x4000, .page = 1, .extra_refs = 1 },
		{ .start = 0x4000, .end = 0x5000, .page = 1, .extra_refs = 1 },
	};
	struct process process = { .runs = runs, .nr_runs = NR(runs) };

	runs_join(&process);
	return process.nr_runs == 3 && runs[2].start == 0x3000 && runs[2].end == 0x5000;
}

static const struct ktap_test tests[] = {
	{ "a range in the middle keeps whole pages, and their frames", inside },
	{ "and their slots", slots },
	{ "a byte of a page is enough of it", edges },
	{ "what holds all takes nothing away", everything },
	{ "pages are those of the kernel that was asked", other_pages },
	{ "neighbours in one area that are equal but for their frames become one", joins },
	{ "what differs in any fact stays apart", differ },
};

int main(void)
{
	return ktap_run(tests, NR(tests));
}
