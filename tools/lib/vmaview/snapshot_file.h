/* SPDX-License-Identifier: GPL-2.0 */
/*
 * snapshot_file.h - in: a file that record wrote, of either format; out: the processes of each of its moments.
 *
 * Format 1 is one stream, as the module gives it.  Format 2 is zstd frames: a skippable one that says what it is, then
 * one a stream, with a checksum.  A stream has a record of the file's own after BEGIN, which names its moment.
 */
#ifndef VMAVIEW_SNAPSHOT_FILE_H
#define VMAVIEW_SNAPSHOT_FILE_H

#include <stdbool.h>

#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot_head.h"

/* Types from 0x10000 on are of files: no module gives them. */
#define SNAPSHOT_REC_MOMENT	0x10001

/* After BEGIN: streams of one moment have the same number; they count from 1. */
struct snapshot_moment {
	struct vmaview_header header;
	uint32_t number;
	uint32_t reserved;
};

/* One stream, packed. */
struct snapshot_stream {
	size_t at;
	size_t length;
	uint32_t moment;
};

struct snapshot_file {
	struct reader plain;		/* of format 1: its stream, which can be read once */
	bool is_plain;
	unsigned char *bytes;		/* of format 2: all of it, and ... */
	size_t length;
	struct snapshot_stream *streams;	/* ... where in it they are */
	size_t nr_streams;
	size_t room_streams;
	uint32_t moments;		/* 1 of format 1 */
	struct snapshot_head head;	/* of format 2 */
	const char *why;		/* what the last error was about, in words */
};

/* The moment that is the last. */
#define SNAPSHOT_LAST	0

/* 0 or -errno as reader_open() and reader_next() say it; close it whatever comes. */
int snapshot_file_open(struct snapshot_file *file, const char *path);
/* The same from memory, which stays the caller's. */
int snapshot_file_open_bytes(struct snapshot_file *file, const void *bytes, size_t length);

/* Its processes: [*first, *first + *nr) of snapshot_file_read(); -ENOENT: it has no such moment. */
int snapshot_file_moment(struct snapshot_file *file, uint32_t moment, size_t *first, size_t *nr);

/* As snapshot_read(). */
int snapshot_file_read(struct snapshot_file *file, size_t stream, struct process *process);

void snapshot_file_close(struct snapshot_file *file);

#endif /* VMAVIEW_SNAPSHOT_FILE_H */
