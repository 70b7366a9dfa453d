/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reader.h - in: where a stream of records comes from; out: its records, checked, one by one.
 * Three functions: open, next, close.  Nothing is printed; what is wrong is an errno and a reason.
 */
#ifndef VMAVIEW_READER_H
#define VMAVIEW_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <vmaview.h>

#include "vmaview/unpacker.h"

/* Where a stream comes from: exactly one of @device, @file and @bytes is set. */
struct reader_source {
	const char *device;		/* bind it to @target */
	struct vmaview_request target;	/* size and flags are filled in by reader_open() */
	const char *file;		/* a saved stream */
	const void *bytes;		/* a stream in memory */
	size_t length;
	bool packed;			/* these bytes are a zstd frame that has it */
	void *buffer;			/* READER_BUFFER bytes of the caller's, aligned to 8; NULL: one of its own */
};

/* Each record whole and aligned: twice the longest, and enough to make reads few. */
#define READER_BUFFER (256 * 1024)

struct reader {
	int fd;				/* -1 for a stream in memory */
	const unsigned char *bytes;	/* what is left of it */
	size_t length;
	bool packed;			/* or is it @unpacker that has it? */
	struct unpacker unpacker;
	unsigned char *buffer;
	bool lent;			/* it is the caller's */
	size_t begin;			/* buffer[begin..end) is read and not yet given */
	size_t end;
	bool live;			/* a device: nothing can follow END */
	bool dry;			/* no byte will come any more */
	bool begun;			/* BEGIN was seen */
	bool ended;			/* END was seen */
	uint64_t areas;			/* AREA records so far */
	uint64_t last_end;		/* end of the last of them */
	uint64_t last_run_end;		/* and of the last RUN record */
	struct vmaview_version version;	/* of the module, once a device said it */
	const char *why;		/* what the last error was about, in words */
};

/*
 * 0, or -errno: -ENOENT -EACCES ... as open(2) and VMAVIEW_IOC_BIND say it; -ENOTTY: a device that
 * is none of ours; -EPROTO: a major ABI that is not ours, see reader->version.
 */
int reader_open(struct reader *reader, const struct reader_source *source);

/*
 * 1 and a record that stays valid until the next call; 0 after END; -errno: -EBADMSG: not what
 * vmaview.h says a stream is; -ENODATA: it stops before END; -EPROTO as above; else of read(2).
 */
int reader_next(struct reader *reader, const struct vmaview_header **record);

/*
 * What a stream consists of, for whoever does not know yet whether it is one.  reader_peek(): its first @nr bytes,
 * which are read again; how many of them there are, or -errno.  reader_bytes(): as read(2), with -errno.
 */
int reader_peek(struct reader *reader, void *bytes, size_t nr);
ssize_t reader_bytes(struct reader *reader, void *bytes, size_t room);

void reader_close(struct reader *reader);

#endif /* VMAVIEW_READER_H */
