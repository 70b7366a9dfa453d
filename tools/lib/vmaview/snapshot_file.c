// SPDX-License-Identifier: GPL-2.0
/* snapshot_file.c - in: a file that record wrote, of either format; out: the processes of each of its moments. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "vmaview/grow.h"
#include "vmaview/snapshot.h"
#include "vmaview/snapshot_file.h"
#include "vmaview/unpacker.h"

static int fail(struct snapshot_file *file, int error, const char *why)
{
	file->why = why;
	return -error;
}

static bool is_packed(const unsigned char *bytes)
{
	uint32_t magic = bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;

	return magic == ZSTD_MAGICNUMBER || (magic & ZSTD_SKIPPABLE_MASK) == ZSTD_SKIPPABLE;
}

/* As much of the stream as one record. */
static int take_record(struct unpacker *unpacker, void *record, size_t room)
{
	struct vmaview_header *header = record;
	ssize_t got = unpacker_take(unpacker, record, sizeof(*header));

	if (got == sizeof(*header) && header->size >= sizeof(*header) && header->size <= room)
		got = unpacker_take(unpacker, header + 1, header->size - sizeof(*header)) ==
			(ssize_t)(header->size - sizeof(*header)) ? 0 : -EBADMSG;
	else if (got >= 0)
		got = -EBADMSG;
	return got;
}

/* Which moment a stream is of: what is in it besides is looked at when it is read. */
static int find_moment(struct snapshot_file *file, struct unpacker *unpacker, const struct snapshot_stream *stream,
		       uint32_t *number)
{
	union {
		struct snapshot_moment moment;
		struct vmaview_header header;
		uint64_t room[128];
	} record;
	int ret = unpacker_next(unpacker, file->bytes + stream->at, stream->length);

	if (!ret)
		ret = take_record(unpacker, &record, sizeof(record));
	if (!ret && record.header.type != VMAVIEW_REC_BEGIN)
		ret = -EBADMSG;
	if (!ret)
		ret = take_record(unpacker, &record, sizeof(record));
	if (ret)
		return fail(file, -ret, *unpacker->why ? unpacker->why : "a stream does not begin as one");
	if (record.header.type != SNAPSHOT_REC_MOMENT || record.header.size < sizeof(record.moment))
		return fail(file, EBADMSG, "a stream does not say which moment it is of");
	*number = record.moment.number;
	return 0;
}

static int add_stream(struct snapshot_file *file, struct unpacker *unpacker, size_t at, size_t length)
{
	struct snapshot_stream stream = { .at = at, .length = length };
	int ret = find_moment(file, unpacker, &stream, &stream.moment);

	if (ret)
		return ret;
	if (stream.moment != file->moments && stream.moment != file->moments + 1)
		return fail(file, EBADMSG, "its moments do not follow each other");
	if (!stream.moment)
		return fail(file, EBADMSG, "a stream does not say which moment it is of");
	if (!grow(&file->streams, file->nr_streams, &file->room_streams, sizeof(*file->streams)))
		return fail(file, ENOMEM, "out of memory");
	file->moments = stream.moment;
	file->streams[file->nr_streams++] = stream;
	return 0;
}

static int find_streams(struct snapshot_file *file, struct unpacker *unpacker, size_t at)
{
	int ret = 0;

	while (!ret && at < file->length) {
		size_t length = ZSTD_findFrameCompressedSize(file->bytes + at, file->length - at);

		if (ZSTD_isError(length) || length > file->length - at)
			return fail(file, ENODATA, "it is damaged or stops in the middle of a stream");
		ret = add_stream(file, unpacker, at, length);
		at += length;
	}
	if (!ret && (file->moments != file->head.moments || file->nr_streams != file->head.streams))
		ret = fail(file, ENODATA, "it does not have as many streams as it says");
	return ret ? ret : file->nr_streams ? 0 : fail(file, ENODATA, "it stops before its first stream");
}

