// SPDX-License-Identifier: GPL-2.0
/*
 * stream_area.c - the areas of a target in, AREA, RUN and OPS records out.
 *
 * A hold lasts until its budget is spent, somebody waits for the lock, the buffer is full, or a table
 * of operations has to be named.  It is of mmap_lock for many areas at a time while nobody changes the
 * address space; else, and where an area takes several holds, of one area's own lock, where the kernel
 * lets modules, so that whoever changes other areas need not wait.  The cursor is an address.  An area
 * that several holds walk is looked at again in each: where it changed, it is walked anew; where it keeps
 * changing, or some of its runs are given already, what was walked is given and says so.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/sched/signal.h>

#include "compat/compat.h"
#include "self/stats.h"
#include "stream/stream_area.h"
#include "stream/stream_sharers.h"
#include "stream/stream_state.h"
#include "stream/stream_total.h"
#include "walk/walk_span.h"

/* Without a name. */
#define AREA_RECORD_MIN ALIGN(sizeof(struct vmaview_area) + 1, 8)
/* From here on a record has sums. */
#define AREA_SUMS offsetof(struct vmaview_area, rss)

/* An area that changed so often is not walked anew. */
#define AREA_RESTARTS 4

/** enum hold - why a hold ends */
enum hold {
	HOLD_NEXT,	/* it need not: the area is given */
	HOLD_TIME,	/* its budget is spent */
	HOLD_FULL,	/* the buffer is */
	HOLD_OPS,	/* a table of operations wants a name */
	HOLD_SHARERS,	/* others may share the area that was given */
	HOLD_END,	/* no more areas */
	HOLD_NEEDS_MMAP_LOCK,	/* the area cannot be had alone: look under mmap_lock */
};

/* Newlines become octal, as mangle_path() in fs/seq_file.c does for maps. @text may be NULL to count. */
static size_t escape_name(char *text, const char *name)
{
	size_t length = 0;

	for (; *name; name++) {
		if (*name != '\n') {
			if (text)
				text[length] = *name;
			length++;
			continue;
		}
		if (text)
			memcpy(text + length, "\\012", 4);
		length += 4;
	}
	return length;
}

static bool put_record(struct stream *stream, const char *name)
{
	size_t length = name ? escape_name(NULL, name) : 0;
	struct vmaview_area *area;

	area = stream_put(stream, VMAVIEW_REC_AREA, ALIGN(sizeof(*area) + length + 1, 8));
	if (!area)
		return false;
	if (area != stream->area) {
		stream->spare_area.header = area->header;
		*area = stream->spare_area;
	}
	area->name_offset = sizeof(*area);
	area->name_length = length;
	if (name)
		escape_name((char *)(area + 1), name);
	if (!(stream->want & VMAVIEW_WANT_PAGES))	/* the sums of what was walked for runs */
		memset((char *)area + AREA_SUMS, 0, sizeof(*area) - AREA_SUMS);
	stream->areas++;
	return true;
}

/* False when the buffer has no room: the area stays where it is. */
static bool put_area(struct stream *stream, const char *name)
{
	if (stream->want & VMAVIEW_WANT_AREAS && !put_record(stream, name))
		return false;
	if (stream->total)
		total_end(stream);
	stream->cursor = stream->last_end = stream->area->end;
	stream->walking = false;
	stream->area_restarts = 0;
	return true;
}

static bool put_vma(struct stream *stream, struct vm_area_struct *vma)
{
	const char *name = NULL;

	if (stream->want & VMAVIEW_WANT_AREAS)
		name = area_name(vma, stream->scratch);
	if (IS_ERR(name)) {
		stream->area->flags |= VMAVIEW_AREA_NAME_CUT;
		name = NULL;
	}
	return put_area(stream, name);
}

/* The walk goes where the range is.  Huge pages that it cuts are walked whole, but for what the area leaves out. */
static void begin_range(struct stream *stream)
{
	const unsigned long size = stream->area->kernel_page_size;

	if (stream->want & VMAVIEW_WANT_PAGES)
		return;
	if (stream->range_start > stream->addr)
		stream->addr = max(stream->addr, round_down(stream->range_start, size));
	if (stream->range_end < stream->walk.end)
		stream->walk.end = walk_entry_end(stream->range_end - 1, stream->walk.end, size);
}

/* Where the next area is filled. Return: NULL when the buffer has no room. */
static struct vmaview_area *place_area(struct stream *stream)
{
	if (stream->total)
		return &stream->total->sums;
	if (stream->walk.runs)
		return &stream->spare_area;
	if (stream_room(stream) < AREA_RECORD_MIN)
		return NULL;
	return (void *)(stream->buffer + stream->length);
}

