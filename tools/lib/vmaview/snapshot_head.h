/* SPDX-License-Identifier: GPL-2.0 */
/*
 * snapshot_head.h - in: where and when a snapshot was taken; out: the skippable zstd frame that it begins with.  And
 * back.
 *
 * Text for whoever looks at the file: "VMAV 2", then a line "key: value" each.
 */
#ifndef VMAVIEW_SNAPSHOT_HEAD_H
#define VMAVIEW_SNAPSHOT_HEAD_H

#include <stddef.h>
#include <stdint.h>

#define SNAPSHOT_FORMAT		2

/* Of the 16 magic numbers of skippable frames. */
#define SNAPSHOT_MAGIC		0x184d2a56u
#define ZSTD_SKIPPABLE		0x184d2a50u
#define ZSTD_SKIPPABLE_MASK	0xfffffff0u

struct snapshot_head {
	char host[65];		/* utsname.nodename */
	char kernel[65];	/* utsname.release */
	char time[24];		/* of the first moment: 2026-11-30T11:40:00Z */
	uint64_t moments;	/* how many there are ... */
	uint64_t streams;	/* ... and the streams of all of them */
};

/* Longer than all that can be in it, and as long whatever that is: the numbers are put in when they are known. */
#define SNAPSHOT_HEAD_SIZE	256

/* The frame, and how long it is.  What is not printable is a question mark. */
size_t snapshot_head_write(const struct snapshot_head *head, char frame[SNAPSHOT_HEAD_SIZE]);

/*
 * From the beginning of @bytes: the length of the frame, or -EBADMSG, -EPROTO: a format of another time, -ENODATA: it
 * is not whole.  @why: the reason in words.
 */
int snapshot_head_read(struct snapshot_head *head, const unsigned char *bytes, size_t length, const char **why);

#endif /* VMAVIEW_SNAPSHOT_HEAD_H */
