// SPDX-License-Identifier: GPL-2.0
/* huge_ranges.c - areas and runs in; is memory that is not huge found, for the reason that holds first? */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/huge_ranges.h"

#define PAGE 4096ULL
#define HUGE (2ULL << 20)
#define AT (16 * HUGE)

enum { FLAG_HUGEPAGE = 1, FLAG_NOHUGEPAGE = 2, FLAG_HUGETLB = 4, FLAG_IO = 8, FLAG_MISSING = 16, FLAG_NORESERVE = 32 };

static struct ops shmem = { .symbol = "shmem_vm_ops" }, ext4 = { .symbol = "ext4_file_vm_ops" };

/* A process of one area, and up to four runs. */
struct scene {
	struct area area;
	struct vmaview_run run[4];
	size_t nr_runs;
	struct thp_machine machine;
	enum thp_process allowed;
	uint8_t may;
	uint64_t low, high;
	bool untouched;
};

static struct scene scene_of(uint64_t start, uint64_t end)
{
	return (struct scene){
		.area = { .start = start, .end = end, .facts = AREA_KNOWS_OPS | AREA_KNOWS_FLAGS },
		.machine = { .knows_limits = true, .max_none = 511, .max_shared = 256, .max_swap = 64 },
		.allowed = THP_PROCESS_ON, .may = HUGE_MAY_ALWAYS, .high = UINT64_MAX,
	};
}

/* @nr small pages of anonymous memory. */
static struct vmaview_run *put(struct scene *scene, uint64_t start, uint64_t nr)
{
	struct vmaview_run *run = &scene->run[scene->nr_runs++];

	*run = (struct vmaview_run){
		.start = start, .end = start + nr * PAGE, .state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON, .refcount = 1, .mapcount = 1, .page_mapcount = 1,
		.pincount = VMAVIEW_UNKNOWN, .page = VMAVIEW_PAGE_LRU,
	};
	return run;
}

static void put_swapped(struct scene *scene, uint64_t start, uint64_t nr)
{
	struct vmaview_run *run = put(scene, start, nr);

	run->state = VMAVIEW_STATE_SWAP;
	run->refcount = run->mapcount = run->page_mapcount = VMAVIEW_UNKNOWN;
}

static int find(const struct scene *scene, struct process *process, struct huge_ranges *ranges)
{
	static const char *const words[] = { "hugepage", "nohugepage", "hugetlb", "io", "uffd_missing", "noreserve" };
	const struct huge_asked asked = {
		process, &scene->machine, scene->allowed, &scene->may, scene->low, scene->high, scene->untouched,
	};

	memset(process, 0, sizeof(*process));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		strcpy(process->vmflag[i].word, words[i]);
	process->page_size = process->leaf_size[0] = PAGE;
	process->leaf_size[1] = HUGE;
	process->areas = (struct area *)&scene->area;
	process->nr_areas = 1;
	process->runs = (struct vmaview_run *)scene->run;
	process->nr_runs = scene->nr_runs;
	return huge_ranges_find(&asked, ranges);
}

/* Just @nr ranges, as @expect has them. */
static bool are(const struct scene *scene, const struct huge_range *expect, size_t nr, uint64_t huge)
{
	struct huge_ranges ranges;
	struct process process;
	bool holds = !find(scene, &process, &ranges) && ranges.nr == nr && ranges.huge == huge;

	if (!holds)
		ktap_note("%zu ranges, %llu huge", ranges.nr, (unsigned long long)ranges.huge);
	for (size_t i = 0; holds && i < nr; i++) {
		const struct huge_range *one = &ranges.range[i];

		holds = one->start == expect[i].start && one->end == expect[i].end &&
			one->reason == expect[i].reason && one->small == expect[i].small &&
			one->pages == expect[i].pages && one->limit == expect[i].limit;
		if (!holds)
			ktap_note("%zu: %llx-%llx %s small %llu, %llu of %llu", i, (unsigned long long)one->start,
				  (unsigned long long)one->end, huge_words[one->reason],
				  (unsigned long long)one->small, (unsigned long long)one->pages,
				  (unsigned long long)one->limit);
	}
	free(ranges.range);
	return holds;
}