static int parse(struct snapshot_file *file)
{
	struct unpacker unpacker;
	int at = snapshot_head_read(&file->head, file->bytes, file->length, &file->why), ret;

	if (at < 0)
		return at;
	if (file->length == (size_t)at)
		return fail(file, ENODATA, "it stops before its first stream");
	ret = unpacker_open(&unpacker, file->bytes + at, file->length - at);
	if (ret == -ENOMEM)
		fail(file, ENOMEM, unpacker.why);
	else
		ret = find_streams(file, &unpacker, at);
	unpacker_close(&unpacker);
	return ret;
}

/* The rest of what is being read, too, however long it is: its size is not known of a pipe. */
static int load(struct snapshot_file *file)
{
	size_t room = 0;
	ssize_t got;

	do {
		if (file->length == room) {
			unsigned char *bytes = realloc(file->bytes, room = room ? 2 * room : READER_BUFFER);

			if (!bytes)
				return fail(file, ENOMEM, "out of memory");
			file->bytes = bytes;
		}
		got = reader_bytes(&file->plain, file->bytes + file->length, room - file->length);
		if (got < 0)
			return fail(file, -got, file->plain.why);
		file->length += got;
	} while (got);
	return 0;
}

static int open_source(struct snapshot_file *file, const struct reader_source *source)
{
	unsigned char magic[4] = { 0 };
	int ret;

	memset(file, 0, sizeof(*file));
	ret = reader_open(&file->plain, source);
	if (!ret)
		ret = reader_peek(&file->plain, magic, sizeof(magic));
	if (ret < 0)
		return fail(file, -ret, file->plain.why);
	if (ret == (int)sizeof(magic) && !memcmp(magic, "\177ELF", sizeof(magic)))
		return fail(file, EBADMSG, "it is an ELF file: a core is read where it lies, not from a pipe");
	file->is_plain = ret < (int)sizeof(magic) || !is_packed(magic);
	file->moments = file->is_plain;
	if (file->is_plain)
		return 0;
	ret = load(file);
	return ret ? ret : parse(file);
}

int snapshot_file_open(struct snapshot_file *file, const char *path)
{
	return open_source(file, &(struct reader_source){ .file = path });
}

int snapshot_file_open_bytes(struct snapshot_file *file, const void *bytes, size_t length)
{
	return open_source(file, &(struct reader_source){ .bytes = bytes, .length = length });
}

int snapshot_file_moment(struct snapshot_file *file, uint32_t moment, size_t *first, size_t *nr)
{
	if (moment == SNAPSHOT_LAST)
		moment = file->moments;
	if (moment > file->moments)
		return fail(file, ENOENT, "it has no such moment");
	*first = 0;
	*nr = 1;
	if (file->is_plain)
		return 0;
	while (file->streams[*first].moment < moment)
		++*first;
	while (*first + *nr < file->nr_streams && file->streams[*first + *nr].moment == moment)
		++*nr;
	return 0;
}

static int read_packed(struct snapshot_file *file, const struct snapshot_stream *stream, struct process *process)
{
	struct reader_source source = {
		.bytes = file->bytes + stream->at, .length = stream->length, .packed = true,
	};
	struct reader reader;
	int ret = reader_open(&reader, &source);

	if (!ret)
		ret = snapshot_read(process, &reader);
	if (ret)
		fail(file, -ret, reader.why);
	reader_close(&reader);
	return ret;
}

int snapshot_file_read(struct snapshot_file *file, size_t stream, struct process *process)
{
	int ret;

	if (!file->is_plain)
		return read_packed(file, &file->streams[stream], process);
	ret = snapshot_read(process, &file->plain);
	return ret ? fail(file, -ret, file->plain.why) : 0;
}

void snapshot_file_close(struct snapshot_file *file)
{
	reader_close(&file->plain);
	free(file->bytes);
	free(file->streams);
	file->bytes = NULL;
	file->streams = NULL;
}
