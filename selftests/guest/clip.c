// SPDX-License-Identifier: GPL-2.0
/*
 * clip - areas that begin and end inside a page-table entry: no walk leaves them.
 *
 * An area is clipped by what was reported before it, where what is reported was replaced meanwhile, or was
 * given up half-way; and a range cuts what is walked of it.  For each size of a leaf.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/verdict.h"

SCENE(clip)

#define GIB (1UL << 30)
#define GIB_PAGES "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages"
#define PAGES_OF(bytes) ((bytes) / PAGE)

/* What takes the place of small areas that were reported already. */
struct kind {
	const char *name;
	unsigned long size;	/* of a leaf */
	unsigned int nr;	/* of leaves */
	int flags;		/* of mmap() */
};

static const struct kind small = { "4 KiB pages", PAGE, 1024, 0 };
static const struct kind few = { "some 4 KiB pages", PAGE, 32, 0 };
static const struct kind thp = { "THP", HUGE, 4, 0 };
static const struct kind hugetlb = { "hugetlb", HUGE, 4, MAP_HUGETLB | 21 << MAP_HUGE_SHIFT };
static const struct kind gigantic = { "hugetlb of 1 GiB", GIB, 1, MAP_HUGETLB | 30 << MAP_HUGE_SHIFT };

/* How the address space is when the first piece is read. */
enum before {
	MANY_AREAS,	/* some of which are in the first piece */
	MANY_RUNS,	/* of one area, which is given up */
};

static struct {
	const struct kind *kind;
	enum before before;
	bool last_in_gib;	/* the walk that leaves the area enters another table of PMDs */
	char *at;
} scene;

static size_t scene_length(void)
{
	return scene.kind->size * scene.kind->nr;
}