/* False when the buffer has no room. */
static bool begin_area(struct stream *stream, struct vm_area_struct *vma)
{
	stream->area = place_area(stream);
	if (!stream->area)
		return false;
	if (stream->total)
		total_begin(stream, vma);
	else
		area_fill(stream->area, vma);
	area_identify(&stream->identity, vma);
	if (stream->want & VMAVIEW_WANT_AREAS && vma->vm_ops)
		stream->area->ops = ops_find(&stream->ops, vma->vm_ops);
	if (vma->vm_start < stream->last_end) {
		stream->area->start = stream->last_end;
		stream->area->flags |= VMAVIEW_AREA_CLIPPED;
	}
	stream->addr = stream->area->start;
	stream->walking = true;
	walk_begin(&stream->walk, vma, stream->area);
	if (stream->walk.runs)
		run_begin(&stream->runs);
	begin_range(stream);
	return true;
}

/* Runs go to where the next record would. */
static void runs_open(struct stream *stream)
{
	struct run_sink *runs = &stream->runs;

	frames_open(&runs->words, stream->buffer + stream->length, stream_room(stream));
	runs->next = (void *)(stream->buffer + stream->length);
	runs->stop = runs->next + stream_room(stream) / sizeof(*runs->next);
	runs->full = false;
}

static void runs_close(struct stream *stream)
{
	if (stream->runs.select.dense)
		stream->length += frames_close(&stream->runs.words);
	else
		stream->length = (char *)stream->runs.next - stream->buffer;
}

/* Finish the run of what was walked. False when the buffer has no room. */
static bool put_run(struct stream *stream)
{
	bool done;

	if (!stream->walk.runs)
		return true;
	runs_open(stream);
	done = run_flush(&stream->runs);
	runs_close(stream);
	return done;
}

/* The area is not what it was in the last hold. False when the buffer has no room. */
static bool area_changed(struct stream *stream)
{
	bool again = stream->addr == stream->area->start ||
		     (!stream->runs.given && stream->area_restarts < AREA_RESTARTS);

	if (!again && !put_run(stream))
		return false;
	stream->restarts++;
	stream->changed = true;
	atomic64_inc(&vmaview_stats.restarts);
	if (again) {
		stream->area_restarts++;
		stream->walking = false;
		if (stream->total)
			total_undo(stream->total);
		return true;
	}
	stream->area->flags |= VMAVIEW_AREA_CHANGED;
	stream->area->end = stream->addr;
	if (!put_area(stream, NULL))
		return false;
	atomic64_inc(&vmaview_stats.given_up);
	return true;
}

static void walk_pages(struct stream *stream, struct vm_area_struct *vma)
{
	stream->walk.vma = vma;
	if (stream->addr >= stream->walk.end || !(stream->want & STREAM_WALKS_PAGES)) {
		stream->addr = vma->vm_end;
		return;
	}
	if (stream->walk.runs)
		runs_open(stream);
	stream->addr = walk_span(&stream->walk, stream->addr);
	if (stream->walk.runs)
		runs_close(stream);
	if (stream->addr >= stream->walk.end)
		stream->addr = vma->vm_end;
}

/* Why the walk stopped within an area. */
static enum hold hold_of_walk(const struct stream *stream)
{
	return stream->walk.runs && !run_has_room(&stream->runs) ? HOLD_FULL : HOLD_TIME;
}

/* All or a part of @vma, under whichever lock. */
static enum hold walk_area(struct stream *stream, struct vm_area_struct *vma)
{
	if (stream->want & VMAVIEW_WANT_AREAS && vma->vm_ops && !ops_find(&stream->ops, vma->vm_ops)) {
		if (stream_room(stream) < OPS_RECORD_MAX)
			return HOLD_FULL;
		ops_add(&stream->ops, vma->vm_ops);
		return HOLD_OPS;
	}
	if (!stream->walking && !begin_area(stream, vma))
		return HOLD_FULL;
	walk_pages(stream, vma);
	if (stream->addr < vma->vm_end)
		return hold_of_walk(stream);
	if (!put_run(stream) || !put_vma(stream, vma))
		return HOLD_FULL;
	if (stream->sharers && sharers_begin(stream, vma))
		return HOLD_SHARERS;
	return HOLD_NEXT;
}

/* Has nobody changed the address space in the last holds and since, and does nobody wait to? */
static bool is_quiet(const struct stream *stream)
{
	struct mm_struct *mm = stream->target.mm;
	unsigned long sequence = vv_mm_sequence(mm);

	return stream->quiet && stream->sequence == sequence && !vv_mm_is_written(sequence) &&
	       !mmap_lock_is_contended(mm);
}

/*
 * Is the area to be held alone?  That takes twice as long for a small one, so not where nobody
 * would wait.  Who else may map it is asked under mmap_lock.
 */
