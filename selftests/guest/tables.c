// SPDX-License-Identifier: GPL-2.0
/* tables - page tables by level: what a known step adds, and what the kernel counts itself. */
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

SCENE(tables)

#define GIB (1UL << 30)

/* By enum vmaview_table_level; a level that this machine does not have is all 0. */
struct counts {
	struct vmaview_table at[VMAVIEW_TABLE_PGD + 1];
};

static struct counts counts_in(const struct bytes *bytes)
{
	struct counts counts = { 0 };
	struct stream stream;
	const char *wrong = stream_parse(bytes, &stream);

	if (wrong)
		die("%s", wrong);
	for (size_t i = 0; i < stream.nr_tables; i++)
		counts.at[stream.table[i].level] = stream.table[i];
	stream_free(&stream);
	return counts;
}

static struct counts counts_of(pid_t pid)
{
	struct counts counts;
	struct bytes bytes;
	int ret = door_bytes(pid, VMAVIEW_WANT_TABLES, &bytes);

	if (ret)
		die("pid %d: %s", pid, strerror(-ret));
	counts = counts_in(&bytes);
	bytes_free(&bytes);
	return counts;
}

static void expect_kib(const struct counts *counts, uint64_t kib)
{
	uint64_t bytes = counts->at[VMAVIEW_TABLE_PTE].deposited * PAGE;

	for (int level = VMAVIEW_TABLE_PTE; level <= VMAVIEW_TABLE_PUD; level++) {
		bytes += counts->at[level].bytes;
		expect_eq("bytes are tables", counts->at[level].bytes, counts->at[level].tables * PAGE);
		expect_eq("entries are tables", counts->at[level].entries,
			  counts->at[level].tables * 512);
	}
	expect_eq("VmPTE in kB", bytes >> 10, kib);
}

/* The second witness: VmPTE, which is mm_pgtables_bytes(). */
static void expect_vmpte(pid_t pid, const struct counts *counts)
{
	expect_kib(counts, proc_status(pid, "VmPTE"));
}

/* What a step of the child adds. */
struct step {
	const char *what;
	int64_t pte_tables, pte_used, pte_leaves, pte_absent;
	int64_t pmd_tables, pmd_used, pmd_leaves;
	int64_t pud_tables, pud_used;
	int64_t deposited;
};

static int64_t added(uint64_t before, uint64_t after)
{
	return after - before;
}

static void expect_step(pid_t pid, const struct step *step, struct counts *before)
{
	struct counts now = counts_of(pid);
	const struct vmaview_table *a = before->at, *b = now.at;

	note("%s", step->what);
	expect_eq("pte tables", added(a[0].tables, b[0].tables), step->pte_tables);
	expect_eq("pte used", added(a[0].used, b[0].used), step->pte_used);
	expect_eq("pte leaves", added(a[0].leaves, b[0].leaves), step->pte_leaves);
	expect_eq("pte absent", added(a[0].absent, b[0].absent), step->pte_absent);
	expect_eq("pmd tables", added(a[1].tables, b[1].tables), step->pmd_tables);
	expect_eq("pmd used", added(a[1].used, b[1].used), step->pmd_used);
	expect_eq("pmd leaves", added(a[1].leaves, b[1].leaves), step->pmd_leaves);
	expect_eq("pud tables", added(a[2].tables, b[2].tables), step->pud_tables);
	expect_eq("pud used", added(a[2].used, b[2].used), step->pud_used);
	expect_eq("deposited", added(a[0].deposited, b[0].deposited), step->deposited);
	expect_vmpte(pid, &now);
	*before = now;
}

struct scene {
	int (*run)(void);
};

/* All that this program has so far is mapped from now on, so that a step adds only its own. */
static int run_settled(void *arg)
{
	const struct scene *scene = arg;
	struct area_list areas;

	door_smaps(getpid(), &areas);
	for (size_t i = 0; i < areas.nr; i++)	/* what cannot be read is not populated, and not touched */
		madvise((void *)areas.area[i].start, areas.area[i].end - areas.area[i].start,
			MADV_POPULATE_READ);
	area_list_free(&areas);
	return scene->run();
}

