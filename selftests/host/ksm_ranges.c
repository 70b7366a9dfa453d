// SPDX-License-Identifier: GPL-2.0
/* ksm_ranges.c - areas and runs in; is memory that KSM has not merged found, for the reason that holds first? */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/why/ksm_ranges.h"

#define PAGE 4096ULL
#define AT (16 << 20)

enum { MERGEABLE = 1, SHARED = 2, MAYSHARE = 4, IO = 8, PFNMAP = 16, HUGETLB = 32 };

/* A process of one area of 100 pages, and up to four runs. */
struct scene {
	struct area area;
	struct vmaview_run run[4];
	size_t nr_runs;
	struct ksm_machine machine;
	bool knows_pages, inherited, untouched;
	uint64_t pages, low, high;
};

static struct scene scene_of(uint64_t flags)
{
	return (struct scene){
		.area = { .start = AT, .end = AT + 100 * PAGE, .vm_flags = flags, .facts = AREA_KNOWS_FLAGS },
		.machine = { .run = KSM_RUN_RUNS, .knows_pages = true, .unshared = 5, .changing = 6 },
		.knows_pages = true, .pages = 100, .high = UINT64_MAX,
	};
}

/* @nr pages of @origin, page @first of the area and those that follow. */
static struct vmaview_run *put(struct scene *scene, unsigned int first, unsigned int nr, uint8_t origin)
{
	struct vmaview_run *run = &scene->run[scene->nr_runs++];

	*run = (struct vmaview_run){
		.start = AT + first * PAGE, .end = AT + (first + nr) * PAGE, .state = VMAVIEW_STATE_PRESENT,
		.origin = origin, .refcount = 1, .mapcount = 1, .page_mapcount = 1,
		.pincount = VMAVIEW_UNKNOWN, .page = VMAVIEW_PAGE_LRU,
	};
	return run;
}

static int find(const struct scene *scene, struct process *process, struct ksm_ranges *ranges)
{
	static const char *const words[] = { "mergeable", "shared", "mayshare", "io", "pfnmap", "hugetlb" };
	struct ksm_asked asked = {
		.process = process, .machine = &scene->machine, .knows_pages = scene->knows_pages,
		.inherited = scene->inherited, .pages = scene->pages, .low = scene->low, .high = scene->high,
		.untouched = scene->untouched,
	};

	memset(process, 0, sizeof(*process));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		strcpy(process->vmflag[i].word, words[i]);
	process->page_size = PAGE;
	process->areas = (struct area *)&scene->area;
	process->nr_areas = 1;
	process->runs = (struct vmaview_run *)scene->run;
	process->nr_runs = scene->nr_runs;
	asked.there = ksm_count_pages(process, &scene->machine);
	return ksm_ranges_find(&asked, ranges);
}

struct expect {
	enum ksm_reason reason;
	unsigned int first, end;	/* pages of the area */
	unsigned int memory;
};

/* Just @nr ranges. */
static bool are(const struct scene *scene, const struct expect *expect, size_t nr)
{
	struct ksm_ranges ranges;
	struct process process;
	bool holds = !find(scene, &process, &ranges) && ranges.ranges.nr == nr;

	for (size_t i = 0; i < ranges.ranges.nr; i++) {
		const struct why_range *range = &ranges.ranges.range[i];

		if (i >= nr || range->reason != expect[i].reason || range->area != &scene->area ||
		    range->start != AT + expect[i].first * PAGE || range->end != AT + expect[i].end * PAGE ||
		    range->memory != expect[i].memory * PAGE)
			holds = ktap_note("%zu: %s from page %llu to %llu, of %llu", i, ksm_words[range->reason],
					  (range->start - AT) / PAGE, (range->end - AT) / PAGE, range->memory / PAGE);
	}
	free(ranges.ranges.range);
	return holds || ktap_note("%zu ranges of %zu", ranges.ranges.nr, nr);
}

/* Of two pages of anonymous memory in an area with @flags. */
static bool is(const struct scene *scene, enum ksm_reason reason)
{
	struct scene with = *scene;
	const struct expect expect = { reason, 3, 5, 2 };

	put(&with, 3, 2, VMAVIEW_ORIGIN_ANON);
	return are(&with, &expect, reason != KSM_REASONS) || ktap_note("not %s", ksm_words[reason]);
}

static bool flags(void)
{
	struct scene shared = scene_of(SHARED | MAYSHARE | MERGEABLE), read_only = scene_of(MAYSHARE | HUGETLB);
	struct scene io = scene_of(IO | PFNMAP | MERGEABLE), huge = scene_of(HUGETLB), plain = scene_of(0);
	struct process process;
	struct ksm_ranges ranges;
	bool holds;

	find(&io, &process, &ranges);
	holds = ksm_special_flags(&process, &io.area) == (IO | PFNMAP);
	free(ranges.ranges.range);
	return holds && is(&shared, KSM_SHARED) && is(&read_only, KSM_SHARED) && is(&io, KSM_SPECIAL) &&
	       is(&huge, KSM_SPECIAL) && is(&plain, KSM_NOT_ADVISED);
}

static bool settings(void)
{
	struct scene scene = scene_of(MERGEABLE), plain = scene_of(0), shared = scene_of(SHARED);

	plain.machine.run = shared.machine.run = scene.machine.run = KSM_RUN_NEVER;
	if (!is(&scene, KSM_OFF) || !is(&plain, KSM_OFF) || !is(&shared, KSM_SHARED))
		return false;
	scene.machine.run = plain.machine.run = KSM_RUN_STOPPED;
	if (!is(&scene, KSM_STOPPED) || !is(&plain, KSM_NOT_ADVISED))
		return false;
	scene.machine.run = KSM_RUN_UNMERGES;
	if (!is(&scene, KSM_UNMERGES))
		return false;
	scene.machine.run = KSM_RUN_UNKNOWN;	/* nothing is said of it */
	return is(&scene, KSM_REASONS);
}

