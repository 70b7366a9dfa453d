// SPDX-License-Identifier: GPL-2.0
/* diff.c - what is matched with what, what has changed of it, and what happened to pages: each by construction. */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/diff/diff_lines.h"
#include "verbs/diff/diff_rows.h"

#define PAGE 4096ull
#define KNOWN (KEY_BIT(KEY_SIZE) | KEY_BIT(KEY_RSS) | KEY_BIT(KEY_PSS) | KEY_BIT(KEY_SWAP) | KEY_BIT(KEY_ANONYMOUS))

static struct process state[2];	/* before, after */
static struct diff_rows rows;

static void begin(void)
{
	for (int i = 0; i < 2; i++) {
		process_init(&state[i]);
		state[i].pid = 1;
		state[i].page_size = PAGE;
		state[i].has_runs = true;
	}
	rows = (struct diff_rows){ .nr = 0 };
}

static bool end(bool holds)
{
	for (size_t i = 0; !holds && i < rows.nr; i++) {
		const struct diff_row *row = &rows.rows[i];

		ktap_note("%llx is %llx: %x", (unsigned long long)(row->before.area ? row->before.area->start : 0),
			  (unsigned long long)(row->after.area ? row->after.area->start : 0), row->change);
	}
	diff_rows_free(&rows);
	process_free(&state[0]);
	process_free(&state[1]);
	return holds;
}

static bool compare(void)
{
	return !diff_rows_add(&rows, &state[0], &state[1]);
}

/* @pages pages at @start; later ones have to be higher. */
static struct area *add(int when, uint64_t start, uint64_t pages, const char *name)
{
	struct area *area = process_add_area(&state[when]);

	area->start = start;
	area->end = start + pages * PAGE;
	memcpy(area->perms, "rw-p", 5);
	area->name = name;
	area->known = KNOWN;
	area_set(area, KEY_SIZE, pages * PAGE);
	return area;
}

static struct area *add_file(int when, uint64_t start, uint64_t pages, uint64_t inode, uint64_t offset)
{
	struct area *area = add(when, start, pages, "/lib/some.so");

	area->inode = inode;
	area->dev_major = 8;
	area->offset = offset * PAGE;
	return area;
}

static struct vmaview_run *run(int when, uint64_t start, uint64_t pages, uint64_t pfn)
{
	struct vmaview_run *run = process_add_run(&state[when]);

	*run = (struct vmaview_run){
		.start = start, .end = start + pages * PAGE, .pfn = pfn, .state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON, .page = VMAVIEW_PAGE_EXCLUSIVE,
	};
	return run;
}

/* Row @index is this; 0: there was, or is, no area. */
static bool is(size_t index, uint64_t before, uint64_t after, uint32_t change)
{
	const struct diff_row *row = index < rows.nr ? &rows.rows[index] : NULL;

	return row && row->change == change && (row->before.area ? row->before.area->start : 0) == before &&
	       (row->after.area ? row->after.area->start : 0) == after;
}

static bool nothing_is_nothing(void)
{
	begin();
	for (int when = 0; when < 2; when++) {
		add(when, 0x10000, 4, "[heap]");
		run(when, 0x10000, 4, 77);
		add_file(when, 0x40000, 4, 5, 0);
		add(when, 0x80000, 4, "");
	}
	/* Others map it, too, by now. */
	area_set(&state[1].areas[0], KEY_PSS, 1);
	return end(compare() && !rows.nr);
}

static bool new_and_gone(void)
{
	begin();
	add(0, 0x10000, 4, "");
	add(0, 0x40000, 4, "");
	add(1, 0x20000, 8, "");
	add(1, 0x40000, 4, "");
	return end(compare() && rows.nr == 2 && is(0, 0x10000, 0, CHANGE_GONE) && is(1, 0, 0x20000, CHANGE_NEW));
}

static bool heap_grows(void)
{
	begin();
	add(0, 0x10000, 4, "[heap]");
	add(1, 0x10000, 8, "[heap]");
	return end(compare() && rows.nr == 1 && is(0, 0x10000, 0x10000, CHANGE_RESIZED));
}

