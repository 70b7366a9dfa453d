// SPDX-License-Identifier: GPL-2.0
/* huge - transparent huge pages, hugetlb, huge shmem and the huge zero page. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(huge)

enum { HUGE_PAGES = HUGE / PAGE, HUGE_KB = HUGE / 1024 };

#define SHMEM_MOUNT "/tmp/vmaview-huge"

static char *memory;

/* One huge page, present, mapped by a PMD entry. */
static struct want want_huge(void)
{
	struct want want = want_anon(HUGE_PAGES, HUGE_PAGES);

	want.v[ANON_HUGE] = HUGE_KB;
	want.v[LEAVES_2M] = 1;
	want.v[LEAVES_4K] = 0;
	want.v[TABLES] -= 4;	/* no PTE table */
	return want;
}

static void make_huge_page(void)
{
	scene_thp();
	memory = scene_huge_page();
	scene_drain();
}

/* A transparent huge page is one leaf of 2 MiB. */
TEST_F(huge, thp)
{
	struct want want = want_huge();

	make_huge_page();
	look_here("THP", memory, &want);
}

/*
 * A huge page of PROT_NONE is there, whatever smaps says.  smaps of some kernels passes over it: look()
 * asks it. The page is there all the same.
 */
TEST_F(huge, thp_no_access)
{
	struct want want = want_huge();

	make_huge_page();
	mprotect(memory, HUGE, PROT_NONE);
	for (int key = 0; key < NR_KEYS; key++)
		if (keys[key].smaps && key != KPS && key != MPS)
			want.v[key] = ANY;
	want.v[COW_REUSE] = 0;
	look_here("PROT_NONE", memory, &want);
	mprotect(memory, HUGE, PROT_READ | PROT_WRITE);
	want = want_huge();
	look_here("writable again", memory, &want);
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* A huge page is copied after fork and reused once alone. */
TEST_F(huge, thp_forked)
{
	struct want want = want_huge();
	struct child child;

	make_huge_page();
	child_start(&child, wait_there, NULL);
	want.v[PSS] = want.v[PSS_DIRTY] = HUGE_KB / 2;
	want.v[PRIVATE_DIRTY] = want.v[COW_REUSE] = 0;
	want.v[SHARED_DIRTY] = want.v[COW_COPY] = want.v[COW_DEBT] = HUGE_KB;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 2;
	look_here("parent", memory, &want);
	want.v[REFERENCED] = ANY;
	look_for("child", child.pid, memory, &want);
	child_end(&child);
	want = want_huge();
	look_here("alone again", memory, &want);
}

/* A huge page unmapped in part is mapped by small entries. */
TEST_F(huge, thp_unmapped_in_part)
{
	enum { LEFT = HUGE_PAGES * 3 / 4 };
	struct want want = want_anon(LEFT, LEFT);

	make_huge_page();
	munmap(memory + LEFT * PAGE, (HUGE_PAGES - LEFT) * PAGE);
	scene_drain();
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = LEFT;
	look_here("three quarters of it", memory, &want);
}

/* A huge page protected in part is mapped by small entries. */
TEST_F(huge, thp_protected_in_part)
{
	enum { HALF = HUGE_PAGES / 2 };
	struct want want = want_anon(HALF, HALF);

	make_huge_page();
	mprotect(memory, HALF * PAGE, PROT_READ);
	scene_drain();
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = HUGE_PAGES;
	look_here("writable half", memory + HALF * PAGE, &want);
	want.v[COW_REUSE] = 0;
	look_here("read-only half", memory, &want);
}

/* Collapsed small pages are one leaf of 2 MiB. */
TEST_F(huge, collapse)
{
	struct want want = want_huge();

	scene_thp();
	memory = scene_anon(HUGE_PAGES);
	madvise(memory, HUGE, MADV_NOHUGEPAGE);
	scene_write(memory, HUGE_PAGES);
	madvise(memory, HUGE, MADV_HUGEPAGE);
	if (madvise(memory, HUGE, MADV_COLLAPSE))
		skip("no MADV_COLLAPSE: %s", strerrorname_np(errno));
	scene_write(memory, HUGE_PAGES);
	scene_drain();
	look_here("collapsed", memory, &want);
}

/* The huge zero page is a source of copies and nobody's memory. */
TEST_F(huge, huge_zero)
{
	struct want want = want_empty(HUGE_PAGES);

	scene_thp();
	if (!setting("/sys/kernel/mm/transparent_hugepage/use_zero_page", "1"))
		skip("no huge zero page");
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(memory, HUGE, MADV_HUGEPAGE);
	scene_read(memory, 1);
	want.v[LEAVES_2M] = 1;
	want.v[ABSENT_NONE] = 0;
	want.v[COW_SOURCE] = want.v[COW_DEBT] = HUGE_KB;
	want.v[TABLES] = want_tables(true) - 4;
	look_here("huge zero page", memory, &want);
}

/* @present of @nr pages of hugetlb, mapped once. */
static struct want want_hugetlb(unsigned int nr, unsigned int present)
{
	struct want want = want_empty(nr * HUGE_PAGES);

	want.v[KPS] = want.v[MPS] = HUGE_KB;
	want.v[ABSENT_NONE] = nr - present;
	want.v[LEAVES_2M] = present;
	want.v[PRIVATE_HUGETLB] = want.v[RECLAIM_NEVER] = present * HUGE_KB;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 1;
	want.v[TABLES] = want_tables(true) - 4;
	return want;
}

static void touch_huge(char *addr, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		scene_write(addr + i * HUGE, 1);
}

/* Private hugetlb is exact before and after fork. */
TEST_F(huge, hugetlb_private)
{
	struct want want = want_hugetlb(3, 2);
	struct child child;

	scene_hugetlb(4);
	memory = scene_map(3 * HUGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	touch_huge(memory, 2);
	want.v[COW_REUSE] = 2 * HUGE_KB;
	look_here("private hugetlb", memory, &want);
	child_start(&child, wait_there, NULL);
	want.v[PRIVATE_HUGETLB] = want.v[COW_REUSE] = 0;
	want.v[SHARED_HUGETLB] = want.v[COW_COPY] = want.v[COW_DEBT] = 2 * HUGE_KB;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 2;
	look_here("after fork", memory, &want);
	look_for("child", child.pid, memory, &want);
	child_end(&child);
}

/* Shared hugetlb is exact. */
TEST_F(huge, hugetlb_shared)
{
	struct want want = want_hugetlb(3, 2);
	struct child child;
	int fd;

	scene_hugetlb(4);
	fd = scene_memfd(3 * HUGE_PAGES, MFD_HUGETLB);
	memory = scene_map(3 * HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	touch_huge(memory, 2);
	want.v[REFCOUNT_MAX] = ANY;
	look_here("shared hugetlb", memory, &want);
	child_start(&child, wait_there, NULL);
	look_for("child that touched nothing", child.pid, memory, &(struct want){ .v = {
		[SIZE] = 3 * HUGE_KB, [KPS] = HUGE_KB, [MPS] = HUGE_KB, [ABSENT_NONE] = ANY,
		[LEAVES_2M] = ANY, [TABLES] = ANY, [MAPCOUNT_MAX] = ANY, [REFCOUNT_MAX] = ANY,
		[SHARED_HUGETLB] = ANY, [PRIVATE_HUGETLB] = ANY, [RECLAIM_NEVER] = ANY } });
	child_end(&child);
}

static int touch_shared(void *arg)
{
	(void)arg;
	touch_huge(memory, 2);
	child_ready();
	return 0;
}

/*
 * hugetlb whose table is shared agrees with smaps.  From 1 GiB on, two processes may use one table of
 * PMD entries for shared hugetlb.
 */
TEST_F(huge, hugetlb_shared_table)
{
	struct child child;
	struct area area;
	int fd;

	scene_hugetlb(4);
	fd = memfd_create("gigabyte", MFD_CLOEXEC | MFD_HUGETLB);
	if (fd < 0 || ftruncate(fd, 1UL << 30))
		die("memfd of hugetlb: %s", strerror(errno));
	memory = scene_map(1UL << 30, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd);
	touch_huge(memory, 2);
	child_start(&child, touch_shared, NULL);
	for (int i = 0; i < 2; i++) {
		look(i ? child.pid : getpid(), memory, &area);
		expect_eq("Leaves/2M", area.value[LEAVES_2M], 2);
		expect_eq("Absent/none", area.value[ABSENT_NONE], 510);
		expect_eq("Reclaim_Never", area.value[RECLAIM_NEVER], 2 * HUGE_KB);
		expect_eq("hugetlb", area.value[SHARED_HUGETLB] + area.value[PRIVATE_HUGETLB],
			  2 * HUGE_KB);
	}
	child_end(&child);
}

static void shmem_end(void)
{
	umount2(SHMEM_MOUNT, MNT_DETACH);
}

/* A huge page of shmem is one leaf of 2 MiB. */
TEST_F(huge, shmem_huge)
{
	struct want want = want_huge();
	int fd;

	mkdir(SHMEM_MOUNT, 0755);
	if (mount("huge", SHMEM_MOUNT, "tmpfs", 0, "huge=always"))
		skip("no tmpfs with huge pages: %s", strerrorname_np(errno));
	setting_undo(shmem_end);
	fd = scene_file(SHMEM_MOUNT, 0);
	if (ftruncate(fd, HUGE))
		die("ftruncate: %s", strerror(errno));
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	scene_write(memory, 1);
	scene_drain();
	want.v[ANON_HUGE] = want.v[ANONYMOUS] = want.v[COW_REUSE] = 0;
	want.v[SHMEM_PMD] = HUGE_KB;
	want.v[REFCOUNT_MAX] = HUGE_PAGES + 1;
	look_here("huge shmem", memory, &want);
}

SCENE_MAIN
