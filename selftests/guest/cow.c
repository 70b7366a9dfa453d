// SPDX-License-Identifier: GPL-2.0
/* cow - what the next write costs, on scenes of which every page is known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(cow)

enum { PAGES = 16, PRESENT = 12, WRITTEN = 5 };

static char *memory;

static int write_some(void *arg)
{
	(void)arg;
	child_ready();
	scene_write(memory, WRITTEN);
	child_ready();
	return 0;
}

/* @own of PRESENT pages are this process's alone, the others are mapped twice. */
static struct want want_forked(unsigned int own)
{
	struct want want = want_anon(PAGES, PRESENT);
	unsigned int shared = PRESENT - own;

	want.v[PRIVATE_DIRTY] = own * 4;
	want.v[SHARED_DIRTY] = shared * 4;
	want.v[PSS] = want.v[PSS_DIRTY] = own * 4 + shared * 2;
	want.v[COW_COPY] = want.v[COW_DEBT] = shared * 4;
	want.v[COW_REUSE] = own * 4;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 2;
	return want;
}

static void make_memory(void)
{
	memory = scene_anon(PAGES);
	scene_write(memory, PRESENT);
	scene_drain();
}

/* Written pages are reused in place. */
TEST_F(cow, fresh)
{
	struct want want = want_anon(PAGES, PRESENT);

	make_memory();
	look_here("fresh", memory, &want);
}

/* After fork every page is copied, in parent and child. */
TEST_F(cow, forked)
{
	struct want want = want_forked(0);
	struct child child;

	make_memory();
	child_start(&child, write_some, NULL);
	look_here("parent", memory, &want);
	/* fork() gives the child entries that were never used: what is left is the pages' own bit. */
	want.v[REFERENCED] = proc_referenced(child.pid, memory, PAGES) * 4;
	look_for("child", child.pid, memory, &want);
	child_kill(&child);
}

/* Pages that the child wrote are each side's own. */
TEST_F(cow, child_wrote)
{
	struct want want = want_forked(WRITTEN);
	struct child child;

	make_memory();
	child_start(&child, write_some, NULL);
	child_step(&child);
	scene_drain();
	look_here("parent", memory, &want);
	want.v[REFERENCED] = (WRITTEN + proc_referenced(child.pid, memory + WRITTEN * PAGE,
							 PAGES - WRITTEN)) * 4;
	look_for("child", child.pid, memory, &want);
	child_kill(&child);
}

/* Pages whose other owner is gone are reused in place. */
TEST_F(cow, child_gone)
{
	struct want want = want_anon(PAGES, PRESENT);
	struct child child;

	make_memory();
	child_start(&child, write_some, NULL);
	child_end(&child);
	scene_drain();
	look_here("parent", memory, &want);
}

/* Fresh pages in an LRU batch have one extra reference each. */
TEST_F(cow, lru_batch)
{
	struct want want = want_anon(PAGES, WRITTEN);
	struct area area;

	memory = scene_anon(PAGES);
	for (int tries = 0; tries < 5; tries++) {
		madvise(memory, PAGES * PAGE, MADV_DONTNEED);
		scene_drain();
		scene_write(memory, WRITTEN);
		look(getpid(), memory, &area);
		if (area.value[EXTRA_REFS] == WRITTEN)
			break;		/* else an interrupt drained the batch */
	}
	want.v[REFCOUNT_MAX] = 2;
	want.v[EXTRA_REFS] = want.v[EXTRA_REFS_LRU] = WRITTEN;
	for (int key = 0; key < NR_KEYS; key++)
		if (area_has(&area, key))
			expect_eq(keys[key].text, area.value[key], want.v[key]);
}

/* Pages that were only read come from the zero page. */
TEST_F(cow, zero_page)
{
	struct want want = want_empty(8);

	memory = scene_anon(8);
	scene_read(memory, 6);
	want.v[LEAVES_4K] = 6;
	want.v[ABSENT_NONE] = 2;
	want.v[COW_SOURCE] = want.v[COW_DEBT] = 6 * 4;
	want.v[TABLES] = want_tables(true);
	look_here("zero page", memory, &want);
}

