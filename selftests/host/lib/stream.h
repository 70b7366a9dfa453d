/* SPDX-License-Identifier: GPL-2.0 */
/* stream.h - in: records one by one; out: a stream in memory, right or wrong as the test wants. */
#ifndef HOST_STREAM_H
#define HOST_STREAM_H

#include <stddef.h>

#include <vmaview.h>

struct stream {
	unsigned char *bytes;
	size_t length;
	size_t room;
	__u64 areas;
};

void stream_free(struct stream *stream);

/* A zeroed record with its header filled in; it may move with the next one. */
void *stream_add(struct stream *stream, __u32 type, size_t size);

void stream_begin(struct stream *stream);
void stream_vmflag(struct stream *stream, __u32 bit, const char *mnemonic, const char *word);
void stream_mm(struct stream *stream);
/* @text ends with an empty string: "table\0fault=symbol\0". */
void stream_ops(struct stream *stream, __u32 id, const char *text);
/* Fields of @area; @name may be NULL. */
void stream_area(struct stream *stream, const struct vmaview_area *area, const char *name);
void stream_end(struct stream *stream);

#endif /* HOST_STREAM_H */
