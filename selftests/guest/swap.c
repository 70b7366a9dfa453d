// SPDX-License-Identifier: GPL-2.0
/* swap - what was swapped out, of private memory and of shmem, and what came back. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/ktap.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"

enum { PAGES = 16, PRESENT = 12, OUT = 7 };

static char *memory;

static struct want want_swapped(void)
{
	struct want want = want_anon(PAGES, PRESENT - OUT);

	want.v[SWAP] = OUT * 4;
	want.v[ABSENT_SWAP] = OUT;
	want.v[ABSENT_NONE] = PAGES - PRESENT;
	return want;
}

static void make_swapped(void)
{
	scene_swap();
	memory = scene_anon(PAGES);
	scene_write(memory, PRESENT);
	scene_page_out(memory, OUT);
}

static void anon(void)
{
	struct want want = want_swapped();

	make_swapped();
	look_here("swapped out", memory, &want);
	scene_write(memory, OUT);
	scene_drain();
	want = want_anon(PAGES, PRESENT);
	look_here("written again", memory, &want);
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

static void forked(void)
{
	struct want want = want_swapped();
	unsigned int shared = PRESENT - OUT;
	struct child child;

	make_swapped();
	child_start(&child, wait_there, NULL);
	want.v[PSS] = want.v[PSS_DIRTY] = shared * 2;
	want.v[PRIVATE_DIRTY] = want.v[COW_REUSE] = 0;
	want.v[SHARED_DIRTY] = want.v[COW_COPY] = want.v[COW_DEBT] = shared * 4;
	want.v[MAPCOUNT_MAX] = want.v[REFCOUNT_MAX] = 2;
	look_here("parent", memory, &want);
	want.v[REFERENCED] = proc_referenced(child.pid, memory, PAGES) * 4;
	look_for("child", child.pid, memory, &want);
	child_end(&child);
}

static void swap_cache(void)
{
	struct want want = want_swapped();
	struct area area;

	scene_swap_cached();
	memory = scene_anon(PAGES);
	scene_write(memory, PRESENT);
	scene_page_out(memory, OUT);
	look_here("swapped out", memory, &want);
	scene_read(memory, OUT);
	do {	/* the end of writing a page back puts it into a batch */
		scene_drain();
		look(getpid(), memory, &area);
	} while (area.value[WRITEBACK]);
	scene_drain();
	look(getpid(), memory, &area);
	expect_eq("Swap", area.value[SWAP], 0);
	expect_eq("Rss", area.value[RSS], PRESENT * 4);
	expect_eq("Extra_Refs", area.value[EXTRA_REFS], 0);
	expect_eq("Absent/swap", area.value[ABSENT_SWAP], 0);
	expect_eq("Cow_Copy", area.value[COW_COPY] + area.value[COW_SOURCE], 0);
	if (!(proc_kpageflags(PAGEMAP_PFN(proc_page(memory))) & 1ULL << KPF_SWAPCACHE_BIT))
		skip("pages read back from swap do not stay in the swap cache here");
	expect_eq("Refcount_Max", area.value[REFCOUNT_MAX], 2);
}

/* Shmem that is swapped out is nothing in the page table; smaps counts it all the same. */
static void shmem(int flags, const char *what)
{
	struct area area;
	int fd = scene_memfd(PAGES, 0);
	char *addr = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, flags, fd);

	scene_read(addr, PAGES);
	scene_drain();
	for (int tries = 0; tries < 20; tries++) {
		madvise(addr, OUT * PAGE, MADV_PAGEOUT);
		look(getpid(), addr, &area);
		if (area.value[SWAP] == OUT * 4)
			break;
	}
	expect_eq(what, area.value[SWAP], OUT * 4);
	expect_eq("Rss", area.value[RSS], (PAGES - OUT) * 4);
	expect_eq("Leaves/4k", area.value[LEAVES_4K], PAGES - OUT);
	expect_eq("Absent", area.value[ABSENT_NONE] + area.value[ABSENT_SWAP], OUT);
	munmap(addr, PAGES * PAGE);
	close(fd);
}

static void shared_shmem(void)
{
	scene_swap();
	shmem(MAP_SHARED, "Swap, shared");
}

static void private_shmem(void)
{
	scene_swap();
	shmem(MAP_PRIVATE, "Swap, private");
}

static const struct ktap_test tests[] = {
	{ "swapped pages are absent and count as swap", anon },
	{ "after fork both sides have the swapped pages", forked },
	{ "pages read back stay in the swap cache and are no debt", swap_cache },
	{ "swapped pages of shared shmem count as smaps counts them", shared_shmem },
	{ "swapped pages of shmem mapped privately count as smaps counts them", private_shmem },
};

KTAP_MAIN(tests)