/* One range from @start to @end with @pages small pages. */
static bool is(const struct scene *scene, uint64_t start, uint64_t end, enum huge_reason reason, uint64_t pages)
{
	const struct huge_range expect = { .start = start, .end = end, .small = pages * PAGE, .reason = reason };

	return are(scene, &expect, 1, 0);
}

static bool sizes(void)
{
	struct scene small = scene_of(AT, AT + HUGE - PAGE), between = scene_of(AT + PAGE, AT + 2 * HUGE - PAGE);
	struct scene edges = scene_of(AT - PAGE, AT + HUGE + 2 * PAGE);
	const struct huge_range expect[] = {
		{ .start = AT - PAGE, .end = AT, .small = PAGE, .reason = HUGE_UNALIGNED },
		{ .start = AT, .end = AT + HUGE, .small = HUGE, .reason = HUGE_NOT_SCANNED },
		{ .start = AT + HUGE, .end = AT + HUGE + 2 * PAGE, .small = 2 * PAGE, .reason = HUGE_UNALIGNED },
	};

	put(&small, AT, 3);
	put(&between, AT + PAGE, 4);
	put(&edges, AT - PAGE, 515);
	return is(&small, AT, AT + HUGE - PAGE, HUGE_TOO_SMALL, 3) &&
	       is(&between, AT + PAGE, AT + 2 * HUGE - PAGE, HUGE_UNALIGNED, 4) && are(&edges, expect, 3, 0);
}

static bool offsets(void)
{
	struct scene scene = scene_of(AT, AT + HUGE);

	scene.area.ops = &shmem;
	put(&scene, AT, 1)->origin = VMAVIEW_ORIGIN_SHMEM;
	if (!is(&scene, AT, AT + HUGE, HUGE_NOT_SCANNED, 1))
		return false;
	scene.area.offset = 2 * HUGE;
	if (!is(&scene, AT, AT + HUGE, HUGE_NOT_SCANNED, 1))
		return false;
	scene.area.offset = PAGE;
	if (!is(&scene, AT, AT + HUGE, HUGE_UNALIGNED, 1))
		return false;
	scene.area.ops = NULL;	/* of anonymous memory it is no place in anything */
	return is(&scene, AT, AT + HUGE, HUGE_NOT_SCANNED, 1);
}

static bool settings(void)
{
	struct scene scene = scene_of(AT, AT + 2 * HUGE);
	const struct {
		uint8_t may;
		uint64_t flags;
		enum thp_process allowed;
		enum huge_reason reason;
	} rows[] = {
		{ HUGE_MAY_NEVER, FLAG_HUGEPAGE, THP_PROCESS_ON, HUGE_THP_OFF },
		{ HUGE_MAY_MADVISE, 0, THP_PROCESS_ON, HUGE_THP_MADVISE },
		{ HUGE_MAY_MADVISE, FLAG_HUGEPAGE, THP_PROCESS_ON, HUGE_NOT_SCANNED },
		{ HUGE_MAY_ALWAYS, 0, THP_PROCESS_UNKNOWN, HUGE_NOT_SCANNED },
		{ HUGE_MAY_NEVER, 0, THP_PROCESS_OFF, HUGE_PRCTL },
		{ HUGE_MAY_ALWAYS, FLAG_HUGEPAGE, THP_PROCESS_OFF, HUGE_PRCTL },
		{ HUGE_MAY_NEVER, FLAG_NOHUGEPAGE, THP_PROCESS_OFF, HUGE_NOHUGEPAGE },
		{ HUGE_MAY_NOT_FILE, FLAG_NOHUGEPAGE, THP_PROCESS_OFF, HUGE_FILESYSTEM },
		{ HUGE_MAY_UNKNOWN, FLAG_NOHUGEPAGE, THP_PROCESS_ON, HUGE_NOHUGEPAGE },
	};

	put(&scene, AT, 1024);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		scene.may = rows[i].may;
		scene.area.vm_flags = rows[i].flags;
		scene.allowed = rows[i].allowed;
		if (!is(&scene, AT, AT + 2 * HUGE, rows[i].reason, 1024))
			return ktap_note("row %zu", i);
	}
	scene.may = HUGE_MAY_UNKNOWN;
	scene.area.vm_flags = 0;
	return are(&scene, NULL, 0, 0);
}