static bool stack_grows_down(void)
{
	begin();
	add(0, 0x80000, 4, "[stack]");
	run(0, 0x82000, 2, 70);
	add(1, 0x70000, 20, "[stack]");
	run(1, 0x81000, 1, 50);
	run(1, 0x82000, 2, 70);
	return end(compare() && rows.nr == 1 && is(0, 0x80000, 0x70000, CHANGE_RESIZED | CHANGE_CHANGED) &&
		   rows.rows[0].pages[EVENT_FAULTED_IN] == PAGE && !rows.rows[0].pages[EVENT_DROPPED]);
}

static bool library_is_elsewhere(void)
{
	begin();
	add_file(0, 0x10000, 4, 5, 0);
	add_file(0, 0x14000, 2, 5, 4);
	add(0, 0x16000, 3, "");
	add_file(1, 0x90000, 4, 5, 0);
	add_file(1, 0x94000, 2, 5, 4);
	add(1, 0x96000, 3, "");
	return end(compare() && rows.nr == 3 && is(0, 0x10000, 0x90000, CHANGE_MOVED) &&
		   is(1, 0x14000, 0x94000, CHANGE_MOVED) && is(2, 0x16000, 0x96000, CHANGE_MOVED));
}

static bool file_twice_in_order(void)
{
	begin();
	add_file(0, 0x10000, 4, 5, 0);
	add_file(0, 0x20000, 4, 5, 0);
	add_file(0, 0x30000, 4, 6, 0);
	add_file(1, 0x90000, 4, 6, 0);
	add_file(1, 0xa0000, 4, 5, 0);
	add_file(1, 0xb0000, 4, 5, 0);
	add_file(1, 0xc0000, 4, 5, 8);
	return end(compare() && rows.nr == 4 && is(0, 0x30000, 0x90000, CHANGE_MOVED) &&
		   is(1, 0x10000, 0xa0000, CHANGE_MOVED) && is(2, 0x20000, 0xb0000, CHANGE_MOVED) &&
		   is(3, 0, 0xc0000, CHANGE_NEW));
}

static bool another_file_is_another(void)
{
	begin();
	add_file(0, 0x10000, 4, 5, 0);
	add_file(1, 0x10000, 4, 6, 0);
	return end(compare() && rows.nr == 2);
}

static bool file_loses_its_start(void)
{
	begin();
	add_file(0, 0x10000, 8, 5, 0);
	add_file(1, 0x12000, 4, 5, 2);
	return end(compare() && rows.nr == 1 && is(0, 0x10000, 0x12000, CHANGE_RESIZED));
}

/* By its frames, though another one is of the same size, and though it is longer now. */
static bool moved_by_frames(void)
{
	begin();
	add(0, 0x10000, 4, "");
	run(0, 0x11000, 2, 100);
	add(0, 0x20000, 4, "");
	run(0, 0x21000, 2, 200);
	add(1, 0x70000, 4, "");
	run(1, 0x71000, 2, 200);
	add(1, 0x90000, 6, "");
	run(1, 0x91000, 2, 100);
	return end(compare() && rows.nr == 2 && is(0, 0x20000, 0x70000, CHANGE_MOVED) &&
		   is(1, 0x10000, 0x90000, CHANGE_MOVED | CHANGE_RESIZED) && !rows.rows[1].pages[EVENT_DROPPED] &&
		   !rows.rows[1].pages[EVENT_COPIED]);
}

static bool other_frames_are_no_move(void)
{
	begin();
	area_set(add(0, 0x10000, 4, ""), KEY_RSS, 2 * PAGE);
	run(0, 0x11000, 2, 100);
	area_set(add(1, 0x70000, 4, ""), KEY_RSS, 2 * PAGE);
	run(1, 0x71000, 2, 300);
	return end(compare() && rows.nr == 2 && is(0, 0x10000, 0, CHANGE_GONE) && is(1, 0, 0x70000, CHANGE_NEW));
}

