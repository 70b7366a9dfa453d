// SPDX-License-Identifier: GPL-2.0
/* page_events.c - in: an area before and after, and the runs of both; out: what happened to its pages.  Pure. */
#include <string.h>

#include "verbs/diff/page_events.h"

const char *const page_event_names[EVENT_NR] = {
	[EVENT_FAULTED_IN] = "faulted_in",
	[EVENT_COPIED] = "copied",
	[EVENT_SWAPPED_OUT] = "swapped_out",
	[EVENT_SWAPPED_IN] = "swapped_in",
	[EVENT_DROPPED] = "dropped",
	[EVENT_COLLAPSED] = "collapsed",
	[EVENT_SPLIT] = "split",
};

/* The first run that ends beyond @addr. */
static size_t find_run(const struct process *process, uint64_t addr)
{
	size_t low = 0, high = process->nr_runs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (process->runs[middle].end <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct vmaview_run *page_events_first(const struct process *process, const struct area *area)
{
	for (size_t i = find_run(process, area->start); i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		if (run->start >= area->end)
			break;
		if (run->state == VMAVIEW_STATE_PRESENT && run->origin == VMAVIEW_ORIGIN_ANON &&
		    run->start >= area->start)
			return run;
	}
	return NULL;
}

/* The runs of one side, at places of the side after. */
struct cursor {
	const struct process *process;
	uint64_t shift;
	uint64_t start;		/* of the area */
	uint64_t end;
	size_t next;
};

static struct cursor cursor_begin(const struct page_side *side, uint64_t shift)
{
	struct cursor cursor = { .process = side->process, .shift = shift };

	if (!side->area)
		return cursor;
	cursor.start = side->area->start + shift;
	cursor.end = side->area->end + shift;
	cursor.next = find_run(side->process, side->area->start);
	return cursor;
}

/* What is at @at, NULL for nothing; so it is up to *until at most. */
static const struct vmaview_run *cursor_at(struct cursor *cursor, uint64_t at, uint64_t *until)
{
	const struct vmaview_run *run;
	uint64_t start, end;

	if (at < cursor->start || at >= cursor->end) {
		if (at < cursor->start && cursor->start < *until)
			*until = cursor->start;
		return NULL;
	}
	if (cursor->end < *until)
		*until = cursor->end;
	while (cursor->next < cursor->process->nr_runs && cursor->process->runs[cursor->next].end + cursor->shift <= at)
		cursor->next++;
	if (cursor->next == cursor->process->nr_runs)
		return NULL;
	run = &cursor->process->runs[cursor->next];
	start = run->start + cursor->shift;
	end = run->end + cursor->shift;
	if (start > at) {
		*until = start < *until ? start : *until;
		return NULL;
	}
	*until = end < *until ? end : *until;
	return run;
}

static bool is_present(const struct vmaview_run *run)
{
	return run && (run->state == VMAVIEW_STATE_PRESENT || run->state == VMAVIEW_STATE_MIGRATION);
}

static bool is_swapped(const struct vmaview_run *run)
{
	return run && run->state == VMAVIEW_STATE_SWAP;
}

static bool is_exclusive(const struct vmaview_run *run)
{
	return run->page & VMAVIEW_PAGE_EXCLUSIVE;
}

/* A page of nobody's that a private mapping shows until it is written. */
static bool is_source(const struct vmaview_run *run)
{
	switch (run->origin) {
	case VMAVIEW_ORIGIN_FILE:
	case VMAVIEW_ORIGIN_SHMEM:
	case VMAVIEW_ORIGIN_ZERO:
	case VMAVIEW_ORIGIN_HUGE_ZERO:
	case VMAVIEW_ORIGIN_KSM:
		return true;
	}
	return false;
}

/* What two segments at one place are. */
struct meeting {
	const struct vmaview_run *before;
	const struct vmaview_run *after;
	bool other_frame;
	bool related;		/* two processes: either may have made the copy */
};

/*
 * A frame alone is no proof: a page that is moved in memory gets another one, too, and stays exclusive or shared as it
 * was.  A hugetlb page that is private is exclusive where it is its own.
 */
static bool is_copy(const struct meeting *meeting)
{
	const struct vmaview_run *before = meeting->before, *after = meeting->after;
	bool own = after->origin == VMAVIEW_ORIGIN_ANON;

	if (is_source(before))
		return own;
	if (before->origin != after->origin || !(own || after->origin == VMAVIEW_ORIGIN_HUGETLB) ||
	    !meeting->other_frame)
		return false;
	if (!is_exclusive(before) && is_exclusive(after))
		return true;
	return meeting->related && is_exclusive(before) != is_exclusive(after);
}

static void count_present(const struct meeting *meeting, uint64_t length, uint64_t bytes[EVENT_NR])
{
	const struct vmaview_run *before = meeting->before, *after = meeting->after;

	if (after->level > before->level)
		bytes[EVENT_COLLAPSED] += length;
	else if (after->level < before->level)
		bytes[EVENT_SPLIT] += length;
	if (after->level <= before->level && is_copy(meeting))
		bytes[EVENT_COPIED] += length;
}

static void count(const struct meeting *meeting, uint64_t length, uint64_t bytes[EVENT_NR])
{
	bool present_before = is_present(meeting->before), present_after = is_present(meeting->after);
	bool swapped_before = is_swapped(meeting->before), swapped_after = is_swapped(meeting->after);

	if (present_before && present_after)
		count_present(meeting, length, bytes);
	else if (present_after)
		bytes[swapped_before ? EVENT_SWAPPED_IN : EVENT_FAULTED_IN] += length;
	else if (swapped_after && !swapped_before)
		bytes[EVENT_SWAPPED_OUT] += length;
	else if (!swapped_after && (present_before || swapped_before))
		bytes[EVENT_DROPPED] += length;
}

/* The frame of the place that is @offset bytes after the start of a run. */
static uint64_t frame_at(const struct vmaview_run *run, uint64_t offset, uint64_t page_size)
{
	return run->pfn == VMAVIEW_UNKNOWN64 ? run->pfn : run->pfn + offset / page_size;
}

void page_events_count(const struct page_side *before, const struct page_side *after, uint64_t shift,
		       uint64_t bytes[EVENT_NR])
{
	struct cursor old = cursor_begin(before, shift), new = cursor_begin(after, 0);
	uint64_t at = !before->area || (after->area && new.start < old.start) ? new.start : old.start;
	uint64_t end = old.end > new.end ? old.end : new.end;
	uint64_t page_size = after->process->page_size;

	memset(bytes, 0, EVENT_NR * sizeof(*bytes));
	while (at < end) {
		struct meeting meeting = { .related = before->process->pid != after->process->pid };
		uint64_t until = end;

		meeting.before = cursor_at(&old, at, &until);
		meeting.after = cursor_at(&new, at, &until);
		if (meeting.before && meeting.after)
			meeting.other_frame = frame_at(meeting.before, at - shift - meeting.before->start, page_size) !=
					      frame_at(meeting.after, at - meeting.after->start, page_size);
		count(&meeting, until - at, bytes);
		at = until;
	}
}
