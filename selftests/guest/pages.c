// SPDX-License-Identifier: GPL-2.0
/* pages - runs of equal pages: exact ones of scenes, and every page against pagemap and its kin. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/zoo.h"

SCENE(pages)

enum { PAGES = 16, PRESENT = 12, OUT = 7, MANY = 3000 };

static struct vmaview_request request_of(const void *addr, size_t pages)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_RUNS);

	request.start = (uintptr_t)addr;
	request.end = (uintptr_t)addr + pages * PAGE;
	return request;
}

/* The runs that answer @request; the test ends where there are none to be had. */
static void ask(const struct vmaview_request *request, struct stream *stream)
{
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	if (fd < 0 || door_bind(fd, request))
		die("cannot bind: %s", strerror(errno));
	if (slurp_fd(fd, 65536, &bytes))
		die("read: %s", strerror(errno));
	close(fd);
	wrong = stream_parse(&bytes, stream);
	if (wrong)
		die("%s", wrong);
	bytes_free(&bytes);
}

/* Joined runs of @pages pages at @addr of this process; @nr of them are expected. */
static const struct vmaview_run *joined(const void *addr, size_t pages, size_t nr, struct stream *stream)
{
	struct vmaview_request request = request_of(addr, pages);

	request.flags = VMAVIEW_REQUEST_JOIN;
	ask(&request, stream);
	if (!expect_eq("runs", stream->nr_runs, nr))
		for (size_t i = 0; i < stream->nr_runs; i++)
			note("%llx-%llx state %u origin %u entry %x page %llx refcount %u lru %u",
			     stream->run[i].start, stream->run[i].end, stream->run[i].state,
			     stream->run[i].origin, stream->run[i].entry, stream->run[i].page,
			     stream->run[i].refcount, stream->run[i].lru);
	if (stream->nr_runs < nr)
		die("too few runs");
	return stream->run;
}

static void expect_range(const char *what, const struct vmaview_run *run, const char *addr, size_t first,
			 size_t end)
{
	expect_eq(what, run->start, (uintptr_t)addr + first * PAGE);
	expect_eq(what, run->end, (uintptr_t)addr + end * PAGE);
}

/* Written memory is one run, and none is no run. */
TEST_F(pages, anon)
{
	char *addr = scene_anon(PAGES);
	const struct vmaview_run *run;
	struct stream stream;

	scene_write(addr, PRESENT);
	scene_drain();
	run = joined(addr, PAGES, 1, &stream);
	expect_range("written", run, addr, 0, PRESENT);
	expect_eq("state", run->state, VMAVIEW_STATE_PRESENT);
	expect_eq("origin", run->origin, VMAVIEW_ORIGIN_ANON);
	expect_eq("level", run->level, 0);
	expect_eq("entry", run->entry | VMAVIEW_ENTRY_SOFT_DIRTY,
		  VMAVIEW_ENTRY_WRITE | VMAVIEW_ENTRY_DIRTY | VMAVIEW_ENTRY_YOUNG |
		  VMAVIEW_ENTRY_SOFT_DIRTY);
	expect_eq("refcount", run->refcount, 1);
	expect_eq("mapcount", run->mapcount, 1);
	expect_eq("page_mapcount", run->page_mapcount, 1);
	expect_eq("exclusive", !!(run->page & VMAVIEW_PAGE_EXCLUSIVE), 1);
	expect_eq("extra references", run->page & VMAVIEW_PAGE_EXTRA_REFS, 0);
	expect_eq("cow", run->cow, VMAVIEW_COW_REUSE);
	expect_eq("reclaim", run->reclaim, VMAVIEW_RECLAIM_SWAP);
	expect_eq("pfn of joined runs", run->pfn, VMAVIEW_UNKNOWN64);
}

/*
 * What differs by a bit is another run.  Facts that change from page to page, each by one thing that was
 * done to it.
 */
