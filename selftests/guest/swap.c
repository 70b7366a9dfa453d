// SPDX-License-Identifier: GPL-2.0
/* swap - what was swapped out, of private memory and of shmem, and what came back. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(swap)

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

/* Swapped pages are absent and count as swap. */
TEST_F(swap, anon)
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

/* After fork both sides have the swapped pages. */
TEST_F(swap, forked)
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

/* Pages read back stay in the swap cache and are no debt. */
TEST_F(swap, swap_cache)
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

/* Swapped pages of shared shmem count as smaps counts them. */
TEST_F(swap, shared_shmem)
{
	scene_swap();
	shmem(MAP_SHARED, "Swap, shared");
}

/* Swapped pages of shmem mapped privately count as smaps counts them. */
TEST_F(swap, private_shmem)
{
	scene_swap();
	shmem(MAP_PRIVATE, "Swap, private");
}

#define SPREAD_LEN (2UL << 30)
enum { SPOTS = 3 };

/* Where the file has its pages: none is its first; each spot has a table of its own, the last also the one above. */
static const size_t spots[SPOTS] = { PAGE, HUGE, 1UL << 30 };

/* A large file with few pages, of each spot some swapped out; how much, in kB. */
static int spread_file(uint64_t *swapped)
{
	int fd = memfd_create("scene", MFD_CLOEXEC);
	struct area area = { 0 };
	char *addr;

	if (fd < 0 || ftruncate(fd, SPREAD_LEN))
		die("memfd: %s", strerror(errno));
	addr = scene_map(SPREAD_LEN, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	scene_swap();
	for (int tries = 0; tries < 20 && area.value[SWAP] <= (SPOTS - 1) * PAGES * 4; tries++) {
		for (int i = 0; i < SPOTS; i++)
			scene_write(addr + spots[i], PAGES);
		scene_drain();
		for (int i = 0; i < SPOTS; i++)
			madvise(addr + spots[i], PAGES * PAGE, MADV_PAGEOUT);
		look(getpid(), addr, &area);
	}
	*swapped = area.value[SWAP];
	if (*swapped <= (SPOTS - 1) * PAGES * 4)
		die("%llu kB were swapped out at last", (unsigned long long)*swapped);
	munmap(addr, SPREAD_LEN);
	return fd;
}

/*
 * A part of it, mapped.  Of an area that no table serves, and then of one in which tables are missing at each
 * level; what one read brings back is not in swap any more.
 */
static void part_of_shmem(int flags)
{
	uint64_t swapped;
	int fd = spread_file(&swapped);
	char *addr = mmap(scene_place(), SPREAD_LEN - PAGE, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE,
			  fd, PAGE);
	struct area area;

	if (addr == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	look(getpid(), addr, &area);
	expect_eq("Swap of the part", area.value[SWAP], swapped);
	expect_eq("Rss", area.value[RSS], 0);
	scene_read(addr, PAGES);
	look(getpid(), addr, &area);
	expect_eq("Rss, a spot read", area.value[RSS] >= PAGES * 4, 1);
	expect_eq("Swap of the other spots at most", area.value[SWAP] <= (SPOTS - 1) * PAGES * 4, 1);
	expect_eq("Swap of the other spots at least", area.value[SWAP] >= swapped - PAGES * 4, 1);
}

/* What a file has in swap counts with the part of it that is mapped. */
TEST_F(swap, part_of_shared_shmem)
{
	part_of_shmem(MAP_SHARED);
}

/* In a private mapping, too. */
TEST_F(swap, part_of_private_shmem)
{
	part_of_shmem(MAP_PRIVATE);
}

#define LARGE "/sys/kernel/mm/transparent_hugepage/hugepages-64kB/shmem_enabled"
enum { LARGE_LEN = 3 * HUGE };

/* How much of it could be: what was unmapped and then kept is not met by the next try. */
static uint64_t page_out_file(int fd)
{
	char *addr = scene_map(LARGE_LEN, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	struct area area = { 0 };

	scene_write(addr, LARGE_LEN / PAGE);
	scene_drain();
	for (int tries = 0; tries < 3 && area.value[SWAP] < LARGE_LEN >> 10; tries++) {
		madvise(addr, LARGE_LEN, MADV_PAGEOUT);
		look(getpid(), addr, &area);
	}
	munmap(addr, LARGE_LEN);
	return area.value[SWAP];
}

/* A file of which all is swapped out, in entries of 16 pages. */
static int large_swapped(void)
{
	uint64_t swapped = 0;

	if (access(LARGE, F_OK) || !setting(LARGE, "always"))
		skip("this kernel's shmem has large pages of one size only");
	scene_swap();
	for (int files = 0; files < 50; files++) {
		int fd = memfd_create("scene", MFD_CLOEXEC);

		if (fd < 0 || ftruncate(fd, LARGE_LEN))
			die("memfd: %s", strerror(errno));
		swapped = page_out_file(fd);
		if (swapped == LARGE_LEN >> 10)
			return fd;
		close(fd);
	}
	die("of %d kB %llu were swapped out at last", LARGE_LEN >> 10, (unsigned long long)swapped);
}

/* The same by the device with runs, where entries are met one by one. */
static void look_at_runs(const char *what, const char *addr, uint64_t swap)
{
	struct stream stream;
	struct area *area;

	door_stream(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS, &stream);
	area = area_list_find(&stream.areas, (uintptr_t)addr);
	expect_eq(what, area ? area->value[SWAP] : ~0ULL, swap);
	stream_free(&stream);
}

/* look() asks smaps, which counts an entry whole wherever it meets a page of it. */
static void look_at_large(const char *what, int fd, int flags, size_t from)
{
	size_t len = LARGE_LEN - HUGE;
	char *addr = mmap(scene_place(), len, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, fd, from * PAGE);
	struct area area;

	if (addr == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	look(getpid(), addr, &area);
	note("%s: %llu kB", what, (unsigned long long)area.value[SWAP]);
	look_at_runs(what, addr, area.value[SWAP]);
	if (flags == MAP_PRIVATE) {
		addr[HUGE + 5 * PAGE] = 1;
		look(getpid(), addr, &area);
		note("%s, written: %llu kB", what, (unsigned long long)area.value[SWAP]);
		look_at_runs(what, addr, area.value[SWAP]);
		if (area.value[SWAP] <= len >> 10)
			fail("%s: no entry is of more than a page", what);
	}
	munmap(addr, len);
}

/*
 * Swapped pages of large folios of shmem count as smaps counts them.  Entries that the area begins and
 * ends in, and tables as well, are counted as smaps counts them.
 */
TEST_F(swap, large_shmem)
{
	int fd = large_swapped();

	look_at_large("shared, at its pages", fd, MAP_SHARED, 0);
	look_at_large("shared, a page off", fd, MAP_SHARED, 1);
	look_at_large("private, a page off", fd, MAP_PRIVATE, 1);
	look_at_large("private, at its pages", fd, MAP_PRIVATE, 0);
	look_at_large("private, in the middle", fd, MAP_PRIVATE, 7);
}

SCENE_MAIN
