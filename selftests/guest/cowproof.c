// SPDX-License-Identifier: GPL-2.0
/*
 * cowproof - predictions of Cow_* against what then happens.
 *
 * For each kind of memory and each history of it: take the prediction, write every page, and count
 * by pagemap the pages whose frame is another one.  What was called a copy or a source must have
 * moved, what was called reuse must not; "maybe" may do either and must be rare where it can be.
 */
#include <errno.h>
#include <liburing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/ktap.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/setting.h"

enum { SMALL = 64, HUGE_PAGES = HUGE / PAGE };

/* A place with memory in it: the pages that are written, and how far apart. */
struct place {
	char *addr;
	size_t pages;
	size_t step;		/* bytes between two writes */
};

/* What happens between making a place and asking. */
struct history {
	const char *name;
	bool fork;
	bool child_writes;	/* half of the pages */
	bool parent_writes;	/* a quarter of them */
	bool child_exits;
	bool ask_child;
	bool undrained;		/* leave what lies in LRU batches there */
};

static const struct history histories[] = {
	{ .name = "fresh" },
	{ .name = "fresh, in LRU batches", .undrained = true },
	{ .name = "forked", .fork = true },
	{ .name = "forked, asked in the child", .fork = true, .ask_child = true },
	{ .name = "forked, the child wrote", .fork = true, .child_writes = true },
	{ .name = "forked, the child wrote, asked there", .fork = true, .child_writes = true,
	  .ask_child = true },
	{ .name = "forked, the parent wrote", .fork = true, .parent_writes = true },
	{ .name = "the child is gone", .fork = true, .child_exits = true },
	{ .name = "the child wrote and is gone", .fork = true, .child_writes = true,
	  .child_exits = true },
	{ .name = "the parent wrote, the child is gone", .fork = true, .parent_writes = true,
	  .child_exits = true },
};

/* The side that is asked says what it found through memory that both share. */
struct finding {
	uint64_t copy, reuse, maybe, source, debt;	/* kB predicted */
	uint64_t present, moved;			/* pages */
};

static struct finding *finding;
static struct place place;

static void write_pages(size_t from, size_t nr)
{
	for (size_t i = from; i < from + nr; i++)
		*(volatile char *)(place.addr + i * place.step) = 1;
}

/* The areas that the place consists of, summed up. */
static void predict(void)
{
	const char *end = place.addr + place.pages * PAGE;

	for (const char *at = place.addr; at < end;) {
		struct area area;

		look(getpid(), at, &area);
		finding->copy += area.value[COW_COPY];
		finding->reuse += area.value[COW_REUSE];
		finding->maybe += area.value[COW_MAYBE];
		finding->source += area.value[COW_SOURCE];
		finding->debt += area.value[COW_DEBT];
		at = (char *)area.end;
	}
}

static void prove(void)
{
	uint64_t *before = calloc(place.pages, 8), *after = calloc(place.pages, 8);

	predict();
	proc_pagemap(getpid(), place.addr, place.pages, before);
	write_pages(0, place.pages * PAGE / place.step);
	proc_pagemap(getpid(), place.addr, place.pages, after);
	for (size_t i = 0; i < place.pages; i++) {
		if (!(before[i] & PAGEMAP_PRESENT))
			continue;
		finding->present++;
		finding->moved += PAGEMAP_PFN(before[i]) != PAGEMAP_PFN(after[i]);
	}
	free(before);
	free(after);
}

static int side(void *arg)
{
	const struct history *history = arg;

	if (history->child_writes)
		write_pages(0, place.pages * PAGE / place.step / 2);
	child_ready();
	if (history->ask_child)
		prove();
	return failed();
}

/*
 * Predictions are of each page's next write.  Written one after the other, the pages of one huge
 * folio lose their references to it, and on some kernels the last one is then reused.
 */
static uint64_t last_of_folio(void)
{
	return place.pages > SMALL && finding->moved + 1 == (finding->copy + finding->source) / 4;
}

static void judge(const char *kind, const struct history *history)
{
	uint64_t sure = (finding->copy + finding->source) / 4, maybe = finding->maybe / 4;

	note("%s, %s: %llu pages, %llu to move, %llu maybe, %llu moved", kind, history->name,
	     (unsigned long long)finding->present, (unsigned long long)sure,
	     (unsigned long long)maybe, (unsigned long long)finding->moved);
	if (finding->moved + last_of_folio() < sure || finding->moved > sure + maybe)
		fail("%s, %s: expected %llu to %llu pages to move, %llu did", kind, history->name,
		     (unsigned long long)sure, (unsigned long long)(sure + maybe),
		     (unsigned long long)finding->moved);
	if (finding->copy + finding->reuse + finding->maybe + finding->source !=
	    finding->present * 4)
		fail("%s, %s: copy, reuse, maybe and source do not add up to what is present", kind,
		     history->name);
	if (finding->debt != finding->copy + finding->source)
		fail("%s, %s: the debt is not copy and source", kind, history->name);
}

