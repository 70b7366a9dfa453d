// SPDX-License-Identifier: GPL-2.0
/*
 * unpacker.c - in: one zstd frame in memory, which nobody vouches for; out: what is packed in it, piece by piece.
 *
 * A few bytes can unpack to terabytes.  What a stream has never unpacks to so many times its size as that: each area
 * and each run differs from its neighbour.
 */
#include <errno.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "vmaview/unpacker.h"

/* As much as that may unpack from however little ... */
#define UNPACKED_ALWAYS	(64u << 20)
/* ... and beyond it no more than so many times the frame. */
#define UNPACKED_TIMES	512

/* 2^23: what zstd -19 looks back.  What a frame asks for is allocated before it is known to be of any use. */
#define WINDOW_LOG_MAX	23

/* Of the byte after the magic: a checksum of the content follows it. */
#define FRAME_CHECKSUM	4

static int fail(struct unpacker *unpacker, int error, const char *why)
{
	unpacker->why = why;
	return -error;
}

int unpacker_next(struct unpacker *unpacker, const void *frame, size_t length)
{
	const unsigned char *bytes = frame;

	unpacker->bytes = frame;
	unpacker->length = length;
	unpacker->at = 0;
	unpacker->unpacked = 0;
	unpacker->whole = 0;
	unpacker->why = "";
	if (length < 5 || !(bytes[4] & FRAME_CHECKSUM))
		return fail(unpacker, EBADMSG, "a part of it has no checksum");
	ZSTD_DCtx_reset(unpacker->zstd, ZSTD_reset_session_only);
	return 0;
}

int unpacker_open(struct unpacker *unpacker, const void *frame, size_t length)
{
	size_t bounded;

	memset(unpacker, 0, sizeof(*unpacker));
	unpacker->zstd = ZSTD_createDCtx();
	if (!unpacker->zstd)
		return fail(unpacker, ENOMEM, "out of memory");
	bounded = ZSTD_DCtx_setParameter(unpacker->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
	if (ZSTD_isError(bounded))
		return fail(unpacker, EINVAL, "its window cannot be bounded");
	return unpacker_next(unpacker, frame, length);
}

static int check_size(struct unpacker *unpacker)
{
	if (unpacker->unpacked <= UNPACKED_ALWAYS || unpacker->unpacked / UNPACKED_TIMES <= unpacker->length)
		return 0;
	return fail(unpacker, EBADMSG, "it unpacks to more than any stream has");
}

static int fail_as_zstd(struct unpacker *unpacker, size_t error)
{
	switch (ZSTD_getErrorCode(error)) {
	case ZSTD_error_memory_allocation:
		return fail(unpacker, ENOMEM, "out of memory");
	case ZSTD_error_frameParameter_windowTooLarge:
		return fail(unpacker, EBADMSG, "a part of it asks for more memory than any stream takes");
	default:
		return fail(unpacker, EBADMSG, "a part of it is damaged");
	}
}

ssize_t unpacker_take(struct unpacker *unpacker, void *to, size_t room)
{
	ZSTD_outBuffer out = { .dst = to, .size = room };
	ZSTD_inBuffer in = { .src = unpacker->bytes, .size = unpacker->length, .pos = unpacker->at };
	int ret;

	while (out.pos < room && !unpacker->whole) {
		size_t out_before = out.pos, in_before = in.pos;
		size_t left = ZSTD_decompressStream(unpacker->zstd, &out, &in);

		unpacker->at = in.pos;
		if (ZSTD_isError(left))
			return fail_as_zstd(unpacker, left);
		unpacker->whole = !left;
		if (left && out.pos == out_before && in.pos == in_before)
			return fail(unpacker, EBADMSG, "a part of it is cut short");
	}
	unpacker->unpacked += out.pos;
	ret = check_size(unpacker);
	return ret ? ret : (ssize_t)out.pos;
}

void unpacker_close(struct unpacker *unpacker)
{
	ZSTD_freeDCtx(unpacker->zstd);
	unpacker->zstd = NULL;
}
