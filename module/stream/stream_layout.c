// SPDX-License-Identifier: GPL-2.0
/*
 * stream_layout.c - a target in, its LAYOUT and SEGMENT records out.
 *
 * Locks: mmap_lock of the target in one hold; without it RCU for the threads, and the semaphore of
 * the LDT.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "compat/compat.h"
#include "mm/layout.h"
#include "mm/segment.h"
#include "stream/stream_layout.h"
#include "stream/stream_state.h"

static int fill_limits(struct stream *stream, struct vmaview_layout *layout)
{
	struct task_struct *task = target_task(&stream->target);

	if (!task)
		return -ESRCH;
	layout_fill_limits(layout, task);
	put_task_struct(task);
	return 0;
}

/* The buffer is empty. */
int stream_fill_layout(struct stream *stream)
{
	struct vmaview_layout *layout;
	int ret = stream_lock(stream);

	if (ret)
		return ret;
	layout = stream_put(stream, VMAVIEW_REC_LAYOUT, sizeof(*layout));
	*layout = (struct vmaview_layout){
		.header = layout->header,
		.flags = (VV_SEGMENTS ? VMAVIEW_LAYOUT_SEGMENTS : 0) | (VV_LDT ? VMAVIEW_LAYOUT_LDT : 0),
	};
	layout_fill_mm(layout, stream->target.mm);
	target_unlock(&stream->target);
	ret = fill_limits(stream, layout);
	if (ret)
		stream->length = 0;
	else
		stream_next_stage(stream);
	return ret;
}

/* Segments go to where the next record would. */
static struct segment_room room_open(const struct stream *stream)
{
	struct vmaview_segment *next = (void *)(stream->buffer + stream->length);

	return (struct segment_room){ next, next + stream_room(stream) / sizeof(*next) };
}

static void room_close(struct stream *stream, const struct segment_room *room)
{
	stream->length = (char *)room->next - stream->buffer;
}

int stream_fill_threads(struct stream *stream)
{
	struct segment_room room = room_open(stream);

	if (signal_pending(current))
		return -ERESTARTSYS;
	if (!VV_SEGMENTS || segment_put_threads(&stream->segments, &stream->target, &room))
		stream_next_stage(stream);
	room_close(stream, &room);
	return 0;
}

int stream_fill_ldt(struct stream *stream)
{
	struct segment_room room = room_open(stream);
	int ret = -ERESTARTSYS;

	if (!signal_pending(current))
		ret = segment_put_ldt(&stream->segments, stream->target.mm, &room);
	room_close(stream, &room);
	if (ret > 0)
		stream_next_stage(stream);
	return ret < 0 ? ret : 0;
}
