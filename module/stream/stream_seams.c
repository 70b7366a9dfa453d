// SPDX-License-Identifier: GPL-2.0
/*
 * stream_seams.c - areas that touch in, SEAM records out.
 *
 * Two areas are compared in one hold, so the next hold begins with the second of the last two.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>

#include "compat/compat.h"
#include "mm/seam.h"
#include "stream/stream_seams.h"
#include "stream/stream_state.h"

/* False when the buffer has no room. */
static bool put_seam(struct stream *stream, struct vm_area_struct *left, struct vm_area_struct *right)
{
	struct vmaview_seam *seam = stream_put(stream, VMAVIEW_REC_SEAM, sizeof(*seam));

	if (seam)
		seam_fill(seam, left, right);
	return seam;
}

/* Return: true when these were the last. */
static bool put_seams(struct stream *stream)
{
	VMA_ITERATOR(vmi, stream->target.mm, stream->seam_cursor);
	struct vm_area_struct *left = vma_next(&vmi), *right;

	while (left && (right = vma_next(&vmi)) && right->vm_start < stream->range_end) {
		if (left->vm_end == right->vm_start && !put_seam(stream, left, right))
			return false;
		stream->seam_cursor = right->vm_start;
		stream->walk.work += WALK_WORK_AREA;
		if (walk_time_is_up(&stream->walk))
			return false;
		left = right;
	}
	return true;
}

int stream_fill_seams(struct stream *stream)
{
	bool done;
	int ret;

	if (signal_pending(current))
		return -ERESTARTSYS;
	stream->walk.runs = NULL;	/* all are given: they are not to end a hold any more */
	ret = stream_hold(stream);
	if (ret)
		return ret;
	done = put_seams(stream);
	target_unlock(&stream->target);
	if (done)
		stream_next_stage(stream);
	cond_resched();
	return 0;
}
