// SPDX-License-Identifier: GPL-2.0
/*
 * stream_state.c - what the stages of a stream share: room for records, which stage is next, and holds of the
 * target, of hold_budget_us each.
 */
#include <linux/moduleparam.h>

#include "compat/compat.h"
#include "self/stats.h"
#include "stream/stream_state.h"

static unsigned int hold_budget_us = 100;
module_param(hold_budget_us, uint, 0644);
MODULE_PARM_DESC(hold_budget_us,
		 "microseconds after which a hold of a target's mmap_lock ends; one page table is always finished");

void *stream_put(struct stream *stream, u32 type, size_t size)
{
	struct vmaview_header *header = (void *)(stream->buffer + stream->length);

	if (size > stream_room(stream))
		return NULL;
	*(u64 *)((char *)header + size - sizeof(u64)) = 0;	/* the padding after a text */
	*header = (struct vmaview_header){ type, size };
	stream->length += size;
	return header;
}

/* What has to be wanted for a stage to be entered. */
static const u32 stage_want[] = {
	[STREAM_BEGIN] = ~0U,
	[STREAM_LAYOUT] = VMAVIEW_WANT_LAYOUT,
	[STREAM_THREADS] = VMAVIEW_WANT_LAYOUT,
	[STREAM_LDT] = VMAVIEW_WANT_LAYOUT,
	[STREAM_AREAS] = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS | STREAM_WANT_TOTAL,
	[STREAM_TABLES] = VMAVIEW_WANT_TABLES,
	[STREAM_UFFD] = VMAVIEW_WANT_UFFD,
	[STREAM_UFFD_HOLDERS] = VMAVIEW_WANT_UFFD,
	[STREAM_SEAMS] = VMAVIEW_WANT_SEAMS,
	[STREAM_END] = ~0U,
};

void stream_next_stage(struct stream *stream)
{
	do
		stream->stage++;
	while (!(stream->want & stage_want[stream->stage]));
}

u64 stream_hold_ns(void)
{
	return READ_ONCE(hold_budget_us) * 1000ULL;
}

u64 stream_deadline(const struct stream *stream)
{
	return stream->target.hold_start + stream_hold_ns();
}

void stream_note_hold(struct stream *stream)
{
	unsigned long sequence = vv_mm_sequence(stream->target.mm);

	if (stream->sequence_seen && sequence != stream->sequence) {
		stream->changed = true;
		stream->quiet = false;
	}
	stream->sequence = sequence;
	stream->sequence_seen = true;
	atomic64_inc(&vmaview_stats.holds);
}

int stream_lock(struct stream *stream)
{
	int ret = target_lock(&stream->target);

	if (!ret)
		stream_note_hold(stream);
	return ret;
}

int stream_hold(struct stream *stream)
{
	int ret = stream_lock(stream);

	if (!ret)
		walk_hold(&stream->walk, stream->target.mm, stream->target.hold_start, stream_deadline(stream));
	return ret;
}