/* Where no frames are known: the only one of this size with so much in it. */
static bool moved_by_size(size_t candidates)
{
	begin();
	state[0].has_runs = state[1].has_runs = false;
	area_set(add(0, 0x10000, 4, ""), KEY_RSS, 2 * PAGE);
	for (size_t i = 0; i < candidates; i++)
		area_set(add(1, 0x70000 + i * 0x10000, 4, ""), KEY_RSS, 2 * PAGE);
	return compare();
}

static bool only_one_is_moved(void)
{
	return end(moved_by_size(1) && rows.nr == 1 && is(0, 0x10000, 0x70000, CHANGE_MOVED) &&
		   !rows.rows[0].has_pages);
}

static bool one_of_two_is_not(void)
{
	return end(moved_by_size(2) && rows.nr == 3 && is(0, 0x10000, 0, CHANGE_GONE));
}

static bool permissions(void)
{
	begin();
	add(0, 0x10000, 4, "");
	memcpy(add(1, 0x10000, 4, "")->perms, "r--p", 5);
	return end(compare() && rows.nr == 1 && is(0, 0x10000, 0x10000, CHANGE_CHANGED));
}

static bool names(void)
{
	begin();
	add(0, 0x10000, 4, "");
	add(1, 0x10000, 4, "[anon:x]");
	return end(compare() && rows.nr == 1 && is(0, 0x10000, 0x10000, CHANGE_CHANGED));
}

static bool unknown_is_no_change(void)
{
	begin();
	area_set(add(0, 0x10000, 4, ""), KEY_RSS, PAGE);
	add(1, 0x10000, 4, "")->known = KEY_BIT(KEY_SIZE);
	return end(compare() && !rows.nr);
}

static bool merged_overlap(void)
{
	begin();
	add(0, 0x10000, 4, "");
	add(0, 0x14000, 4, "x");
	add(1, 0xf000, 9, "");
	return end(compare() && rows.nr == 2 && is(0, 0x10000, 0xf000, CHANGE_RESIZED) &&
		   is(1, 0x14000, 0, CHANGE_GONE));
}

/* One page that was @before and is @after; NULL for nothing there. */
struct meeting {
	const char *sentence;
	struct vmaview_run before;
	struct vmaview_run after;
	int event;		/* EVENT_NR: none */
};

#define NOTHING { .state = VMAVIEW_STATE_NONE }
#define SWAPPED { .state = VMAVIEW_STATE_SWAP, .origin = VMAVIEW_ORIGIN_ANON, .pfn = ~0ull }
#define GUARD { .state = VMAVIEW_STATE_GUARD, .pfn = ~0ull }
#define OWN(frame) { .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON, .pfn = frame, \
		     .page = VMAVIEW_PAGE_EXCLUSIVE }
#define SHARED(frame) { .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON, .pfn = frame }
#define OF(kind, frame) { .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_##kind, .pfn = frame }
#define HUGE(frame) { .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON, .pfn = frame, .level = 1, \
		      .page = VMAVIEW_PAGE_EXCLUSIVE }

