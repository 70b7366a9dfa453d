// SPDX-License-Identifier: GPL-2.0
/* cowproof - kinds of memory, each taken through lib/proof.c: predictions of Cow_* against events. */
#include <liburing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "lib/proc.h"
#include "lib/proof.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

SCENE(cowproof)

enum { SMALL = 64, HUGE_PAGES = HUGE / PAGE };

static struct place small_place(char *addr)
{
	return (struct place){ .addr = addr, .pages = SMALL, .step = PAGE };
}

static struct place make_anon(void)
{
	char *addr = scene_anon(SMALL);

	scene_write(addr, SMALL);
	return small_place(addr);
}

/* Write-protected, and exclusive all the same. */
static struct place make_tracked(void)
{
	struct place tracked = make_anon();

	proc_clear_refs(getpid(), "4");
	return tracked;
}

static struct place make_zero(void)
{
	char *addr = scene_anon(SMALL);

	scene_read(addr, SMALL);
	return small_place(addr);
}

static struct place make_memfd(void)
{
	int fd = scene_memfd(SMALL, 0);
	char *addr = scene_map(SMALL * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);

	close(fd);
	scene_read(addr, SMALL);
	scene_write(addr + SMALL / 2 * PAGE, SMALL / 4);
	return small_place(addr);
}

static const char *ext4;

static struct place make_file(void)
{
	int fd = scene_file(ext4, SMALL);
	char *addr;

	fsync(fd);
	addr = scene_map(SMALL * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
	close(fd);
	scene_read(addr, SMALL);
	scene_write(addr, SMALL / 8);
	return small_place(addr);
}

static struct place huge_place(void)
{
	return (struct place){
		.addr = scene_huge_page(), .pages = HUGE_PAGES, .step = PAGE, .folio = true,
	};
}

static struct place make_huge(void)
{
	return huge_place();
}

static struct place make_huge_tracked(void)
{
	struct place tracked = huge_place();

	proc_clear_refs(getpid(), "4");
	return tracked;
}

static struct place make_huge_protected(void)
{
	struct place huge = huge_place();

	mprotect(huge.addr, 100 * PAGE, PROT_READ);
	mprotect(huge.addr, 100 * PAGE, PROT_READ | PROT_WRITE);
	return huge;
}

static struct place make_huge_holed(void)
{
	struct place huge = huge_place();

	madvise(huge.addr + 100 * PAGE, 50 * PAGE, MADV_DONTNEED);
	return huge;
}

static struct place make_huge_cut(void)
{
	struct place huge = huge_place();

	munmap(huge.addr + HUGE / 2, HUGE / 2);
	huge.pages = HUGE_PAGES / 2;
	return huge;
}

static struct place make_hugetlb(void)
{
	char *addr = scene_map(HUGE, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);

	scene_write(addr, 1);
	return (struct place){ .addr = addr, .pages = HUGE_PAGES, .step = HUGE };
}

static struct place make_swap_cached(void)
{
	struct place cached = make_anon();

	scene_page_out(cached.addr, SMALL / 2);
	scene_read(cached.addr, SMALL);
	return cached;
}

static struct place make_swapped(void)
{
	struct place swapped = make_anon();

	scene_page_out(swapped.addr, SMALL / 2);
	return swapped;
}

static unsigned long full_scans(void)
{
	const char *text = setting_get("/sys/kernel/mm/ksm/full_scans");

	return text ? strtoul(text, NULL, 10) : 0;
}

static struct place make_ksm(void)
{
	const struct timespec tick = { .tv_nsec = 5000000 };
	char *addr = scene_anon(SMALL);
	unsigned long start;

	madvise(addr, SMALL * PAGE, MADV_MERGEABLE);
	memset(addr, 'k', SMALL / 2 * PAGE);
	scene_write(addr + SMALL / 2 * PAGE, SMALL / 2);
	setting("/sys/kernel/mm/ksm/run", "1");
	start = full_scans();
	for (int tries = 0; tries < 1000 && full_scans() < start + 3; tries++)
		nanosleep(&tick, NULL);		/* polling: ksmd tells nobody */
	setting("/sys/kernel/mm/ksm/run", "0");
	return small_place(addr);
}

static struct io_uring ring;

static struct place make_pinned(void)
{
	struct place pinned = make_anon();
	struct iovec vector = { .iov_base = pinned.addr, .iov_len = SMALL / 2 * PAGE };

	io_uring_unregister_buffers(&ring);
	scene_drain();
	if (io_uring_register_buffers(&ring, &vector, 1))
		die("io_uring_register_buffers failed");
	return pinned;
}

/* Small anonymous pages move as predicted. */
TEST_F(cowproof, anon)
{
	proof_through_histories("small anonymous", make_anon, false);
}

/* Pages write-protected to be tracked move as predicted. */
TEST_F(cowproof, tracked)
{
	proof_through_histories("tracked", make_tracked, false);
}

/* Huge pages write-protected to be tracked move as predicted. */
TEST_F(cowproof, huge_tracked)
{
	scene_thp();
	proof_through_histories("huge page, tracked", make_huge_tracked, false);
}

/* The zero page moves as predicted. */
TEST_F(cowproof, zero)
{
	proof_through_histories("zero page", make_zero, false);
}

/* Private pages of a memfd move as predicted. */
TEST_F(cowproof, memfd)
{
	proof_through_histories("private memfd", make_memfd, false);
}

/* Private pages of a file move as predicted. */
TEST_F(cowproof, file)
{
	ext4 = scene_ext4();
	proof_through_histories("private file", make_file, false);
}

/* Huge pages move as predicted. */
TEST_F(cowproof, huge)
{
	scene_thp();
	proof_through_histories("huge page", make_huge, false);
}

/* Huge pages split by mprotect move as predicted. */
TEST_F(cowproof, huge_protected)
{
	scene_thp();
	proof_through_histories("huge page split by mprotect", make_huge_protected, false);
}

/* Huge pages with a hole move as predicted. */
TEST_F(cowproof, huge_holed)
{
	scene_thp();
	proof_through_histories("huge page split by MADV_DONTNEED", make_huge_holed, false);
}

/* Huge pages unmapped in part move as predicted. */
TEST_F(cowproof, huge_cut)
{
	scene_thp();
	proof_through_histories("huge page split by munmap", make_huge_cut, false);
}

/* hugetlb moves as predicted. */
TEST_F(cowproof, hugetlb)
{
	scene_hugetlb(4);
	proof_through_histories("hugetlb", make_hugetlb, false);
}

/* Pages beside swapped ones move as predicted. */
TEST_F(cowproof, swapped)
{
	scene_swap();
	proof_through_histories("swapped out in part", make_swapped, false);
}

/* Pages read back from swap move as predicted. */
TEST_F(cowproof, swap_cached)
{
	scene_swap_cached();
	proof_through_histories("read back from swap", make_swap_cached, true);
}

/* Pages merged by KSM move as predicted. */
TEST_F(cowproof, ksm)
{
	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "10000");
	if (!setting("/sys/kernel/mm/ksm/run", "0"))
		skip("this kernel has no KSM");
	proof_through_histories("merged by KSM", make_ksm, false);
}

/* Pinned pages move as predicted. */
TEST_F(cowproof, pinned)
{
	int ret = io_uring_queue_init(2, &ring, 0);

	if (ret)
		skip("no io_uring: %s", strerrorname_np(-ret));
	proof_through_histories("pinned by io_uring", make_pinned, false);
}

SCENE_MAIN
