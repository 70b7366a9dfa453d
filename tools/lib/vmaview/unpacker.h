/* SPDX-License-Identifier: GPL-2.0 */
/* unpacker.h - in: one zstd frame in memory, which nobody vouches for; out: what is packed in it, piece by piece. */
#ifndef VMAVIEW_UNPACKER_H
#define VMAVIEW_UNPACKER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct unpacker {
	struct ZSTD_DCtx_s *zstd;
	const unsigned char *bytes;	/* the frame */
	size_t length;
	size_t at;			/* so much of it is read */
	uint64_t unpacked;		/* bytes given out */
	int whole;			/* its end was seen, and its checksum was right */
	const char *why;		/* what the last error was about, in words */
};

/* 0, -EBADMSG or -ENOMEM; close it whatever comes.  The frame stays the caller's. */
int unpacker_open(struct unpacker *unpacker, const void *frame, size_t length);

/* As read(2): up to @room bytes more, 0 after the last; -EBADMSG. */
ssize_t unpacker_take(struct unpacker *unpacker, void *to, size_t room);

/* Start with another frame. */
int unpacker_next(struct unpacker *unpacker, const void *frame, size_t length);

void unpacker_close(struct unpacker *unpacker);

#endif /* VMAVIEW_UNPACKER_H */
