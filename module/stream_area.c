// SPDX-License-Identifier: GPL-2.0
/*
 * stream_area.c - the areas of a target in, AREA, RUN and OPS records out.
 *
 * A hold of mmap_lock lasts until its budget is spent, somebody waits for the lock, the buffer is
 * full, or a table of operations has to be named.  The cursor is an address.  An area that several
 * holds walk is held alone from the second on, where the kernel lets modules, so that whoever changes
 * other areas need not wait.  It is looked at again in each hold: where it changed, it is walked anew;
 * where it keeps changing, or some of its runs are given already, what was walked is given and says so.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/sched/signal.h>

#include "compat/compat.h"
#include "stats.h"
#include "stream.h"

/* Without a name. */
#define AREA_RECORD_MIN ALIGN(sizeof(struct vmaview_area) + 1, 8)
/* From here on a record has sums. */
#define AREA_SUMS offsetof(struct vmaview_area, rss)

/* An area that changed so often is not walked anew. */
#define AREA_RESTARTS 4

static unsigned int hold_budget_us = 100;
module_param(hold_budget_us, uint, 0644);
MODULE_PARM_DESC(hold_budget_us,
		 "microseconds after which a hold of a target's mmap_lock ends; one page table is always finished");

/* Wants that page tables are walked for. */
#define STREAM_WALKS_PAGES (VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS)

u64 stream_hold_ns(void)
{
	return READ_ONCE(hold_budget_us) * 1000ULL;
}

/** enum hold - why a hold of mmap_lock ends */
enum hold {
	HOLD_TIME,	/* its budget is spent */
	HOLD_FULL,	/* the buffer is */
	HOLD_OPS,	/* a table of operations wants a name */
	HOLD_SHARERS,	/* others may share the area that was given */
	HOLD_END,	/* no more areas */
};

u64 stream_deadline(const struct stream *stream)
{
	return stream->target.hold_start + stream_hold_ns();
}

/* A hold has begun. */
static void note_hold(struct stream *stream)
{
	unsigned long sequence = vv_mm_sequence(stream->target.mm);

	if (stream->sequence_seen && sequence != stream->sequence)
		stream->changed = true;
	stream->sequence = sequence;
	stream->sequence_seen = true;
	atomic64_inc(&vmaview_stats.holds);
}

int stream_lock(struct stream *stream)
{
	int ret = target_lock(&stream->target);

	if (!ret)
		note_hold(stream);
	return ret;
}

int stream_hold(struct stream *stream)
{
	int ret = stream_lock(stream);

	if (!ret)
		walk_hold(&stream->walk, stream->target.mm, stream->target.hold_start, stream_deadline(stream));
	return ret;
}

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
		stream->aside.header = area->header;
		*area = stream->aside;
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

/* The walk goes where the range is.  Huge pages that it cuts are walked whole. */
static void begin_range(struct stream *stream)
{
	const unsigned long size = stream->area->kernel_page_size;

	if (stream->want & VMAVIEW_WANT_PAGES)
		return;
	if (stream->range_start > stream->addr)
		stream->addr = round_down(stream->range_start, size);
	if (stream->range_end < stream->walk.end)
		stream->walk.end = round_up(stream->range_end, size);
}

/* Where the next area is filled. Return: NULL when the buffer has no room. */
static struct vmaview_area *place_area(struct stream *stream)
{
	if (stream->walk.runs)
		return &stream->aside;
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

	runs->next = (void *)(stream->buffer + stream->length);
	runs->stop = runs->next + stream_room(stream) / sizeof(*runs->next);
	runs->full = false;
}

static void runs_close(struct stream *stream)
{
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

/* Under mmap_lock. */
static enum hold walk_areas(struct stream *stream)
{
	VMA_ITERATOR(vmi, stream->target.mm, stream->walking ? stream->identity.start : stream->cursor);
	struct vm_area_struct *vma;

	for (;;) {
		vma = vma_next(&vmi);
		if (stream->walking && (!vma || !area_is(&stream->identity, vma))) {
			if (!area_changed(stream))
				return HOLD_FULL;
			mas_set(&vmi.mas, stream->cursor);
			continue;
		}
		if (!vma || vma->vm_start >= stream->range_end)
			return HOLD_END;
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
		if (walk_time_is_up(&stream->walk))
			return HOLD_TIME;
	}
}

/*
 * Walk on in the area that is begun, in a hold of that alone.
 * Return: false when it cannot be had so, or is not what it was: mmap_lock will tell.
 */
static bool walk_area_only(struct stream *stream, enum hold *hold)
{
	struct vm_area_struct *vma;

	if (!stream->walking || stream->addr >= stream->walk.end)
		return false;
	vma = target_lock_area(&stream->target, stream->addr);
	if (!vma)
		return false;
	if (!area_is(&stream->identity, vma)) {
		target_unlock_area(&stream->target, vma);
		return false;
	}
	note_hold(stream);
	atomic64_inc(&vmaview_stats.area_holds);
	walk_hold(&stream->walk, stream->target.mm, stream->target.hold_start, stream_deadline(stream));
	stream->walk.area_only = true;
	walk_pages(stream, vma);
	*hold = stream->addr < vma->vm_end ? hold_of_walk(stream) : HOLD_TIME;
	target_unlock_area(&stream->target, vma);
	return true;
}

static void put_ops(struct stream *stream)
{
	stream->length += ops_record(&stream->ops, (void *)(stream->buffer + stream->length));
}

/* The records before the area that is begun have been taken: it becomes the first. */
static void move_area(struct stream *stream)
{
	if (!stream->walking || stream->walk.runs)
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

/* One hold. Return: 0, or why there was none. */
static int hold_areas(struct stream *stream, enum hold *hold)
{
	int ret;

	if (walk_area_only(stream, hold))
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
	if (hold == HOLD_END)
		stream_next_stage(stream);
	return 0;
}