static void expect_steps(int (*run)(void), const struct step *steps, size_t nr)
{
	struct scene scene = { run };
	struct counts before;
	struct child child;

	child_start(&child, run_settled, &scene);
	before = counts_of(child.pid);
	expect_vmpte(child.pid, &before);
	for (size_t i = 0; i < nr; i++) {
		if (!child_step(&child))
			die("the child ended before: %s", steps[i].what);
		expect_step(child.pid, &steps[i], &before);
	}
	child_end(&child);
}

/* One mapping of 2 GiB at a place of its own, split in areas by protection. */
static int small_steps(void)
{
	char *base = scene_map(2 * GIB, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);

	madvise(base, 2 * GIB, MADV_NOHUGEPAGE);
	child_ready();
	scene_write(base, 3);
	child_ready();
	mprotect(base + PAGE, PAGE, PROT_READ);
	child_ready();
	scene_write(base + HUGE, 1);
	child_ready();
	scene_write(base + GIB, 5);
	child_ready();
	madvise(base + GIB, 2 * PAGE, MADV_DONTNEED);
	child_ready();
	munmap(base, 4 * PAGE);
	child_ready();
	munmap(base, GIB);
	child_ready();
	return 0;
}

/* Each step adds the tables and entries that it must. */
TEST_F(tables, small)
{
	static const struct step steps[] = {
		{ "three pages where nothing was", 1, 3, 3, 0, 1, 1, 0, 1, 1, 0 },
		{ "their area split in three", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
		{ "one 2 MiB further", 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 },
		{ "five, 1 GiB further", 1, 5, 5, 0, 1, 1, 0, 0, 1, 0 },
		{ "two of these given back", 0, -2, -2, 0, 0, 0, 0, 0, 0, 0 },
		{ "the first ones unmapped: their table serves the next area", 0, -3, -3, 0, 0, 0, 0, 0, 0, 0 },
		{ "all of the first GiB unmapped", -2, -1, -1, 0, -1, -2, 0, 0, -1, 0 },
	};

	expect_steps(small_steps, steps, ARRAY_SIZE(steps));
}

static int huge_steps(void)
{
	char *memory;

	scene_huge_page();	/* what of this program that takes is mapped, too */
	child_ready();
	memory = scene_huge_page();
	child_ready();
	mprotect(memory, 8 * PAGE, PROT_READ);	/* splits the PMD: the table in reserve serves */
	child_ready();
	return 0;
}

/* A huge page has a table in reserve, until it is split. */
TEST_F(tables, huge)
{
	static const struct step steps[] = {
		{ "a huge page", 0, 0, 0, 0, 1, 1, 1, 1, 1, 1 },
		{ "mapped in pieces", 1, 512, 512, 0, 0, 0, -1, 0, 0, -1 },
	};

	scene_thp();
	expect_steps(huge_steps, steps, ARRAY_SIZE(steps));
}

static int hugetlb_steps(void)
{
	char *memory;

	child_ready();
	memory = mmap(scene_place(), 2 * HUGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (memory == MAP_FAILED)
		return 1;
	scene_write(memory, 1);
	scene_write(memory + HUGE, 1);
	child_ready();
	return 0;
}

/* hugetlb has entries a level up. */
TEST_F(tables, hugetlb)
{
	static const struct step steps[] = {
		{ "two pages of hugetlb", 0, 0, 0, 0, 1, 2, 2, 1, 1, 0 },
	};

	scene_hugetlb(2);
	expect_steps(hugetlb_steps, steps, ARRAY_SIZE(steps));
}

static int swap_steps(void)
{
	char *memory = scene_anon(16), *before = scene_anon(1);

	scene_write(before, 1);
	scene_page_out(before, 1);	/* what of this program that takes is mapped from now on */
	child_ready();
	scene_write(memory, 16);
	child_ready();
	scene_page_out(memory, 16);
	child_ready();
	return 0;
}

/* What is swapped out still uses entries. */
TEST_F(tables, swapped)
{
	static const struct step steps[] = {
		{ "16 pages", 1, 16, 16, 0, 1, 1, 0, 1, 1, 0 },
		{ "swapped out", 0, 0, -16, 16, 0, 0, 0, 0, 0, 0 },
	};

	scene_swap();
	expect_steps(swap_steps, steps, ARRAY_SIZE(steps));
}

/* Every other page another area, so that most tables serve hundreds. */
static int many_areas(void *arg)
{
	char *memory = scene_anon(8192);

	(void)arg;
	madvise(memory, 8192 * PAGE, MADV_NOHUGEPAGE);
	scene_write(memory, 8192);
	for (size_t i = 0; i < 8192; i += 2)
		if (mprotect(memory + i * PAGE, PAGE, PROT_READ))
			return 1;
	child_ready();
	return 0;
}

/* A table is counted once over thousands of areas and holds. */
TEST_F(tables, many_holds)
{
	struct counts shortest;
	struct child child;

	child_start(&child, many_areas, NULL);
	door_hold_budget("0");
	shortest = counts_of(child.pid);
	expect_vmpte(child.pid, &shortest);
	expect_eq("more than the pages that were written", shortest.at[0].leaves > 8192, true);
	child_end(&child);
}

/* Of a range only what serves it. */
TEST_F(tables, range)
{
	char *base = scene_map(2 * GIB, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_TABLES);
	struct stream stream;
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	madvise(base, 2 * GIB, MADV_NOHUGEPAGE);
	scene_write(base, 4);
	scene_write(base + GIB, 4);
	request.start = (uint64_t)base + GIB + PAGE + 1;	/* in the second of these */
	request.end = (uint64_t)base + GIB + 2 * PAGE + 1;	/* and in the third */
	expect_errno("bind", door_bind(fd, &request), 0);
	slurp_fd(fd, 65536, &bytes);
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	for (int level = VMAVIEW_TABLE_PTE; level <= VMAVIEW_TABLE_PUD; level++)
		expect_eq("tables of each level", stream.table[level].tables, 1);
	expect_eq("used", stream.table[0].used, 2);
	expect_eq("used of the pmd", stream.table[1].used, 1);
	close(fd);
}

/* Judged when it goes on again: it may be one that this test needs. */
static bool expect_standing(pid_t pid)
{
	struct counts counts;
	struct bytes bytes;
	uint64_t kib;
	int ret;

	if (!proc_stop(pid))
		return false;
	ret = door_bytes(pid, VMAVIEW_WANT_TABLES, &bytes);
	kib = proc_status(pid, "VmPTE");
	proc_continue(pid);
	if (ret)
		die("pid %d: %s", pid, strerror(-ret));
	counts = counts_in(&bytes);
	expect_kib(&counts, kib);
	bytes_free(&bytes);
	return true;
}

/* Of all processes the sum is VmPTE. */
TEST_F(tables, everybody)
{
	pid_t pids[256];
	size_t nr = proc_users(pids, ARRAY_SIZE(pids)), seen = 0;

	for (size_t i = 0; i < nr && !failed(); i++)
		seen += expect_standing(pids[i]);
	note("%zu processes", seen);
	expect_eq("there were some", seen > 0, true);
}

/* The text has what the records have. */
TEST_F(tables, as_text)
{
	char want[2048] = "";
	struct counts counts;
	struct child child;
	struct bytes text;

	child_start_program(&child);
	counts = counts_of(child.pid);
	snprintf(want, sizeof(want), "Pgtables:         %6lu kB\n", proc_status(child.pid, "VmPTE"));
	for (int level = 0; level <= VMAVIEW_TABLE_PGD; level++) {
		const struct vmaview_table *table = &counts.at[level];
		size_t len = strlen(want);
		char deposited[40] = "";

		if (!table->header.size)
			continue;
		if (!level)
			snprintf(deposited, sizeof(deposited), " deposited=%llu", table->deposited);
		snprintf(want + len, sizeof(want) - len,
			 "%s: tables=%llu entries=%llu used=%llu leaves=%llu absent=%llu span=%llu "
			 "bytes=%llu%s\n", table->name, table->tables, table->entries, table->used,
			 table->leaves, table->absent, table->span, table->bytes, deposited);
	}
	if (door_text(child.pid, "tables", &text))
		die("no debugfs tables");
	expect_str("text", text.data, want);
	bytes_free(&text);
	child_kill(&child);
	expect_eq("errno of the exited one", door_folder_errno(child.pid, "tables"), ESRCH);
}

SCENE_MAIN