static bool counts(enum huge_reason reason, struct scene *scene, uint64_t small, uint64_t pages, uint64_t limit)
{
	const struct huge_range expect = {
		.start = AT, .end = AT + HUGE, .small = small * PAGE, .reason = reason, .pages = pages, .limit = limit,
	};

	return are(scene, &expect, 1, 0);
}

static bool khugepaged(void)
{
	struct scene some = scene_of(AT, AT + HUGE), swapped = some, shared = some;

	put(&some, AT, 100);
	put(&some, AT + 100 * PAGE, 12)->origin = VMAVIEW_ORIGIN_ZERO;
	some.machine.max_none = 412;
	if (!counts(HUGE_NOT_SCANNED, &some, 100, 0, 0))
		return false;
	some.machine.max_none = 411;
	if (!counts(HUGE_MAX_NONE, &some, 100, 412, 411))
		return false;
	some.machine.max_none = 511;
	some.area.vm_flags = FLAG_MISSING;
	if (!counts(HUGE_MAX_NONE, &some, 100, 412, 0))
		return false;
	put(&swapped, AT, 447);
	put_swapped(&swapped, AT + 447 * PAGE, 65);
	if (!counts(HUGE_MAX_SWAP, &swapped, 512, 65, 64))
		return false;
	swapped.machine.max_swap = 65;
	if (!counts(HUGE_NOT_SCANNED, &swapped, 512, 0, 0))
		return false;
	put(&shared, AT, 255);
	put(&shared, AT + 255 * PAGE, 257)->page_mapcount = 2;
	if (!counts(HUGE_MAX_SHARED, &shared, 512, 257, 256))
		return false;
	shared.area.ops = &shmem;	/* of page cache it is not asked */
	return counts(HUGE_NOT_SCANNED, &shared, 512, 0, 0);
}

static bool held(void)
{
	struct scene pinned = scene_of(AT, AT + HUGE), batch = pinned, protected = pinned;
	struct vmaview_run *run;

	pinned.machine.max_none = 0;
	run = put(&pinned, AT, 1);
	run->refcount = 1 + VMAVIEW_PIN_BIAS;
	run->extra_refs = VMAVIEW_PIN_BIAS;
	if (!is(&pinned, AT, AT + HUGE, HUGE_PINNED, 1))
		return false;
	run = put(&batch, AT, 1);
	run->refcount = 2;
	run->extra_refs = 1;
	run->page = 0;	/* on no list: a batch has it */
	if (!is(&batch, AT, AT + HUGE, HUGE_NOT_SCANNED, 1))
		return false;
	run->page = VMAVIEW_PAGE_LRU;
	if (!is(&batch, AT, AT + HUGE, HUGE_PINNED, 1))
		return false;
	put(&protected, AT, 512)->entry = VMAVIEW_ENTRY_UFFD_WP;
	return is(&protected, AT, AT + HUGE, HUGE_USERFAULTFD, 512);
}

