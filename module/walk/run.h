/* SPDX-License-Identifier: GPL-2.0 */
/*
 * run.h - pages with their facts in, RUN records or the words of FRAMES records out, into memory of the caller's.
 *
 * The walk is the only user.  Any context; takes no lock.
 */
#ifndef VMAVIEW_RUN_H
#define VMAVIEW_RUN_H

#include <linux/types.h>
#include <vmaview.h>

#include "walk/frames.h"

/**
 * struct run_select - which runs are asked for
 *
 * As the fields of struct vmaview_request; @states is never 0.
 */
struct run_select {
	u64 start;
	u64 end;
	u32 states;
	u32 origins;
	u64 page_mask;
	u64 page_value;
	u64 page_any;
	u32 entry_mask;
	u32 entry_value;
	bool join;
	bool dense;
};

/**
 * struct run_sink - the run under construction, and where finished ones go
 * @select: which are asked for
 * @next: room for the next record
 * @stop: end of the room
 * @words: in place of the two where frames are asked for
 * @full: a run found no room: the walk stops at @resume
 * @resume: address of the first page that is in no run yet
 * @given: a record of this area is in the room, or was
 *
 * Private:
 * @run: not yet finished; empty while its end is its start
 * @selected: @run is asked for
 * @flags_seen: flags of the last folio; @flags_bits is what they mean
 * @memcg_seen: the same for its cgroup, within one hold of a table's lock
 */
struct run_sink {
	struct run_select select;
	struct vmaview_run *next;
	struct vmaview_run *stop;
	struct frame_words words;
	bool full;
	bool given;
	unsigned long resume;

	/* private: */
	bool selected;
	struct vmaview_run run;
	unsigned long flags_seen;
	u64 flags_bits;
	unsigned long memcg_seen;
	u64 memcg_ino;
};

/* Room that pages of VMAVIEW_STATE_NONE may use, and no others: they follow no page of their kind. */
#define RUN_SPARE 1

/* Is there room for whatever comes next? */
static inline bool run_has_room(const struct run_sink *sink)
{
	return sink->select.dense ? frames_have_room(&sink->words) : sink->stop - sink->next > RUN_SPARE;
}

/* What of @request is about runs. */
void run_select(struct run_select *select, const struct vmaview_request *request);

/* Another area begins. */
void run_begin(struct run_sink *sink);

/**
 * run_push() - more pages, after all that were pushed before
 * @sink: prepared by run_begin(), with some room
 * @run: them and their facts
 *
 * Pages of VMAVIEW_STATE_NONE always find room: the others leave that much.
 * Return: false where there is no room; then nothing has happened, but that @sink is full.
 */
bool run_push(struct run_sink *sink, const struct vmaview_run *run);

/* Finish the run, if there is one. Return: false where there is no room. */
bool run_flush(struct run_sink *sink);

/* As run_push(), where run_is_selected() said @selected of such pages. */
bool run_push_known(struct run_sink *sink, const struct vmaview_run *run, bool selected);

/**
 * run_new_frame() - one more page with the facts of the last run, but a frame that does not follow
 * @sink: as for run_push()
 * @addr: of the page
 * @pfn: its frame
 *
 * Return: as run_push().
 */
bool run_new_frame(struct run_sink *sink, unsigned long addr, u64 pfn);

/* Are such pages asked for, wherever they are? */
bool run_is_selected(const struct run_select *select, const struct vmaview_run *run);

/* What follows at @addr does not go on with the run: finish it. Return: as run_push(). */
bool run_finish(struct run_sink *sink, unsigned long addr);

/* Is all of [start, end) in the range? */
static inline bool run_range_has(const struct run_select *select, u64 start, u64 end)
{
	return start >= select->start && end <= select->end;
}

#endif