/* What ksmd knows of the process, and of the machine. */
static bool known(void)
{
	struct scene scene = scene_of(MERGEABLE);

	if (!is(&scene, KSM_MAYBE_UNEQUAL))
		return false;
	scene.pages = 1;
	if (!is(&scene, KSM_MAYBE_NOT_SCANNED))
		return false;
	scene.pages = 0;
	if (!is(&scene, KSM_NOT_SCANNED))
		return false;
	scene.knows_pages = false;
	if (!is(&scene, KSM_MAYBE_NOT_SCANNED))
		return false;
	scene.knows_pages = true;
	scene.pages = 2;
	scene.machine.unshared = 0;
	if (!is(&scene, KSM_VOLATILE))
		return false;
	scene.machine.skips = true;	/* what it passes over counts as changing */
	if (!is(&scene, KSM_MAYBE_UNEQUAL))
		return false;
	scene.machine.changing = 0;
	if (!is(&scene, KSM_UNEQUAL))
		return false;
	scene.inherited = true;
	if (!is(&scene, KSM_MAYBE_UNEQUAL))
		return false;
	scene.pages = 0;	/* as its parent's, too */
	if (!is(&scene, KSM_NOT_SCANNED))
		return false;
	scene.pages = 2;
	scene.inherited = false;
	scene.machine.knows_pages = false;
	return is(&scene, KSM_MAYBE_UNEQUAL);
}

/* What of an area with the advice is no candidate, and what is no memory; merged pages are counted, and known pages. */
static bool pages(void)
{
	static const struct expect expect[] = {
		{ KSM_NOT_ANONYMOUS, 0, 2, 2 }, { KSM_HELD, 4, 5, 1 }, { KSM_SWAPPED, 7, 9, 2 },
	};
	struct scene scene = scene_of(MERGEABLE);
	struct ksm_ranges ranges;
	struct process process;
	bool holds;

	put(&scene, 0, 2, VMAVIEW_ORIGIN_FILE);
	put(&scene, 4, 1, VMAVIEW_ORIGIN_ANON)->extra_refs = 1;
	put(&scene, 5, 2, VMAVIEW_ORIGIN_KSM);
	put(&scene, 7, 2, VMAVIEW_ORIGIN_ANON)->state = VMAVIEW_STATE_SWAP;
	scene.run[1].refcount = 2;
	if (!are(&scene, expect, 3))
		return false;
	holds = !find(&scene, &process, &ranges) && ranges.merged == 2 * PAGE;
	free(ranges.ranges.range);
	scene = scene_of(MERGEABLE);
	put(&scene, 0, 2, VMAVIEW_ORIGIN_ZERO);
	put(&scene, 4, 2, VMAVIEW_ORIGIN_NONE)->state = VMAVIEW_STATE_GUARD;
	return holds && are(&scene, NULL, 0);
}

/* One row whatever is not there in between, but not across another reason; and all of shared memory. */
static bool neighbours(void)
{
	static const struct expect expect[] = {
		{ KSM_NOT_ADVISED, 0, 12, 4 }, { KSM_NOT_ANONYMOUS, 20, 21, 1 }, { KSM_NOT_ADVISED, 30, 31, 1 },
	}, all = { KSM_SHARED, 2, 8, 3 };
	struct scene scene = scene_of(0);

	put(&scene, 0, 2, VMAVIEW_ORIGIN_ANON);
	put(&scene, 10, 2, VMAVIEW_ORIGIN_ANON);
	put(&scene, 20, 1, VMAVIEW_ORIGIN_FILE);
	put(&scene, 30, 1, VMAVIEW_ORIGIN_ANON);
	if (!are(&scene, expect, 3))
		return false;
	scene = scene_of(SHARED);
	put(&scene, 2, 1, VMAVIEW_ORIGIN_FILE);
	put(&scene, 6, 2, VMAVIEW_ORIGIN_SHMEM);
	return are(&scene, &all, 1);
}

static bool places(void)
{
	static const struct expect there = { KSM_NOT_ADVISED, 10, 12, 2 }, empty = { KSM_NOT_ADVISED, 0, 100, 0 };
	struct scene scene = scene_of(0);

	put(&scene, 0, 2, VMAVIEW_ORIGIN_ANON);
	put(&scene, 10, 2, VMAVIEW_ORIGIN_ANON);
	scene.untouched = true;
	scene.low = scene.high = AT + 12 * PAGE - 1;
	if (!are(&scene, &there, 1))
		return false;
	scene.low = scene.high = AT + 12 * PAGE;
	if (!are(&scene, &empty, 1))
		return false;
	scene.area.vm_flags = MERGEABLE;	/* nothing keeps it from being merged */
	if (!are(&scene, NULL, 0))
		return false;
	scene.area.vm_flags = 0;
	scene.low = scene.high = AT + 100 * PAGE;
	if (!are(&scene, NULL, 0))
		return false;
	scene.low = scene.high = AT;
	scene.area.facts = 0;
	return are(&scene, NULL, 0);
}

static const struct ktap_test tests[] = {
	{ "shared mappings, and special ones by their flags, before the advice", flags },
	{ "without KSM no advice helps, and ksmd is asked last", settings },
	{ "what ksmd says of its pages is true of each where one of its counts is 0, else it is a guess", known },
	{ "page cache, held and swapped pages are no candidates, merged ones and no memory have no row", pages },
	{ "neighbours with one reason are one row, whatever is not there in between", neighbours },
	{ "of an address there is what has it, or the reason of the area", places },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
