// SPDX-License-Identifier: GPL-2.0
/*
 * reader.c - in: a device, a file or bytes; out: whole, aligned, checked records.
 *
 * Nothing that is read is trusted.  Records keep their alignment because the buffer is aligned and
 * every size is a multiple of 8.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vmaview/reader.h"
#include "vmaview/record_check.h"

static int fail(struct reader *reader, int error, const char *why)
{
	reader->why = why;
	return -error;
}

static int bind_device(struct reader *reader, const struct vmaview_request *target)
{
	struct vmaview_request request = *target;

	request.size = sizeof(request);
	if (ioctl(reader->fd, VMAVIEW_IOC_VERSION, &reader->version))
		return fail(reader, errno, "the device does not say its version");
	reader->version.release[sizeof(reader->version.release) - 1] = '\0';
	if (reader->version.abi_major != VMAVIEW_ABI_MAJOR)
		return fail(reader, EPROTO, "the module speaks another ABI");
	if (target->want & VMAVIEW_WANT_RUNS && reader->version.abi_minor < 1)
		return fail(reader, ENOTTY, "the module is too old to report single pages");
	if (target->flags & VMAVIEW_REQUEST_DENSE && reader->version.abi_minor < 4)
		return fail(reader, ENOTTY, "the module is too old to report page frames");
	if (ioctl(reader->fd, VMAVIEW_IOC_BIND, &request))
		return fail(reader, errno, "the module refused the target");
	return 0;
}

static int open_packed(struct reader *reader)
{
	int ret = unpacker_open(&reader->unpacker, reader->bytes, reader->length);

	reader->packed = true;
	return ret ? fail(reader, -ret, reader->unpacker.why) : 0;
}

int reader_open(struct reader *reader, const struct reader_source *source)
{
	const char *path = source->device ? source->device : source->file;
	int ret = 0;

	memset(reader, 0, sizeof(*reader));
	reader->fd = -1;
	reader->bytes = source->bytes;
	reader->length = source->length;
	reader->live = source->device;
	reader->why = "";
	reader->lent = source->buffer;
	reader->buffer = source->buffer ? source->buffer : aligned_alloc(8, READER_BUFFER);
	if (!reader->buffer)
		return fail(reader, ENOMEM, "out of memory");
	if (path) {
		reader->fd = open(path, O_RDONLY | O_CLOEXEC);
		if (reader->fd < 0)
			ret = fail(reader, errno, "cannot be opened");
	}
	if (!ret && source->device)
		ret = bind_device(reader, &source->target);
	if (source->packed)
		ret = open_packed(reader);
	if (ret)
		reader_close(reader);
	return ret;
}

void reader_close(struct reader *reader)
{
	if (reader->fd >= 0)
		close(reader->fd);
	reader->fd = -1;
	if (reader->packed)
		unpacker_close(&reader->unpacker);
	if (!reader->lent)
		free(reader->buffer);
	reader->buffer = NULL;
}

static ssize_t take_memory(struct reader *reader, unsigned char *to, size_t room)
{
	size_t got = reader->length < room ? reader->length : room;

	if (!got)
		return 0;
	memcpy(to, reader->bytes, got);
	reader->bytes += got;
	reader->length -= got;
	return got;
}

/* read(2), or as much of the bytes in memory as fits; -errno. */
static ssize_t take(struct reader *reader, unsigned char *to, size_t room)
{
	ssize_t got;

	if (reader->packed) {
		got = unpacker_take(&reader->unpacker, to, room);
		return got < 0 ? fail(reader, -got, reader->unpacker.why) : got;
	}
	if (reader->fd < 0)
		return take_memory(reader, to, room);
	do {
		got = read(reader->fd, to, room);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? fail(reader, errno, "cannot be read") : got;
}

/*
 * Have at least @want bytes at buffer[begin], unless the stream ends before.  This moves what is in the
 * buffer: whoever calls it keeps no pointer into it.
 */
static int fill(struct reader *reader, size_t want)
{
	if (reader->end - reader->begin >= want || reader->dry)
		return 0;
	memmove(reader->buffer, reader->buffer + reader->begin, reader->end - reader->begin);
	reader->end -= reader->begin;
	reader->begin = 0;
	while (reader->end < want) {
		ssize_t got = take(reader, reader->buffer + reader->end,
				   READER_BUFFER - reader->end);

		if (got < 0)
			return got;
		if (!got) {
			reader->dry = true;
			break;
		}
		reader->end += got;
	}
	return 0;
}

int reader_peek(struct reader *reader, void *bytes, size_t nr)
{
	int ret = fill(reader, nr);

	if (ret)
		return ret;
	if (nr > reader->end - reader->begin)
		nr = reader->end - reader->begin;
	memcpy(bytes, reader->buffer + reader->begin, nr);
	return nr;
}

ssize_t reader_bytes(struct reader *reader, void *bytes, size_t room)
{
	size_t left = reader->end - reader->begin;

	if (!left)
		return reader->dry ? 0 : take(reader, bytes, room);
	if (left < room)
		room = left;
	memcpy(bytes, reader->buffer + reader->begin, room);
	reader->begin += room;
	return room;
}

/* The header of the next record, which stays where it is until the next fill(). */
static const struct vmaview_header *next_header(const struct reader *reader)
{
	return (const void *)(reader->buffer + reader->begin);
}

static int fill_record(struct reader *reader, const struct vmaview_header **record)
{
	int ret = fill(reader, sizeof(**record));
	size_t size;

	if (ret)
		return ret;
	if (reader->end - reader->begin < sizeof(**record))
		return fail(reader, ENODATA, "it stops before its end record");
	size = next_header(reader)->size;
	if (size < sizeof(**record) || size > VMAVIEW_RECORD_MAX || size % 8)
		return fail(reader, EBADMSG, "a record has an impossible size");
	ret = fill(reader, size);
	if (ret)
		return ret;
	if (reader->end - reader->begin < size)
		return fail(reader, ENODATA, "it stops in the middle of a record");
	*record = next_header(reader);
	return 0;
}

/* What depends on the records before: BEGIN first and once, areas in order, END's count. */
static int check_order(struct reader *reader, const struct vmaview_header *record)
{
	const struct vmaview_area *area = (const void *)record;
	const struct vmaview_run *run = (const void *)record;
	const struct vmaview_end *end = (const void *)record;

	if ((record->type == VMAVIEW_REC_BEGIN) == reader->begun)
		return fail(reader, EBADMSG, reader->begun ? "it begins twice" :
			    "it does not start with a begin record");
	switch (record->type) {
	case VMAVIEW_REC_BEGIN:
		reader->begun = true;
		break;
	case VMAVIEW_REC_AREA:
		if (area->start < reader->last_end)
			return fail(reader, EBADMSG, "areas overlap or are out of order");
		reader->last_end = area->end;
		reader->areas++;
		break;
	case VMAVIEW_REC_RUN:
		if (run->start < reader->last_run_end || run->start < reader->last_end)
			return fail(reader, EBADMSG, "runs overlap or are out of order");
		reader->last_run_end = run->end;
		break;
	case VMAVIEW_REC_END:
		if (end->areas != reader->areas)
			return fail(reader, EBADMSG, "its end record counts other areas");
		reader->ended = true;
		break;
	}
	return 0;
}

static int check_nothing_follows(struct reader *reader)
{
	int ret = reader->live ? 0 : fill(reader, 1);

	if (!ret && reader->end != reader->begin)
		ret = fail(reader, EBADMSG, "something follows its end record");
	return ret;
}

int reader_next(struct reader *reader, const struct vmaview_header **record)
{
	int ret;

	if (reader->ended)
		return check_nothing_follows(reader);
	ret = fill_record(reader, record);
	if (ret)
		return ret;
	ret = record_check(*record, &reader->why);
	if (!ret)
		ret = check_order(reader, *record);
	if (ret)
		return ret;
	reader->begin += (*record)->size;
	return 1;
}
