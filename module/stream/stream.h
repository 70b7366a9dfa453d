/* SPDX-License-Identifier: GPL-2.0 */
/* stream.h - a request in, records out: what both doors read from. */
#ifndef VMAVIEW_STREAM_H
#define VMAVIEW_STREAM_H

#include <linux/types.h>
#include <vmaview.h>

#include "stream/stream_state.h"

/**
 * stream_new() - begin
 * @pid: the target; the reference becomes the stream's, also on error
 * @nr: how the target is called
 * @request: checked already; only range and want are looked at
 *
 * Context: may sleep. Return: the stream or an ERR_PTR: -ENOMEM, -ESRCH.
 */
struct stream *stream_new(struct pid *pid, pid_t nr, const struct vmaview_request *request);
void stream_free(struct stream *stream);

/**
 * stream_fill() - the next piece
 * @stream: all of whose buffer is taken
 *
 * Context: no lock of the caller's that a target may need; may sleep, takes mmap_lock of the target
 * for reading, in holds of hold_budget_us.
 * Return: 0, with @length 0 at the end of the stream; -ESRCH when the target is gone, -ERESTARTSYS on
 * a signal, -ENOMEM. After an error it may be called again.
 */
int stream_fill(struct stream *stream);

#endif