static bool wants_area_lock(const struct stream *stream)
{
	return VV_AREA_LOCKS && !stream->sharers && (stream->walking || !is_quiet(stream));
}

/* Under mmap_lock: one area where the next can be had alone. */
static enum hold walk_areas(struct stream *stream)
{
	VMA_ITERATOR(vmi, stream->target.mm, stream->walking ? stream->identity.start : stream->cursor);
	enum hold hold = HOLD_NEXT;
	struct vm_area_struct *vma;

	while (hold == HOLD_NEXT) {
		vma = vma_next(&vmi);
		if (stream->walking && (!vma || !area_is(&stream->identity, vma))) {
			if (!area_changed(stream))
				return HOLD_FULL;
			mas_set(&vmi.mas, stream->cursor);
			continue;
		}
		if (!vma || vma->vm_start >= stream->range_end)
			return HOLD_END;
		hold = walk_area(stream, vma);
		if (hold == HOLD_NEXT && (wants_area_lock(stream) || walk_time_is_up(&stream->walk)))
			hold = HOLD_TIME;
	}
	return hold;
}

/* The area that is begun, or the next that is mapped just now, in a hold of that alone. */
static enum hold walk_next_alone(struct stream *stream, u64 deadline)
{
	unsigned long addr = stream->walking ? stream->identity.start :
					       vv_next_area(stream->target.mm, stream->cursor);
	struct vm_area_struct *vma;
	enum hold hold = HOLD_NEEDS_MMAP_LOCK;

	vma = addr < stream->range_end ? target_lock_area(&stream->target, addr) : NULL;
	if (!vma)
		return HOLD_NEEDS_MMAP_LOCK;
	if (!stream->walking || area_is(&stream->identity, vma)) {
		stream_note_hold(stream);
		atomic64_inc(&vmaview_stats.area_holds);
		walk_hold(&stream->walk, stream->target.mm, stream->target.hold_start, deadline);
		stream->walk.area_only = true;
		hold = walk_area(stream, vma);
	}
	target_unlock_area(&stream->target, vma);
	return hold;
}

/* One after the other, for as long as a hold of mmap_lock might last; and did anybody change anything? */
static enum hold walk_areas_alone(struct stream *stream)
{
	enum hold hold = HOLD_NEXT;
	u64 deadline;

	if (!wants_area_lock(stream) || !target_enter(&stream->target))
		return HOLD_NEEDS_MMAP_LOCK;
	deadline = stream_deadline(stream);
	stream->quiet = true;
	while (hold == HOLD_NEXT) {
		hold = walk_next_alone(stream, deadline);
		if (hold == HOLD_NEXT && (stream->target.hold_start > deadline || need_resched()))
			hold = HOLD_TIME;
	}
	target_leave(&stream->target);
	return hold;
}

static void put_ops(struct stream *stream)
{
	stream->length += ops_record(&stream->ops, (void *)(stream->buffer + stream->length));
}

/* The records before the area that is begun have been taken: it becomes the first. */
static void move_area(struct stream *stream)
{
	if (!stream->walking || stream->walk.runs || stream->total)
		return;
	stream->area = memmove(stream->buffer, stream->area, sizeof(*stream->area));
	stream->walk.area = stream->area;
}

/* What is left to be said of the last area.  Return: 1 when that is done, 0 the buffer is full, -errno. */
static int fill_last_area(struct stream *stream)
{
	int ret = sharers_active(stream->sharers) ? stream_fill_sharers(stream) : 0;

	return ret ?: !sharers_active(stream->sharers);
}

/* One hold of mmap_lock, or several of areas. Return: 0, or why there was none. */
static int hold_areas(struct stream *stream, enum hold *hold)
{
	int ret;

	*hold = walk_areas_alone(stream);
	if (*hold != HOLD_NEEDS_MMAP_LOCK)
		return 0;
	ret = stream_hold(stream);
	if (ret)
		return ret;
	*hold = walk_areas(stream);
	target_unlock(&stream->target);
	return 0;
}

int stream_fill_areas(struct stream *stream)
{
	enum hold hold = HOLD_TIME;
	int ret;

	move_area(stream);
	while (hold != HOLD_END && hold != HOLD_FULL) {
		if (signal_pending(current))
			return stream->length ? 0 : -ERESTARTSYS;
		ret = fill_last_area(stream);
		if (!ret)
			return 0;
		ret = ret < 0 ? ret : hold_areas(stream, &hold);
		if (ret)
			return stream->length ? 0 : ret;
		if (hold == HOLD_OPS)
			put_ops(stream);
		cond_resched();
	}
	if (hold == HOLD_END && stream->total)
		total_put(stream);
	if (hold == HOLD_END)
		stream_next_stage(stream);
	return 0;
}