TEST_F(pages, protected_and_read)
{
	char *addr = scene_anon(PAGES);
	const struct vmaview_run *run;
	struct stream stream;

	scene_write(addr, 4);
	scene_read(addr + 4 * PAGE, 4);
	scene_write(addr + 12 * PAGE, 2);
	scene_drain();
	run = joined(addr, PAGES, 3, &stream);
	expect_range("written", &run[0], addr, 0, 4);
	expect_range("read only", &run[1], addr, 4, 8);
	expect_eq("the zero page", run[1].origin, VMAVIEW_ORIGIN_ZERO);
	expect_eq("its refcount", run[1].refcount, VMAVIEW_UNKNOWN);
	expect_eq("what writing it costs", run[1].cow, VMAVIEW_COW_SOURCE);
	expect_range("written, after a gap", &run[2], addr, 12, 14);
	mprotect(addr + 12 * PAGE, PAGE, PROT_READ | PROT_EXEC);
	run = joined(addr, PAGES, 4, &stream);
	expect_eq("executable and read-only",
		  run[2].entry & (VMAVIEW_ENTRY_EXEC | VMAVIEW_ENTRY_WRITE), VMAVIEW_ENTRY_EXEC);
}

/* Swapped pages are a run with device and slot. */
TEST_F(pages, swapped)
{
	const struct vmaview_run *run;
	struct stream stream;
	char *addr;

	scene_swap();
	addr = scene_anon(PAGES);
	scene_write(addr, PRESENT);
	scene_page_out(addr, OUT);
	run = joined(addr, PAGES, 2, &stream);
	expect_range("swapped", &run[0], addr, 0, OUT);
	expect_eq("state", run[0].state, VMAVIEW_STATE_SWAP);
	expect_eq("origin", run[0].origin, VMAVIEW_ORIGIN_ANON);
	expect_eq("refcount", run[0].refcount, VMAVIEW_UNKNOWN);
	expect_range("present", &run[1], addr, OUT, PRESENT);
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* What a fork shares is a run apart from what was copied. */
TEST_F(pages, forked)
{
	char *addr = scene_anon(PAGES);
	const struct vmaview_run *run;
	struct stream stream;
	struct child child;

	scene_write(addr, PRESENT);
	scene_drain();
	child_start(&child, wait_there, NULL);
	scene_write(addr, 3);
	scene_drain();
	run = joined(addr, PAGES, 2, &stream);
	expect_range("copied", &run[0], addr, 0, 3);
	expect_eq("its mapcount", run[0].mapcount, 1);
	expect_range("shared", &run[1], addr, 3, PRESENT);
	expect_eq("its mapcount", run[1].mapcount, 2);
	expect_eq("its refcount", run[1].refcount, 2);
	expect_eq("exclusive", run[1].page & VMAVIEW_PAGE_EXCLUSIVE, 0);
	expect_eq("cow", run[1].cow, VMAVIEW_COW_COPY);
	child_end(&child);
}

/* More kinds of pages by turns than a walk keeps in mind at once. */
enum { TURNS = 12, TURN_PAGES = 1200 };

static char *by_turns;

/*
 * With how many children a page is shared: by turns, and in a last part as it comes, so that a kind that has to make
 * room has been met right before as well as long ago.
 */
static size_t turn_of(size_t page)
{
	return (page < TURN_PAGES / 2 ? page : page * page / 3 + page / 5) % TURNS;
}

static size_t pages_of_turn(size_t turn)
{
	size_t nr = 0;

	for (size_t i = 0; i < TURN_PAGES; i++)
		nr += turn_of(i) == turn;
	return nr;
}

/* Gives back the pages that this child, number @arg of them, shall not share. */
static int share_some(void *arg)
{
	const size_t number = *(const size_t *)arg;

	for (size_t i = 0; i < TURN_PAGES; i++)
		if (turn_of(i) <= number)
			madvise(by_turns + i * PAGE, PAGE, MADV_DONTNEED);
	child_ready();
	return 0;
}

/* Frames from all over memory: pages are touched in an order of their own, by turns with others. */
static char *scatter(void)
{
	char *addr = scene_anon(TURN_PAGES), *other = scene_anon(TURN_PAGES);

	madvise(addr, TURN_PAGES * PAGE, MADV_NOHUGEPAGE);	/* EINVAL where the kernel has none */
	for (size_t i = 0, at = 0; i < TURN_PAGES; i++, at = (at + 677) % TURN_PAGES)
		addr[at * PAGE] = other[i * PAGE] = 1;
	munmap(other, TURN_PAGES * PAGE);
	return addr;
}

static void expect_turns(const struct stream *stream)
{
	expect_eq("runs", stream->nr_runs, TURN_PAGES);
	for (size_t i = 0; i < stream->nr_runs; i++) {
		const struct vmaview_run *run = &stream->run[i];

		expect_range("by turns", run, by_turns, i, i + 1);
		expect_eq("frame", run->pfn, PAGEMAP_PFN(proc_page(by_turns + i * PAGE)));
		expect_eq("mapcount", run->mapcount, 1 + turn_of(i));
		expect_eq("page_mapcount", run->page_mapcount, 1 + turn_of(i));
		expect_eq("exclusive", run->page & VMAVIEW_PAGE_EXCLUSIVE, 0);
		if (failed())
			break;
	}
}

/* Runs that name no frames are joined wherever facts are equal: each of their pages has its mapcount. */
static void expect_joined(const struct stream *stream)
{
	size_t page = 0;

	for (size_t i = 0; i < stream->nr_runs; i++) {
		for (uint64_t at = stream->run[i].start; at < stream->run[i].end; at += PAGE, page++)
			if (!expect_eq("mapcount in a joined run", stream->run[i].mapcount, 1 + turn_of(page)))
				return;
	}
	expect_eq("pages in joined runs", page, TURN_PAGES);
}

/* Pages that differ by turns, each shared with as many children as its turn says: runs, frames, and all sums. */
TEST_F(pages, by_turns)
{
	struct child child[TURNS - 1];
	struct vmaview_request request;
	struct stream stream;
	struct area area;

	by_turns = scatter();
	scene_drain();
	for (size_t i = 0; i < TURNS - 1; i++)
		child_start(&child[i], share_some, &i);
	request = request_of(by_turns, TURN_PAGES);
	ask(&request, &stream);
	expect_turns(&stream);
	stream_free(&stream);
	request.flags = VMAVIEW_REQUEST_JOIN;
	ask(&request, &stream);
	expect_joined(&stream);
	stream_free(&stream);
	request.flags = VMAVIEW_REQUEST_DENSE;
	ask(&request, &stream);
	expect_eq("frames", stream.nr_frames, TURN_PAGES);
	for (size_t i = 0; i < stream.nr_frames && !failed(); i++) {
		expect_eq("frame", stream.frame[i].pfn, PAGEMAP_PFN(proc_page(by_turns + i * PAGE)));
		expect_eq("its mapcount", stream.frame[i].mapcount, 1 + turn_of(i));
	}
	stream_free(&stream);
	look(getpid(), by_turns, &area);
	expect_eq("kB", area.value[RSS], TURN_PAGES * PAGE / 1024);
	expect_eq("private kB", area.value[PRIVATE_DIRTY], pages_of_turn(0) * PAGE / 1024);
	expect_eq("mapcount of all", area.value[MAPCOUNT_MAX], TURNS);
	for (size_t i = 0; i < TURNS - 1; i++)
		child_end(&child[i]);
}

/* A huge page is one run, and a range cuts it. */
TEST_F(pages, huge)
{
	char *addr = scene_huge_page();
	const struct vmaview_run *run;
	struct vmaview_request request;
	struct stream stream;

	run = joined(addr, HUGE / PAGE, 1, &stream);
	expect_eq("level", run->level, 1);
	expect_eq("order", run->order, 9);
	expect_eq("exclusive", !!(run->page & VMAVIEW_PAGE_EXCLUSIVE), 1);
	expect_range("the huge page", run, addr, 0, HUGE / PAGE);
	request = request_of(addr + 5 * PAGE, 3);
	ask(&request, &stream);
	expect_eq("a part of it", stream.nr_runs, 1);
	expect_range("a part of it", stream.run, addr, 5, 8);
	expect_eq("its frame", stream.run->pfn, PAGEMAP_PFN(proc_page(addr + 5 * PAGE)));
	expect_eq("is as exclusive", !!(stream.run->page & VMAVIEW_PAGE_EXCLUSIVE), 1);
	expect_eq("its page_mapcount", stream.run->page_mapcount, 1);
}

static int unmap_odd(void *arg)
{
	char *addr = arg;

	for (size_t i = 1; i < HUGE / PAGE; i += 2)
		munmap(addr + i * PAGE, PAGE);
	child_ready();
	return 0;
}

/*
 * Pages of a huge page that another process maps in part are mapped differently often, each a run: more of them than
 * one read of the stream has room for.
 */
TEST_F(pages, huge_in_part_elsewhere)
{
	char *addr = scene_huge_page();
	struct vmaview_request request = request_of(addr, HUGE / PAGE);
	struct stream stream;
	struct child child;
	size_t wrong = 0;

	child_start(&child, unmap_odd, addr);
	ask(&request, &stream);
	if (!expect_eq("runs", stream.nr_runs, HUGE / PAGE))
		die("too few runs");
	for (size_t i = 0; i < HUGE / PAGE; i++)
		wrong += stream.run[i].start != (uintptr_t)addr + i * PAGE || stream.run[i].level != 1 ||
			 stream.run[i].page_mapcount != (i % 2 ? 1 : 2) ||
			 stream.run[i].pfn != PAGEMAP_PFN(proc_page(addr + i * PAGE));
	expect_eq("runs that are not as their pages are", wrong, 0);
	stream_free(&stream);
	child_end(&child);
}

/* Entries that are none are runs where asked for.  None has no run, unless it is asked for. */
TEST_F(pages, none)
{
	char *addr = scene_anon(PAGES);
	struct vmaview_request request = request_of(addr, PAGES);
	struct stream stream;

	scene_write(addr + 2 * PAGE, 1);
	request.states = 1u << VMAVIEW_STATE_NONE;
	ask(&request, &stream);
	expect_eq("runs of nothing", stream.nr_runs, 2);
	if (stream.nr_runs == 2) {
		expect_range("before", &stream.run[0], addr, 0, 2);
		expect_range("after", &stream.run[1], addr, 3, PAGES);
	}
	request.states = VMAVIEW_STATES;
	ask(&request, &stream);
	expect_eq("all runs", stream.nr_runs, 3);
}

static void expect_selected(const char *what, struct vmaview_request request, const char *addr,
			    size_t first, size_t end)
{
	struct stream stream;

	request.flags = VMAVIEW_REQUEST_JOIN;
	ask(&request, &stream);
	if (expect_eq(what, stream.nr_runs, first < end) && stream.nr_runs)
		expect_range(what, stream.run, addr, first, end);
	stream_free(&stream);
}

/* The kernel selects by state, origin, flags and entry.  One thing is true of each four pages. */
TEST_F(pages, selection)
{
	char *addr = scene_anon(PAGES);
	struct vmaview_request all = request_of(addr, PAGES), request;

	scene_write(addr, 4);
	scene_read(addr + 4 * PAGE, 4);
	scene_write(addr + 8 * PAGE, 4);
	if (mlock(addr + 8 * PAGE, 4 * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	request = all;
	request.origins = 1u << VMAVIEW_ORIGIN_ZERO;
	expect_selected("by origin", request, addr, 4, 8);
	request = all;
	request.page_mask = request.page_value = VMAVIEW_PAGE_MLOCKED;
	expect_selected("by a flag that is set", request, addr, 8, 12);
	request.page_value = 0;
	request.origins = 1u << VMAVIEW_ORIGIN_ANON;
	expect_selected("by one that is not", request, addr, 0, 4);
	request = all;
	request.page_any = VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_MAYBE_PINNED;
	expect_selected("by one of two flags", request, addr, 8, 12);
	request = all;
	request.entry_mask = VMAVIEW_ENTRY_WRITE;
	expect_selected("by a bit of the entry", request, addr, 4, 8);
	request = all;
	request.states = 1u << VMAVIEW_STATE_SWAP;
	expect_selected("by state", request, addr, 0, 0);
}

/* MANY pages, of which every other one is there: more runs than any buffer holds. */
static char *make_many(void)
{
	char *addr = scene_anon(MANY);

	madvise(addr, MANY * PAGE, MADV_NOHUGEPAGE);
	scene_write(addr, MANY);
	for (size_t i = 0; i < MANY; i += 2)
		madvise(addr + i * PAGE, PAGE, MADV_DONTNEED);
	return addr;
}

/* Runs go on over many buffers, and the sums with them. */
TEST_F(pages, many)
{
	char *addr = make_many();
	struct vmaview_request request = request_of(addr, MANY);
	struct stream stream;
	size_t pages = 0;

	request.want |= VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES;
	ask(&request, &stream);
	expect_eq("runs", stream.nr_runs, MANY / 2);
	for (size_t i = 0; i < stream.nr_runs; i++)
		pages += (stream.run[i].end - stream.run[i].start) / PAGE;
	expect_eq("pages", pages, MANY / 2);
	expect_eq("areas", stream.areas.nr, 1);
	expect_eq("Rss", stream.areas.area[0].value[RSS], MANY / 2 * 4);
	expect_eq("Leaves/4k", stream.areas.area[0].value[LEAVES_4K], MANY / 2);
	expect_eq("Absent/none", stream.areas.area[0].value[ABSENT_NONE], MANY / 2);
}

/*
 * An area that changes after some of its runs were given is closed there.  * Runs that were handed over
 * stay as they are: an area that becomes three meanwhile is closed where the walk was, and what it has
 * become follows.
 */
TEST_F(pages, changed_midway)
{
	char *addr = make_many(), start[4096];
	struct vmaview_request request = request_of(addr, MANY);
	struct bytes rest, whole;
	struct stream stream;
	const char *wrong;
	int fd = door_open();

	request.want |= VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES;
	if (fd < 0 || door_bind(fd, &request) || read(fd, start, sizeof(start)) != sizeof(start))
		die("no start of a stream");
	if (mprotect(addr + 2000 * PAGE, 100 * PAGE, PROT_READ))
		die("mprotect: %s", strerror(errno));
	if (slurp_fd(fd, 65536, &rest))
		die("no rest of a stream");
	whole.len = sizeof(start) + rest.len;
	whole.data = malloc(whole.len);
	memcpy(whole.data, start, sizeof(start));
	memcpy(whole.data + sizeof(start), rest.data, rest.len);
	wrong = stream_parse(&whole, &stream);
	if (wrong)
		die("%s", wrong);
	expect_eq("runs", stream.nr_runs, MANY / 2);
	expect_eq("areas", stream.areas.nr, 4);
	expect_eq("the second begins where the first ends", stream.areas.area[1].start,
		  stream.areas.area[0].end);
	expect_eq("restarts", stream.end.restarts, 1);
	expect_eq("changed", stream.end.changed, VMAVIEW_CHANGED_YES);
}

/* Bits that /proc/kpageflags has at the same place, where they are a page's own or a small folio's. */
#define FLAGS_COMPARED \
	(VMAVIEW_PAGE_LOCKED | VMAVIEW_PAGE_REFERENCED | VMAVIEW_PAGE_UPTODATE | VMAVIEW_PAGE_DIRTY | \
	 VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_ACTIVE | VMAVIEW_PAGE_WRITEBACK | VMAVIEW_PAGE_RECLAIM | \
	 VMAVIEW_PAGE_SWAPCACHE | VMAVIEW_PAGE_SWAPBACKED | VMAVIEW_PAGE_UNEVICTABLE | \
	 VMAVIEW_PAGE_HWPOISON | VMAVIEW_PAGE_RESERVED | VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_PRIVATE | \
	 VMAVIEW_PAGE_PRIVATE_2)

static unsigned int differs(uint64_t addr, const char *what, uint64_t ours, uint64_t theirs)
{
	if (ours == theirs)
		return 0;
	note("%llx: %s: %llx in runs, %llx by the witness", (unsigned long long)addr, what,
	     (unsigned long long)ours, (unsigned long long)theirs);
	return 1;
}

static uint64_t memcg_of(uint64_t pfn)
{
	static int fd = -1;
	uint64_t ino = ~0ULL;

	if (fd < 0)
		fd = open("/proc/kpagecgroup", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || pread(fd, &ino, 8, pfn * 8) != 8)
		return ~0ULL;
	return ino;
}

static unsigned int compare_frame(const struct vmaview_run *run, uint64_t addr, uint64_t pfn)
{
	uint64_t flags = proc_kpageflags(pfn), memcg = memcg_of(pfn);
	unsigned int differ = 0;

	if (run->node == VMAVIEW_UNKNOWN || run->order)
		return 0;
	differ += differs(addr, "flags", run->page & FLAGS_COMPARED, flags & FLAGS_COMPARED);
	differ += differs(addr, "page_mapcount", run->page_mapcount, proc_kpagecount(pfn));
	if (memcg != ~0ULL && run->memcg != VMAVIEW_UNKNOWN64)
		differ += differs(addr, "memcg", run->memcg, memcg);
	return differ;
}

/* pagemap's entry for one page of a run. @soft_dirty: of the whole area. */
static unsigned int compare_entry(const struct vmaview_run *run, uint64_t addr, uint64_t entry, bool soft_dirty)
{
	uint64_t pfn = run->pfn + (addr - run->start) / PAGE;
	unsigned int differ = 0;

	differ += differs(addr, "present", run->state == VMAVIEW_STATE_PRESENT, !!(entry & PAGEMAP_PRESENT));
	if (!soft_dirty && run->origin != VMAVIEW_ORIGIN_HUGETLB)
		differ += differs(addr, "soft-dirty", !!(run->entry & VMAVIEW_ENTRY_SOFT_DIRTY),
				  !!(entry & PAGEMAP_SOFT_DIRTY));
	if (run->origin != VMAVIEW_ORIGIN_HUGETLB)
		differ += differs(addr, "uffd-wp", !!(run->entry & VMAVIEW_ENTRY_UFFD_WP),
				  !!(entry & PAGEMAP_UFFD_WP));
	if (run->state == VMAVIEW_STATE_SWAP) {
		differ += differs(addr, "swap device", run->swap_type, PAGEMAP_PFN(entry) & 31);
		differ += differs(addr, "swap slot", run->swap_offset + (addr - run->start) / PAGE,
				  PAGEMAP_PFN(entry) >> 5);
	}
	if (run->state != VMAVIEW_STATE_PRESENT || run->pfn == VMAVIEW_UNKNOWN64)
		return differ;
	differ += differs(addr, "pfn", pfn, PAGEMAP_PFN(entry));
	return differ + compare_frame(run, addr, pfn);
}

static unsigned int compare_run(pid_t pid, const struct vmaview_run *run, bool soft_dirty)
{
	enum { BATCH = 512 };
	uint64_t entries[BATCH];
	unsigned int differ = 0;

	for (uint64_t addr = run->start; addr < run->end && differ < 20;) {
		size_t nr = (run->end - addr) / PAGE < BATCH ? (run->end - addr) / PAGE : BATCH;

		proc_pagemap(pid, (void *)addr, nr, entries);
		for (size_t i = 0; i < nr; i++, addr += PAGE)
			differ += compare_entry(run, addr, entries[i], soft_dirty);
	}
	return differ;
}

static uint64_t run_pages(const struct stream *stream, const struct area *area, size_t *at)
{
	uint64_t pages = 0;

	for (; *at < stream->nr_runs && stream->run[*at].end <= area->end; ++*at)
		if (stream->run[*at].state == VMAVIEW_STATE_PRESENT)
			pages += (stream->run[*at].end - stream->run[*at].start) / PAGE;
	return pages;
}

/* Runs of an area, and their sums against those of the same stream. */
static unsigned int compare_area(pid_t pid, const struct stream *stream, const struct area *area, size_t *at)
{
	bool soft_dirty = strstr(area->vmflags, "sd");
	uint64_t leaves = area->value[LEAVES_4K] + area->value[LEAVES_2M] * 512;
	size_t first = *at;
	unsigned int differ;

	differ = differs(area->start, "present pages", run_pages(stream, area, at), leaves);
	if (strstr(area->vmflags, "pf"))	/* pagemap shows nothing of such areas */
		return differ;
	for (; first < *at && differ < 20; first++)
		differ += compare_run(pid, &stream->run[first], soft_dirty);
	return differ;
}

static bool witnesses_agree(pid_t pid)
{
	unsigned int differ = 0;
	struct stream stream;
	size_t at = 0;

	door_stream(pid, VMAVIEW_WANT_ALL, &stream);
	for (size_t i = 0; i < stream.areas.nr; i++)
		differ += compare_area(pid, &stream, &stream.areas.area[i], &at);
	stream_free(&stream);
	return !differ;
}

/* Pagemap, kpageflags, kpagecount and kpagecgroup agree in every process. */
TEST_F(pages, every_process)
{
	zoo_start();
	note("%u processes", everyone(witnesses_agree));
}

SCENE_MAIN