static bool huge(void)
{
	struct scene scene = scene_of(AT, AT + 4 * HUGE);
	const struct huge_range expect = {
		.start = AT + 2 * HUGE, .end = AT + 3 * HUGE, .small = PAGE, .reason = HUGE_NOT_SCANNED,
	};

	put(&scene, AT, 512)->level = 1;
	put(&scene, AT + HUGE, 1)->origin = VMAVIEW_ORIGIN_ZERO;
	put(&scene, AT + 2 * HUGE + 7 * PAGE, 1);
	scene.run[3] = scene.run[0];
	scene.run[3].start = AT + 3 * HUGE;
	scene.run[3].end = AT + 4 * HUGE;
	scene.run[3].origin = VMAVIEW_ORIGIN_HUGE_ZERO;
	scene.nr_runs = 4;
	return are(&scene, &expect, 1, HUGE);
}

/* Neighbours that are alike are one, and the worst of them counts. */
static bool neighbours(void)
{
	struct scene scene = scene_of(AT, AT + 4 * HUGE);
	const struct huge_range expect[] = {
		{ .start = AT, .end = AT + 2 * HUGE, .small = 30 * PAGE, .reason = HUGE_MAX_NONE, .pages = 502,
		  .limit = 400 },
		{ .start = AT + 3 * HUGE, .end = AT + 4 * HUGE, .small = 40 * PAGE, .reason = HUGE_MAX_NONE,
		  .pages = 472, .limit = 400 },
	};

	scene.machine.max_none = 400;
	put(&scene, AT, 10);
	put(&scene, AT + HUGE, 20);
	put(&scene, AT + 3 * HUGE, 40);
	return are(&scene, expect, 2, 0);
}

static bool asked(void)
{
	struct scene scene = scene_of(AT, AT + 4 * HUGE);

	put(&scene, AT, 2048);
	scene.low = scene.high = AT + HUGE + 5;
	if (!is(&scene, AT + HUGE, AT + 2 * HUGE, HUGE_NOT_SCANNED, 512))
		return false;
	scene.nr_runs = 0;
	if (!are(&scene, NULL, 0, 0))
		return false;
	scene.untouched = true;
	if (!are(&scene, NULL, 0, 0))	/* the first access will make it huge */
		return false;
	scene.may = HUGE_MAY_NEVER;
	if (!is(&scene, AT, AT + 4 * HUGE, HUGE_THP_OFF, 0))
		return false;
	scene.untouched = false;
	return are(&scene, NULL, 0, 0);
}

static bool others(void)
{
	struct scene scene = scene_of(AT, AT + 2 * HUGE);

	put(&scene, AT, 512)->level = 1;
	scene.run[0].origin = VMAVIEW_ORIGIN_HUGETLB;
	scene.area.vm_flags = FLAG_HUGETLB;
	if (!are(&scene, &(struct huge_range){ .start = AT, .end = AT + 2 * HUGE, .small = HUGE,
		 .reason = HUGE_RESERVED }, 1, HUGE))
		return false;
	scene.area.vm_flags |= FLAG_NORESERVE;
	if (!are(&scene, NULL, 0, HUGE))
		return false;
	scene.area.vm_flags = FLAG_IO;
	if (!are(&scene, NULL, 0, 0))
		return false;
	scene.area.vm_flags = 0;
	scene.area.ops = &ext4;
	scene.may = HUGE_MAY_NOT_FILE;
	scene.run[0].level = 0;
	return is(&scene, AT, AT + 2 * HUGE, HUGE_FILESYSTEM, 512);
}

static const struct ktap_test tests[] = {
	{ "an area that is too small, or has no place for a huge page, and its edges", sizes },
	{ "what no huge page of the file could hold is unaligned", offsets },
	{ "of file system, area, process and machine the first that forbids it", settings },
	{ "khugepaged is stopped by the count that is above its limit, and not by one at it", khugepaged },
	{ "before all counts come pages that are held, which a batch does not, and those that are protected", held },
	{ "what is huge is summed up, and zero pages are nobody's memory", huge },
	{ "neighbours that are alike are one", neighbours },
	{ "of an address there is its place, and what the first access will meet", asked },
	{ "hugetlb is reserved until it is there, and what is special is left out", others },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