static const struct meeting meetings[] = {
	{ "nothing stays nothing", NOTHING, NOTHING, EVENT_NR },
	{ "a page comes", NOTHING, OWN(1), EVENT_FAULTED_IN },
	{ "a page stays", OWN(1), OWN(1), EVENT_NR },
	{ "a page is moved in memory", OWN(1), OWN(2), EVENT_NR },
	{ "a page that is shared is moved in memory", SHARED(1), SHARED(2), EVENT_NR },
	{ "a page is shared by a fork", OWN(1), SHARED(1), EVENT_NR },
	{ "a page is its own again", SHARED(1), OWN(1), EVENT_NR },
	{ "a page that was shared is copied", SHARED(1), OWN(2), EVENT_COPIED },
	{ "a page of a file is copied", OF(FILE, 1), OWN(2), EVENT_COPIED },
	{ "a page of shmem is copied", OF(SHMEM, 1), OWN(2), EVENT_COPIED },
	{ "the zero page is replaced", OF(ZERO, 1), OWN(2), EVENT_COPIED },
	{ "a page of KSM is copied", OF(KSM, 1), OWN(2), EVENT_COPIED },
	{ "KSM takes a page", OWN(1), OF(KSM, 2), EVENT_NR },
	{ "a page of a file is another one", OF(FILE, 1), OF(FILE, 2), EVENT_NR },
	{ "a huge page of hugetlb is copied", OF(HUGETLB, 1), { .state = VMAVIEW_STATE_PRESENT,
	  .origin = VMAVIEW_ORIGIN_HUGETLB, .pfn = 2, .page = VMAVIEW_PAGE_EXCLUSIVE }, EVENT_COPIED },
	{ "a page goes to swap", OWN(1), SWAPPED, EVENT_SWAPPED_OUT },
	{ "a page came and went to swap", NOTHING, SWAPPED, EVENT_SWAPPED_OUT },
	{ "a page stays in swap", SWAPPED, SWAPPED, EVENT_NR },
	{ "a page comes from swap", SWAPPED, OWN(1), EVENT_SWAPPED_IN },
	{ "a page is dropped", OWN(1), NOTHING, EVENT_DROPPED },
	{ "a page is dropped in swap", SWAPPED, NOTHING, EVENT_DROPPED },
	{ "a guard takes its place", OWN(1), GUARD, EVENT_DROPPED },
	{ "a guard goes", GUARD, NOTHING, EVENT_NR },
	{ "pages are collapsed", OWN(1), HUGE(512), EVENT_COLLAPSED },
	{ "a huge page is split", HUGE(512), OWN(512), EVENT_SPLIT },
	{ "a huge page stays", HUGE(512), HUGE(512), EVENT_NR },
	{ "a huge page goes to swap", HUGE(512), SWAPPED, EVENT_SWAPPED_OUT },
};

static void put(int when, uint64_t start, const struct vmaview_run *page)
{
	struct vmaview_run *to;

	if (page->state == VMAVIEW_STATE_NONE)
		return;
	to = process_add_run(&state[when]);
	*to = *page;
	to->start = start;
	to->end = start + PAGE;
}

static bool meets(const struct meeting *meeting)
{
	bool holds = true;

	begin();
	add(0, 0x10000, 4, "");
	add(1, 0x10000, 4, "");
	put(0, 0x11000, &meeting->before);
	put(1, 0x11000, &meeting->after);
	holds = compare() && rows.nr == (meeting->event != EVENT_NR);
	for (int event = 0; holds && rows.nr && event < EVENT_NR; event++)
		holds = rows.rows[0].pages[event] == (event == meeting->event ? PAGE : 0);
	if (!holds && rows.nr)
		for (int event = 0; event < EVENT_NR; event++)
			ktap_note("%s: %llu", page_event_names[event], (unsigned long long)rows.rows[0].pages[event]);
	return end(holds);
}

static bool each_meeting(void)
{
	bool holds = true;

	for (size_t i = 0; i < sizeof(meetings) / sizeof(meetings[0]); i++)
		if (!meets(&meetings[i]))
			holds = ktap_note("%s", meetings[i].sentence);
	return holds;
}

/* A run of one side meets several of the other, some beyond it. */
static bool runs_are_cut(void)
{
	const uint64_t *pages;
	bool holds;

	begin();
	add(0, 0x10000, 16, "");
	run(0, 0x11000, 6, 100);
	add(1, 0x10000, 16, "");
	run(1, 0x10000, 2, 99);
	run(1, 0x12000, 1, 0)->state = VMAVIEW_STATE_SWAP;
	run(1, 0x14000, 1, 103);
	run(1, 0x16000, 8, 300);
	holds = compare() && rows.nr == 1;
	pages = holds ? rows.rows[0].pages : NULL;
	/* 10 in; 12 out; 13, 15 dropped; 17..1d in. */
	return end(holds && pages[EVENT_FAULTED_IN] == 8 * PAGE && pages[EVENT_SWAPPED_OUT] == PAGE &&
		   pages[EVENT_DROPPED] == 2 * PAGE && !pages[EVENT_COPIED]);
}

