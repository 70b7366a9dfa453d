// SPDX-License-Identifier: GPL-2.0
/* fork_ranges.c - pages that a write would copy, frames of others in; is it said of each page who holds it? */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "proc/holders.h"
#include "verbs/why/fork_ranges.h"

#define PAGE 4096ULL
#define AT (16 << 20)

static struct area area = { .start = AT, .end = AT + 100 * PAGE };
static struct process process = { .page_size = PAGE, .areas = &area, .nr_areas = 1 };

/* Pages 10 to 29, frames 110 to 129, which one more process maps. */
static struct vmaview_run shared(void)
{
	return (struct vmaview_run){
		.start = AT + 10 * PAGE, .end = AT + 30 * PAGE, .pfn = 110, .state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON, .refcount = 2, .mapcount = 2, .page_mapcount = 2,
		.pincount = VMAVIEW_UNKNOWN, .page = VMAVIEW_PAGE_LRU, .cow = VMAVIEW_COW_COPY,
	};
}

struct expect {
	unsigned int first, end;	/* pages of the area */
	unsigned int unfound;
	pid_t pids[3];			/* 0: no more */
};

static bool is(const struct fork_ranges *ranges, const struct why_range *range, const struct expect *expect)
{
	uint32_t nr = 0;

	for (; expect->pids[nr]; nr++)
		if (nr >= range->nr_pids || ranges->pids[range->first + nr] != expect->pids[nr])
			return false;
	return nr == range->nr_pids && range->start == AT + expect->first * PAGE &&
	       range->end == AT + expect->end * PAGE && range->unfound == expect->unfound && range->area == &area &&
	       range->memory == range->end - range->start && range->reason == FORK_MAPPED;
}

static bool are(const struct vmaview_run *run, const struct fork_holders *holders, const struct expect *expect,
		size_t nr)
{
	struct fork_ranges ranges = { .nr_pids = 0 };
	bool holds = !fork_ranges_add(&ranges, &process, run, holders) && ranges.ranges.nr == nr;

	for (size_t i = 0; holds && i < nr; i++)
		holds = is(&ranges, &ranges.ranges.range[i], &expect[i]) || ktap_note("range %zu", i);
	holds = holds || ktap_note("%zu ranges, not %zu", ranges.ranges.nr, nr);
	fork_ranges_free(&ranges);
	return holds;
}

/* Frames are in no order until they are sorted, and those of neighbours lie side by side. */
static bool holders(void)
{
	struct fork_extent of_5[] = { { 120, 3 }, { 90, 22 }, { 112, 4 } }, of_7[] = { { 114, 100 } };
	struct fork_sharer sharers[] = {
		{ .pid = 5, .extent = of_5, .nr = 3 }, { .pid = 7, .extent = of_7, .nr = 1 }, { .pid = 9 },
	};
	const struct fork_holders all = { .sharer = sharers, .nr = 3 }, none = { .nr = 0 };
	const struct expect expect[] = {
		{ 10, 14, 1, { 5 } }, { 14, 16, 0, { 5, 7 } }, { 16, 20, 1, { 7 } }, { 20, 23, 0, { 5, 7 } },
		{ 23, 30, 1, { 7 } },
	}, unknown = { 10, 30, 2, { 0 } };
	struct vmaview_run run = shared();

	run.mapcount = run.page_mapcount = 3;
	for (size_t i = 0; i < 3; i++)
		fork_sharer_sort(&sharers[i]);
	return are(&run, &all, expect, 5) && are(&run, &none, &unknown, 1);
}

/* Frames of others are those of runs that have some. */
static bool frames(void)
{
	struct vmaview_run runs[] = { shared(), shared() };
	struct process other = { .page_size = PAGE, .runs = runs, .nr_runs = 2 };
	struct fork_sharer sharer = { .pid = 5 };
	bool holds;

	runs[0].pfn = VMAVIEW_UNKNOWN64;
	runs[1].pfn = 77;
	holds = !fork_sharer_add(&sharer, &other) && sharer.nr == 1 && sharer.extent->pfn == 77 &&
		sharer.extent->nr == 20;
	free(sharer.extent);
	return holds;
}

/* The reason of @run, and in which ways it is held. */
static bool reason(const struct vmaview_run *run, enum fork_reason want, uint32_t how)
{
	const struct fork_holders none = { .nr = 0 };
	struct fork_ranges ranges = { .nr_pids = 0 };
	bool holds = !fork_ranges_add(&ranges, &process, run, &none) && ranges.ranges.nr == (want != FORK_REASONS);

	if (holds && ranges.ranges.nr)
		holds = (ranges.ranges.range->reason == want && ranges.ranges.range->how == how &&
			 ranges.ranges.range->mapcount == run->page_mapcount) ||
			ktap_note("%s", fork_words[ranges.ranges.range->reason]);
	fork_ranges_free(&ranges);
	return holds || ktap_note("not %s", want == FORK_REASONS ? "nothing" : fork_words[want]);
}

static bool reasons(void)
{
	struct vmaview_run run = shared();

	if (!reason(&run, FORK_MAPPED, 0))
		return false;
	run.mapcount = run.page_mapcount = 1;
	run.order = 4;
	if (!reason(&run, FORK_PART_OF_LARGE, 0))
		return false;
	run.extra_refs = 1;
	if (!reason(&run, FORK_REFERENCES, HOLDS_BY_REFERENCE))
		return false;
	run.extra_refs = VMAVIEW_PIN_BIAS;
	if (!reason(&run, FORK_REFERENCES, HOLDS_BY_PIN))
		return false;
	run.cow = VMAVIEW_COW_MAYBE;
	run.extra_refs = 1;
	run.page = 0;
	if (!reason(&run, FORK_LRU_BATCH, 0))
		return false;
	run.extra_refs = 0;
	run.page = VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_SWAPCACHE;
	if (!reason(&run, FORK_SWAP_CACHE, 0))
		return false;
	run.entry = VMAVIEW_ENTRY_UFFD_WP;
	return reason(&run, FORK_UFFD_WP, 0);
}

static bool not_forked(void)
{
	struct vmaview_run run = shared();

	run.cow = VMAVIEW_COW_REUSE;
	if (!reason(&run, FORK_REASONS, 0))
		return false;
	run.cow = VMAVIEW_COW_SOURCE;
	if (!reason(&run, FORK_REASONS, 0))
		return false;
	run = shared();
	run.page |= VMAVIEW_PAGE_EXCLUSIVE;
	if (!reason(&run, FORK_REASONS, 0))
		return false;
	run = shared();
	run.origin = VMAVIEW_ORIGIN_KSM;
	if (!reason(&run, FORK_REASONS, 0))
		return false;
	run = shared();
	run.state = VMAVIEW_STATE_SWAP;
	if (!reason(&run, FORK_REASONS, 0))
		return false;
	run = shared();
	run.start += 100 * PAGE;
	run.end += 100 * PAGE;
	return reason(&run, FORK_REASONS, 0);
}

static const struct ktap_test tests[] = {
	{ "each page has those who map its frame, and how many were not found", holders },
	{ "frames are those of runs that have some", frames },
	{ "what nobody else maps is copied for its references, its folio, or maybe", reasons },
	{ "what is reused, exclusive, merged, swapped out, or in no area, has no row", not_forked },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