static char *map_here(char *at, size_t length, int prot, int flags)
{
	char *memory = mmap(at, length, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	if (memory == MAP_FAILED)
		die("mmap of %zu bytes: %s", length, strerror(errno));
	return memory;
}

enum { SMALL_AREAS = 120, RUN_PAGES = 2048 };

static void build_before(void)
{
	char *memory;

	if (scene.before == MANY_AREAS) {
		for (size_t i = 0; i < SMALL_AREAS; i++)
			map_here(scene.at + i * 2 * PAGE, PAGE, i & 1 ? PROT_READ : PROT_READ | PROT_WRITE, 0);
		return;
	}
	memory = map_here(scene.at, RUN_PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_NORESERVE);
	madvise(memory, RUN_PAGES * PAGE, MADV_NOHUGEPAGE);
	scene_read(memory, RUN_PAGES);
	for (size_t i = 0; i < RUN_PAGES; i += 2)
		scene_write(memory + i * PAGE, 1);
}

/* Memory whose tables are next to those of the area: what a walk meets that leaves it. */
static void build_neighbour(void)
{
	char *memory = map_here(scene.at + scene_length(), 64 * HUGE, PROT_READ | PROT_WRITE, MAP_NORESERVE);

	madvise(memory, 64 * HUGE, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < 64; i++)
		scene_write(memory + i * HUGE, 1);
}

static void build_after(void)
{
	char *memory;

	munmap(scene.at, RUN_PAGES * PAGE);
	build_neighbour();
	memory = map_here(scene.at, scene_length(), PROT_READ | PROT_WRITE, scene.kind->flags);
	if (scene.kind->size == PAGE)
		madvise(memory, scene_length(), MADV_NOHUGEPAGE);
	if (scene.kind == &thp)
		madvise(memory, scene_length(), MADV_HUGEPAGE);
	for (size_t i = 0; i < scene.kind->nr; i++)
		scene_write(memory + i * scene.kind->size, 1);
}

static int replaces(void *arg)
{
	(void)arg;
	build_before();
	child_ready();
	build_after();
	scene_drain();
	child_ready();
	return 0;
}

static void need(const struct kind *kind)
{
	const char *have;

	if (kind == &thp)
		scene_thp();
	if (kind == &hugetlb)
		scene_hugetlb(2 * kind->nr);
	if (kind != &gigantic)
		return;
	if (!setting(GIB_PAGES, "1"))
		skip("no huge pages of 1 GiB here");
	have = setting_get(GIB_PAGES);
	if (!have || atoi(have) < 1)
		skip("no free gigabyte for a huge page");
}

static int bind_range(pid_t pid, unsigned int want, const char *start, const char *end)
{
	struct vmaview_request request = door_request(pid, want);
	int fd = door_open();

	request.start = (uintptr_t)start;
	request.end = (uintptr_t)end;
	if (fd < 0 || door_bind(fd, &request))
		die("cannot bind pid %d", pid);
	return fd;
}

static void parse(struct bytes *bytes, struct stream *stream)
{
	const char *wrong = stream_parse(bytes, stream);

	if (wrong)
		die("%s: %s", scene.kind->name, wrong);
	bytes_free(bytes);
}

/* A little of the first piece, the change, and the rest. */
static void read_across(struct child *child, unsigned int want, struct stream *stream)
{
	enum { FIRST = sizeof(struct vmaview_begin) + 64 };	/* all of the first piece, and a bit of the next */
	int fd = bind_range(child->pid, want, scene.at, scene.at + 2 * GIB);
	struct bytes bytes;
	char first[FIRST], *all;
	size_t length;

	if (read(fd, first, FIRST) != FIRST)
		die("the first part: %s", strerror(errno));
	if (!child_step(child))
		die("the child could not build %s", scene.kind->name);
	if (slurp_fd(fd, 65536, &bytes))
		die("the rest cannot be read");
	close(fd);
	length = FIRST + bytes.len;
	all = malloc(length);
	if (!all)
		die("no memory");
	memcpy(all, first, FIRST);
	memcpy(all + FIRST, bytes.data, bytes.len);
	bytes_free(&bytes);
	bytes = (struct bytes){ .data = all, .len = length };
	parse(&bytes, stream);
}

static uint64_t leaves_in(uint64_t start, uint64_t end)
{
	return (end - 1) / scene.kind->size - start / scene.kind->size + 1;
}

static void expect_hugetlb(const struct area *area, uint64_t kb)
{
	expect_eq("Private_Hugetlb", area->value[PRIVATE_HUGETLB], kb);
	expect_eq("Rss", area->value[RSS], 0);
	expect_eq("Absent none", area->value[ABSENT_NONE], 0);
}

static void expect_ordinary(const struct area *area, uint64_t kb)
{
	expect_eq("Private_Hugetlb", area->value[PRIVATE_HUGETLB], 0);
	expect_eq("Rss", area->value[RSS], kb);
	expect_eq("AnonHugePages", area->value[ANON_HUGE], scene.kind == &thp ? kb : 0);
	expect_eq("Absent none", area->value[ABSENT_NONE], 0);
}

/* What was written of the area, page by page, is what its part must say. */
static void expect_sums(const struct area *area)
{
	uint64_t kb = (area->end - area->start) >> 10, nr = leaves_in(area->start, area->end);

	expect_eq("Size", area->value[SIZE], kb);
	if (scene.kind == &gigantic)	/* smaps asks its table for a count that only tables of PMDs keep */
		expect_eq("Hugetlb", area->value[PRIVATE_HUGETLB] + area->value[SHARED_HUGETLB], kb);
	else if (scene.kind->flags)
		expect_hugetlb(area, kb);
	else
		expect_ordinary(area, kb);
	expect_eq("Leaves 4k", area->value[LEAVES_4K], scene.kind->size == PAGE ? nr : 0);
	expect_eq("Leaves 2M", area->value[LEAVES_2M], scene.kind->size == HUGE ? nr : 0);
	expect_eq("Leaves 1G", area->value[LEAVES_1G], scene.kind->size == GIB ? nr : 0);
	expect_eq("Cow_Reuse + Cow_Maybe", area->value[COW_REUSE] + area->value[COW_MAYBE], kb);
	expect_eq("Cow_Debt", area->value[COW_DEBT], 0);
}

/* Each run names the frames that pagemap names. */
static void expect_frames(pid_t pid, const struct vmaview_run *run)
{
	uint64_t last[2];

	proc_pagemap(pid, (void *)run->start, 1, &last[0]);
	proc_pagemap(pid, (void *)(run->end - PAGE), 1, &last[1]);
	if (PAGEMAP_PFN(last[0]) != run->pfn ||
	    PAGEMAP_PFN(last[1]) != run->pfn + PAGES_OF(run->end - run->start) - 1)
		fail("%s: run %llx-%llx of frame %llx; pagemap has %llx and %llx", scene.kind->name, run->start,
		     run->end, run->pfn, PAGEMAP_PFN(last[0]), PAGEMAP_PFN(last[1]));
}

/* The runs of [start, end) have no hole between them. */
static void expect_runs(pid_t pid, const struct stream *stream, uint64_t start, uint64_t end)
{
	uint64_t next = start;

	for (size_t i = 0; i < stream->nr_runs; i++) {
		const struct vmaview_run *run = &stream->run[i];

		if (run->start < start || run->start >= end)
			continue;
		if (run->start != next)
			fail("a run starts at %llx and not at %llx", run->start, (unsigned long long)next);
		next = run->end;
		expect_frames(pid, run);
	}
	if (next != end)
		fail("runs end at %llx and not at %llx", (unsigned long long)next, (unsigned long long)end);
}

/* The area that was replaced in its part: it begins after what was reported before. */
static const struct area *clipped(const struct stream *stream)
{
	uint64_t end = (uintptr_t)scene.at + scene_length();

	for (size_t i = 0; i < stream->areas.nr; i++) {
		const struct area *area = &stream->areas.area[i];

		if (area->end != end)
			continue;
		if (area->start <= (uintptr_t)scene.at)
			die("the area is not clipped: the scene has failed");
		return area;
	}
	die("the area is not there");
}

static char *choose_place(void)
{
	char *place = scene_place();

	return scene.last_in_gib ? place + GIB - scene_length() : place;
}

static void expect_clipped(unsigned int want)
{
	const struct area *area;
	struct stream stream;
	struct child child;

	scene.at = choose_place();
	child_start(&child, replaces, NULL);
	read_across(&child, want, &stream);
	area = clipped(&stream);
	if (want & VMAVIEW_WANT_PAGES)
		expect_sums(area);
	if (want & VMAVIEW_WANT_RUNS)
		expect_runs(child.pid, &stream, area->start, area->end);
	stream_free(&stream);
	child_end(&child);
}

static void replaced(const struct kind *kind)
{
	need(kind);
	scene.kind = kind;
	for (int last = 0; last < 2; last++) {
		/* A gigabyte is cleared each time. */
		if (last && (scene_length() > GIB / 2 || kernel_is_slow()))
			continue;
		scene.last_in_gib = last;
		scene.before = MANY_AREAS;
		expect_clipped(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES);
		expect_clipped(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS);
		expect_clipped(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS);
		scene.before = MANY_RUNS;
		expect_clipped(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS);
		expect_clipped(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS);
	}
}

/* What is clipped in 4 KiB pages has its own pages. */
TEST_F(clip, replaced_small)
{
	replaced(&small);
}

/* What is clipped inside a THP ends where it ends. */
TEST_F(clip, replaced_thp)
{
	replaced(&thp);
}

/* What is clipped inside a page of hugetlb ends where it ends. */
TEST_F(clip, replaced_hugetlb)
{
	replaced(&hugetlb);
}

/* What is clipped inside a page of 1 GiB ends where it ends. */
TEST_F(clip, replaced_gigantic)
{
	replaced(&gigantic);
}

/* Where ranges begin and end, in the area: on, before and after the borders of entries, and inside. */
static size_t cut(unsigned int i)
{
	const size_t size = scene.kind->size, cuts[] = {
		0, PAGE, size / 2 + PAGE, size - PAGE, size, size + PAGE, scene_length() - PAGE, scene_length(),
	};

	return i < ARRAY_SIZE(cuts) ? cuts[i] & ~(PAGE - 1) : SIZE_MAX;
}

static void expect_range_runs(pid_t pid, const char *start, const char *end)
{
	struct stream stream;
	struct bytes bytes;
	int fd = bind_range(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS, start, end);

	if (slurp_fd(fd, 65536, &bytes))
		die("runs cannot be read");
	close(fd);
	parse(&bytes, &stream);
	expect_runs(pid, &stream, (uintptr_t)start, (uintptr_t)end);
	stream_free(&stream);
}

/* Entries that the range touches, at the level of the leaves. */
static void expect_range_tables(pid_t pid, const char *start, const char *end)
{
	const int levels[] = { [0] = VMAVIEW_TABLE_PTE, [1] = VMAVIEW_TABLE_PMD, [2] = VMAVIEW_TABLE_PUD };
	int level = scene.kind->size == PAGE ? 0 : scene.kind->size == HUGE ? 1 : 2;
	uint64_t leaves = 0;
	struct stream stream;
	struct bytes bytes;
	int fd = bind_range(pid, VMAVIEW_WANT_TABLES, start, end);

	if (slurp_fd(fd, 65536, &bytes))
		die("tables cannot be read");
	close(fd);
	parse(&bytes, &stream);
	for (size_t i = 0; i < stream.nr_tables; i++) {
		if ((int)stream.table[i].level == levels[level])
			expect_eq("leaves of the range", stream.table[i].leaves,
				  leaves_in((uintptr_t)start, (uintptr_t)end));
		leaves += stream.table[i].leaves;
	}
	expect_eq("leaves at all levels", leaves, leaves_in((uintptr_t)start, (uintptr_t)end));
	stream_free(&stream);
}

/*
 * Does @other map there what @pid does?  Later kernels forget at times to copy an entry of 1 GiB: they take
 * the table of PUDs for one that is shared, by a count that only tables of PMDs keep.
 */
static bool is_shared(pid_t pid, pid_t other, const char *at)
{
	uint64_t ours, theirs;

	proc_pagemap(pid, at, 1, &ours);
	proc_pagemap(other, at, 1, &theirs);
	return theirs & PAGEMAP_PRESENT && PAGEMAP_PFN(ours) == PAGEMAP_PFN(theirs);
}

/* @other, forked, maps each page of the range at the same address. */
static void expect_range_sharers(pid_t pid, pid_t other, const char *start, const char *end)
{
	struct stream stream;
	struct bytes bytes;
	size_t found = 0;
	int fd = bind_range(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS, start, end);

	if (slurp_fd(fd, 65536, &bytes))
		die("sharers cannot be read");
	close(fd);
	parse(&bytes, &stream);
	for (size_t i = 0; i < stream.nr_sharers; i++) {
		if (stream.sharers[i].pid != other)
			continue;
		found++;
		expect_eq("first page shared", stream.sharers[i].first, (uintptr_t)start);
		expect_eq("its address", stream.sharers[i].address, (uintptr_t)start);
		expect_eq("pages shared", stream.sharers[i].pages, PAGES_OF((size_t)(end - start)));
	}
	if (scene.kind != &gigantic && !is_shared(pid, other, start))
		fail("the child has other pages: the scene has failed");
	expect_eq("sharers", found, is_shared(pid, other, start));
	stream_free(&stream);
}

static void expect_explained(pid_t pid, const char *at)
{
	struct vmaview_explain answer;
	uint64_t entry;

	verdict_ask_pages(pid, at + 123, 1, &answer);
	proc_pagemap(pid, at, 1, &entry);
	expect_eq("leaf size", answer.leaf_size, scene.kind->size);
	expect_eq("physical address", answer.physical, PAGEMAP_PFN(entry) * PAGE + 123);
	expect_eq("frame of its run", answer.run.pfn, PAGEMAP_PFN(entry));
}

static int pauses(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* The scene in a child, and again in a child of that. */
static int stays_forked(void *arg)
{
	pid_t *other = arg;
	struct child child;

	build_after();
	scene_drain();
	child_start(&child, pauses, NULL);
	*other = child.pid;
	child_ready();
	child_end(&child);
	return 0;
}

static void cut_everywhere(const struct kind *kind)
{
	pid_t *other = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct child child;

	need(kind);
	scene.kind = kind;
	scene.at = scene_place();
	child_start(&child, stays_forked, other);
	for (unsigned int i = 0; cut(i) != SIZE_MAX; i++) {
		for (unsigned int j = i + 1; cut(j) != SIZE_MAX; j++) {
			const char *start = scene.at + cut(i), *end = scene.at + cut(j);

			if (start >= end || end > scene.at + scene_length())
				continue;
			expect_range_runs(child.pid, start, end);
			expect_range_tables(child.pid, start, end);
			/* A gigabyte is many pieces: once is enough. */
			if ((size_t)(end - start) < GIB / 2 || (!i && end == scene.at + scene_length()))
				expect_range_sharers(child.pid, *other, start, end);
		}
		if (cut(i) < scene_length())
			expect_explained(child.pid, scene.at + cut(i));
	}
	child_end(&child);
}

/* A range cuts 4 KiB pages for each walk. */
TEST_F(clip, cut_small)
{
	cut_everywhere(&few);
}

/* A range cuts THP for each walk. */
TEST_F(clip, cut_thp)
{
	cut_everywhere(&thp);
}

/* A range cuts pages of hugetlb for each walk. */
TEST_F(clip, cut_hugetlb)
{
	cut_everywhere(&hugetlb);
}

/* A range cuts a page of 1 GiB for each walk. */
TEST_F(clip, cut_gigantic)
{
	cut_everywhere(&gigantic);
}

SCENE_MAIN