/* The child has written a page, its parent another. */
static bool copies_of_relatives(void)
{
	begin();
	state[1].pid = 2;
	add(0, 0x10000, 4, "");
	run(0, 0x10000, 1, 10)->page = 0;
	run(0, 0x11000, 1, 21);
	run(0, 0x12000, 1, 12)->page = 0;
	add(1, 0x10000, 4, "");
	run(1, 0x10000, 1, 20);
	run(1, 0x11000, 1, 11)->page = 0;
	run(1, 0x12000, 1, 12)->page = 0;
	return end(compare() && rows.nr == 1 && rows.rows[0].pages[EVENT_COPIED] == 2 * PAGE);
}

/* What nobody vouches for ends, and gives no number that is none. */
static bool odd_addresses(void)
{
	begin();
	add_file(0, 0x1000, 1, 5, 0);
	add_file(0, 0xffffffffffff0000, 14, 5, 4);
	run(0, 0xffffffffffff0000, 14, ~0ull - 1);
	add_file(1, 0x2000, 3, 5, 4);
	run(1, 0x1000, 900, 7);
	add_file(1, 0x8000000000000000, 0x10000000000, 5, 0);
	run(1, 0x8000000000000000, 0x10000000000, 1);
	return end(compare() && rows.nr >= 2);
}

static bool no_page_size(void)
{
	begin();
	state[0].page_size = state[1].page_size = 0;
	add(0, 0x10000, 4, "");
	run(0, 0x10000, 1, 10);
	area_set(add(1, 0x10000, 4, ""), KEY_RSS, PAGE);
	run(1, 0x10000, 1, 11);
	return end(compare() && rows.nr == 1 && !rows.rows[0].has_pages);
}

static bool sums_are_ordered(void)
{
	struct diff_line lines[8];
	size_t nr;
	bool holds;

	begin();
	add(0, 0x10000, 4, "[heap]");
	area_set(add(1, 0x10000, 8, "[heap]"), KEY_RSS, PAGE);
	area_set(add(0, 0x40000, 4, ""), KEY_RSS, 3 * PAGE);
	add(0, 0x80000, 4, "[anon:a]");
	area_set(add(1, 0x80000, 4, "[anon:a]"), KEY_SWAP, PAGE);
	add(0, 0x90000, 4, "[anon:a]");
	area_set(add(1, 0x90000, 4, "[anon:a]"), KEY_RSS, PAGE);
	holds = compare() && rows.nr == 4;
	if (holds) {
		diff_lines_of(lines, &rows);
		nr = diff_lines_sum(lines, rows.nr);
		holds = nr == 3 && lines[0].delta[KEY_RSS] == -3 * (int64_t)PAGE && lines[1].areas == 2 &&
			lines[1].changes[4] == 2 && lines[1].delta[KEY_SWAP] == PAGE && lines[2].kind == KIND_OF_HEAP;
	}
	return end(holds);
}

static const struct ktap_test tests[] = {
	{ "what is as it was makes no row, whoever maps it, too", nothing_is_nothing },
	{ "areas come and go", new_and_gone },
	{ "a heap that grows is the same", heap_grows },
	{ "a stack that grows is the same, and its pages stay", stack_grows_down },
	{ "a library is found elsewhere, with what follows on it", library_is_elsewhere },
	{ "a file that is mapped again and again is matched in order", file_twice_in_order },
	{ "another file at the same place is another", another_file_is_another },
	{ "a file whose start is unmapped is the same", file_loses_its_start },
	{ "what was moved is known by its frames", moved_by_frames },
	{ "what has other frames was not moved", other_frames_are_no_move },
	{ "without frames the only one of its size was moved", only_one_is_moved },
	{ "... and none of two", one_of_two_is_not },
	{ "permissions change", permissions },
	{ "a name changes", names },
	{ "what is not known of both has not changed", unknown_is_no_change },
	{ "what has addresses in common is the same", merged_overlap },
	{ "each event of a page is what it is", each_meeting },
	{ "runs are cut where those of the other side begin", runs_are_cut },
	{ "of two processes either may have made a copy", copies_of_relatives },
	{ "addresses at the end of all are no loop", odd_addresses },
	{ "without a page size there are no events", no_page_size },
	{ "sums have what changed the most first", sums_are_ordered },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