static void live(const struct history *history)
{
	struct child child;

	if (!history->fork) {
		if (!history->undrained)
			scene_drain();
		prove();
		return;
	}
	child_start(&child, side, (void *)history);
	if (history->parent_writes)
		write_pages(0, place.pages * PAGE / place.step / 4);
	if (history->child_exits)
		child_end(&child);
	scene_drain();
	if (history->ask_child) {
		if (child_end(&child))
			fail("the child failed");
		return;
	}
	prove();
	if (!history->child_exits)
		child_end(&child);
}

/* Each history from a place of its own; @maybe_allowed: this kind cannot always be told. */
static void through_histories(const char *kind, struct place (*make)(void), bool maybe_allowed)
{
	finding = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (size_t i = 0; i < ARRAY_SIZE(histories); i++) {
		const struct history *history = &histories[i];

		memset(finding, 0, sizeof(*finding));
		place = make();
		live(history);
		judge(kind, history);
		if (finding->maybe && !maybe_allowed && !history->undrained)
			fail("%s, %s: expected no maybe, got %llu kB", kind, history->name,
			     (unsigned long long)finding->maybe);
		munmap(place.addr, place.pages * PAGE);
	}
}

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
	return (struct place){ .addr = scene_huge_page(), .pages = HUGE_PAGES, .step = PAGE };
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

static void anon(void)
{
	through_histories("small anonymous", make_anon, false);
}

static void tracked(void)
{
	through_histories("tracked", make_tracked, false);
}

static void huge_tracked(void)
{
	scene_thp();
	through_histories("huge page, tracked", make_huge_tracked, false);
}

static void zero(void)
{
	through_histories("zero page", make_zero, false);
}

static void memfd(void)
{
	through_histories("private memfd", make_memfd, false);
}

static void file(void)
{
	ext4 = scene_ext4();
	through_histories("private file", make_file, false);
}

static void huge(void)
{
	scene_thp();
	through_histories("huge page", make_huge, false);
}

static void huge_protected(void)
{
	scene_thp();
	through_histories("huge page split by mprotect", make_huge_protected, false);
}

static void huge_holed(void)
{
	scene_thp();
	through_histories("huge page split by MADV_DONTNEED", make_huge_holed, false);
}

static void huge_cut(void)
{
	scene_thp();
	through_histories("huge page split by munmap", make_huge_cut, false);
}

static void hugetlb(void)
{
	scene_hugetlb(4);
	through_histories("hugetlb", make_hugetlb, false);
}

static void swapped(void)
{
	scene_swap();
	through_histories("swapped out in part", make_swapped, false);
}

static void swap_cached(void)
{
	scene_swap_cached();
	through_histories("read back from swap", make_swap_cached, true);
}

static void ksm(void)
{
	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "10000");
	if (!setting("/sys/kernel/mm/ksm/run", "0"))
		skip("this kernel has no KSM");
	through_histories("merged by KSM", make_ksm, false);
}

static void pinned(void)
{
	int ret = io_uring_queue_init(2, &ring, 0);

	if (ret)
		skip("no io_uring: %s", strerrorname_np(-ret));
	through_histories("pinned by io_uring", make_pinned, false);
}

static const struct ktap_test tests[] = {
	{ "small anonymous pages move as predicted", anon },
	{ "pages write-protected to be tracked move as predicted", tracked },
	{ "huge pages write-protected to be tracked move as predicted", huge_tracked },
	{ "the zero page moves as predicted", zero },
	{ "private pages of a memfd move as predicted", memfd },
	{ "private pages of a file move as predicted", file },
	{ "huge pages move as predicted", huge },
	{ "huge pages split by mprotect move as predicted", huge_protected },
	{ "huge pages with a hole move as predicted", huge_holed },
	{ "huge pages unmapped in part move as predicted", huge_cut },
	{ "hugetlb moves as predicted", hugetlb },
	{ "pages beside swapped ones move as predicted", swapped },
	{ "pages read back from swap move as predicted", swap_cached },
	{ "pages merged by KSM move as predicted", ksm },
	{ "pinned pages move as predicted", pinned },
};

KTAP_MAIN(tests)