static struct want want_private_shmem(unsigned int pages, unsigned int written)
{
	struct want want = want_anon(pages, pages);	/* page cache that is written is dirty */

	want.v[ANONYMOUS] = want.v[COW_REUSE] = written * 4;
	want.v[COW_SOURCE] = want.v[COW_DEBT] = (pages - written) * 4;
	want.v[REFCOUNT_MAX] = 2;	/* the page cache has one, too */
	return want;
}

/* Unwritten pages of a private file mapping come from the page cache. */
TEST_F(cow, private_file)
{
	struct want want = want_private_shmem(8, 3);

	memory = scene_map(8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, scene_memfd(8, 0));
	scene_read(memory, 8);
	scene_write(memory, 3);
	scene_drain();
	look_here("private file", memory, &want);
}

/* Shared and read-only mappings have no COW state. */
TEST_F(cow, not_cow)
{
	struct want want = want_private_shmem(8, 0);

	want.v[COW_SOURCE] = want.v[COW_DEBT] = 0;
	memory = scene_map(8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, scene_memfd(8, 0));
	scene_read(memory, 8);
	scene_drain();
	look_here("shared, writable", memory, &want);
	memory = scene_map(8 * PAGE, PROT_READ, MAP_PRIVATE, scene_memfd(8, 0));
	scene_read(memory, 8);
	scene_drain();
	look_here("private, read-only", memory, &want);
}

/* mprotect takes the COW state away and gives it back. */
TEST_F(cow, read_only_after_fork)
{
	struct want want = want_anon(8, 8);

	memory = scene_anon(8);
	scene_write(memory, 8);
	scene_drain();
	mprotect(memory, 8 * PAGE, PROT_READ);
	want.v[COW_REUSE] = 0;
	look_here("no write permitted", memory, &want);
	mprotect(memory, 8 * PAGE, PROT_READ | PROT_WRITE);
	want.v[COW_REUSE] = 8 * 4;
	look_here("write permitted again", memory, &want);
}

/*
 * Pages that are write-protected to be tracked are reused in place.  Write-protected to be tracked, and
 * still this process's alone.
 */
TEST_F(cow, tracked)
{
	struct want want = want_anon(PAGES, PRESENT);

	make_memory();
	proc_clear_refs(getpid(), "4");
	want.v[PRIVATE_CLEAN] = want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = ANY;
	look_here("soft-dirty cleared", memory, &want);
}

/* Until the first @pages pages from @addr on are one. */
static bool wait_for_ksm(const char *addr, size_t pages)
{
	const struct timespec tick = { .tv_nsec = 10000000 };

	for (int tries = 0; tries < 1000; tries++) {
		uint64_t entries[8];
		size_t same = 1;

		proc_pagemap(getpid(), addr, pages, entries);
		while (same < pages && PAGEMAP_PFN(entries[same]) == PAGEMAP_PFN(entries[0]))
			same++;
		if (same == pages)
			return true;
		nanosleep(&tick, NULL);	/* polling: ksmd tells nobody */
	}
	return false;
}

/* Merged pages come from KSM. */
TEST_F(cow, ksm)
{
	struct want want = want_anon(8, 8);

	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "1000");
	memory = scene_anon(8);
	if (madvise(memory, 8 * PAGE, MADV_MERGEABLE) || !setting("/sys/kernel/mm/ksm/run", "1"))
		skip("this kernel has no KSM");
	memset(memory, 'k', 8 * PAGE);
	if (!wait_for_ksm(memory, 8))
		die("ksmd did not merge 8 equal pages");
	setting("/sys/kernel/mm/ksm/run", "0");
	scene_drain();
	want.v[KSM] = want.v[SHARED_DIRTY] = want.v[COW_SOURCE] = want.v[COW_DEBT] = 8 * 4;
	want.v[PRIVATE_DIRTY] = want.v[COW_REUSE] = 0;
	want.v[PSS] = want.v[PSS_DIRTY] = 4;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 8;
	look_here("KSM", memory, &want);
}

SCENE_MAIN
