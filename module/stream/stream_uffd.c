// SPDX-License-Identifier: GPL-2.0
/*
 * stream_uffd.c - areas that userfaultfds watch, and who holds these, in; UFFD records out.
 *
 * A context may be freed, and another be made at its address, between the hold that found it and the
 * look at a file table.  So whoever holds one is reported only if the area is registered with it again when
 * that is looked at once more, in a later hold: then the file that was found is the area's,
 * unless both were replaced in between, which is a change of the address space, and in the receipt.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/userfaultfd.h"
#include "rmap/uffd.h"
#include "stream/stream_state.h"
#include "stream/stream_uffd.h"

static struct vmaview_uffd *put_uffd(struct stream *stream, u32 kind, const struct uffd_context *context)
{
	struct vmaview_uffd *record = stream_put(stream, VMAVIEW_REC_UFFD, sizeof(*record));

	*record = (struct vmaview_uffd){
		.header = record->header,
		.kind = kind,
		.context = context->number,
	};
	return record;
}

static int put_areas(struct stream *stream)
{
	struct uffd *uffd = stream->uffd;
	unsigned int i;

	for (i = 0; i < uffd->nr_areas; i++) {
		const struct uffd_area *area = &uffd->area[i];
		const struct uffd_context *context = uffd_context(uffd, area);
		struct vmaview_uffd *record;

		if (!context)
			return -ENOMEM;
		record = put_uffd(stream, VMAVIEW_UFFD_AREA, context);
		record->flags = VV_KNOW_UFFD_FEATURES ? VMAVIEW_UFFD_FEATURES : 0;
		record->modes = area->modes;
		record->start = area->start;
		record->end = area->end;
		/* Bit 31 is the kernel's own: UFFD_FEATURE_INITIALIZED in its userfaultfd.c. */
		record->features = area->features & ~(1U << 31);
	}
	return 0;
}

/* The buffer is empty, and has room for the areas of a hold. */
int stream_fill_uffd(struct stream *stream)
{
	unsigned long last_end = stream->uffd->last_end;
	bool done;
	int ret;

	BUILD_BUG_ON(UFFD_AREAS * sizeof(struct vmaview_uffd) > STREAM_BUFFER);
	if (signal_pending(current))
		return -ERESTARTSYS;
	stream->walk.runs = NULL;	/* all are given: they are not to end a hold any more */
	ret = stream_hold(stream);
	if (ret)
		return ret;
	done = uffd_find_areas(stream->uffd, &stream->walk, stream->range_start, stream->range_end);
	target_unlock(&stream->target);
	ret = put_areas(stream);
	if (ret) {
		stream->length = 0;
		stream->uffd->last_end = last_end;
	} else if (done) {
		stream_next_stage(stream);
	}
	cond_resched();
	return ret;
}

/* A hold: are the areas still watched by what was found?  Where nothing was: is the target still there? */
static int look_again(struct stream *stream)
{
	struct uffd *uffd = stream->uffd;
	int ret = stream_lock(stream);
	unsigned int i;

	if (ret)
		return ret;
	for (i = 0; i < uffd->nr_found; i++)
		uffd->found[i].held = uffd_still(uffd->found[i].context, stream->target.mm);
	target_unlock(&stream->target);
	return 0;
}

static void put_holder(struct stream *stream, const struct uffd_found *found)
{
	const struct uffd_process *process = &stream->uffd->process;
	struct vmaview_uffd *record = put_uffd(stream, VMAVIEW_UFFD_HOLDER, found->context);

	if (!found->held) {
		record->flags = VMAVIEW_UFFD_CHANGED;
		record->fd = -1;
		stream->changed = true;
		return;
	}
	record->task_start = process->start;
	record->pid = process->pid;
	record->tid = process->tid;
	record->fd = found->fd;
	strscpy(record->comm, process->comm, sizeof(record->comm));
}

/* Return: 1, 0 when nobody is left, -errno. */
static int fill_table(struct stream *stream)
{
	struct uffd *uffd = stream->uffd;
	struct uffd_cursor next;
	unsigned int i;
	bool left;
	int ret;

	left = uffd_find_holders(uffd, &next);
	ret = uffd->nr_found || !left ? look_again(stream) : 0;
	if (ret || !left)
		return ret;	/* after an error this piece comes again */
	for (i = 0; i < uffd->nr_found; i++)
		put_holder(stream, &uffd->found[i]);
	uffd->cursor = next;
	return 1;
}

int stream_fill_uffd_holders(struct stream *stream)
{
	int ret = !!stream->uffd->nr_contexts;

	while (ret > 0 && stream_room(stream) >= UFFD_FOUND * sizeof(struct vmaview_uffd)) {
		ret = signal_pending(current) ? -ERESTARTSYS : fill_table(stream);
		cond_resched();
	}
	if (!ret)
		stream_next_stage(stream);
	return ret < 0 && !stream->length ? ret : 0;
}
