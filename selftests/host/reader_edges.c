// SPDX-License-Identifier: GPL-2.0
/*
 * reader_edges.c - the reader's buffer, whose bytes move: records of every size and at every place of it,
 * streams that come in pieces of every size and stop at every byte.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ktap.h"
#include "scenes.h"
#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"

/* Of no record that anybody knows. */
#define UNKNOWN_TYPE 4242

/* What the next read() gives, in pieces: of piece_of(their number), 0 for all that there is room for. */
static struct {
	const unsigned char *bytes;
	size_t left;
	size_t reads;
	size_t (*piece_of)(size_t number);
} feed;

/* Called in place of libc's. */
ssize_t read(int fd, void *to, size_t room)
{
	size_t piece;

	if (!feed.piece_of)	/* no test has begun */
		return syscall(SYS_read, fd, to, room);
	piece = feed.piece_of(feed.reads++);
	if (!piece || piece > room)
		piece = room;
	if (piece > feed.left)
		piece = feed.left;
	if (piece)
		memcpy(to, feed.bytes, piece);
	feed.bytes += piece;
	feed.left -= piece;
	return piece;
}

/* Without @piece_of the stream is in memory. */
static int open_fed(struct reader *reader, const struct stream *stream, size_t (*piece_of)(size_t number))
{
	struct reader_source source = { .bytes = stream->bytes, .length = stream->length };

	if (piece_of) {
		source = (struct reader_source){ .file = "/dev/null" };
		feed.bytes = stream->bytes;
		feed.left = stream->length;
		feed.reads = 0;
		feed.piece_of = piece_of;
	}
	return reader_open(reader, &source);
}

static size_t whole(size_t number)
{
	(void)number;
	return 0;
}

static size_t one(size_t number)
{
	(void)number;
	return 1;
}

static size_t first_piece;

static size_t two(size_t number)
{
	return number ? 0 : first_piece;
}

/* The same numbers each time, with no pattern in them. */
static size_t mix(size_t number)
{
	uint64_t x = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);

	return (x ^ x >> 29) * UINT64_C(0xbf58476d1ce4e5b9) >> 33;
}

static size_t mixed(size_t number)
{
	return 1 + mix(number) % 70000;
}

/*
 * Bytes that are a header of an impossible size wherever they are taken for one, and that differ from
 * record to record.
 */
static void fill(unsigned char *bytes, size_t length, size_t number)
{
	for (size_t i = 0; i < length; i++)
		bytes[i] = 0xc1 | mix(number) << 1;
}

static void add_filled(struct stream *stream, size_t size, size_t number)
{
	unsigned char *record = stream_add(stream, UNKNOWN_TYPE, size);

	fill(record + 8, size - 8, number);
}

/* Every size that a record can have, each once, in an order without a pattern; NULL without memory. */
static size_t *shuffled_sizes(size_t *nr)
{
	size_t *sizes;

	*nr = VMAVIEW_RECORD_MAX / 8;
	sizes = calloc(*nr, sizeof(*sizes));
	if (!sizes)
		abort();
	for (size_t i = 0; i < *nr; i++) {
		size_t at = mix(i) % (i + 1);

		sizes[i] = sizes[at];
		sizes[at] = 8 * (i + 1);
	}
	return sizes;
}

/* Is each record the one that was written, to its last byte? */
static bool gives(const struct stream *stream, size_t (*piece_of)(size_t number))
{
	const struct vmaview_header *record;
	struct reader reader;
	size_t at = 0;
	int ret = open_fed(&reader, stream, piece_of);

	while (!ret && (ret = reader_next(&reader, &record)) > 0) {
		const struct vmaview_header *written = (const void *)(stream->bytes + at);

		if (record->size != written->size || memcmp(record, written, written->size)) {
			reader_close(&reader);
			return ktap_note("another record at byte %zu", at);
		}
		at += record->size;
		ret = 0;
	}
	reader_close(&reader);
	return !ret && at == stream->length ? true :
	       ktap_note("ended with %d (%s) at byte %zu of %zu", ret, reader.why, at, stream->length);
}

/* 26 MiB: the buffer is filled anew hundreds of times. */
static bool sizes_in(size_t (*piece_of)(size_t number))
{
	struct stream stream = { .length = 0 };
	size_t nr, *sizes = shuffled_sizes(&nr);
	bool holds;

	stream_begin(&stream);
	for (size_t i = 0; i < nr; i++)
		add_filled(&stream, sizes[i], i);
	stream_end(&stream);
	holds = gives(&stream, piece_of);
	free(sizes);
	stream_free(&stream);
	return holds;
}

static bool sizes_in_memory(void)
{
	return sizes_in(NULL);
}

static bool sizes_in_a_file(void)
{
	return sizes_in(whole);
}

static bool sizes_in_pieces(void)
{
	return sizes_in(mixed);
}

/* What a scene's model says, all of it that can be laid beside another's. */
static bool same_model(const struct process *a, const struct process *b)
{
	if (a->pid != b->pid || strcmp(a->comm, b->comm) || a->nr_areas != b->nr_areas ||
	    a->nr_runs != b->nr_runs || memcmp(a->mm, b->mm, sizeof(a->mm)) ||
	    memcmp(&a->receipt, &b->receipt, sizeof(a->receipt)))
		return false;
	for (size_t i = 0; i < a->nr_areas; i++)
		if (a->areas[i].start != b->areas[i].start || strcmp(a->areas[i].name, b->areas[i].name) ||
		    memcmp(a->areas[i].value, b->areas[i].value, sizeof(a->areas[i].value)))
			return false;
	return !a->nr_runs || !memcmp(a->runs, b->runs, a->nr_runs * sizeof(*a->runs));
}

static int parse(struct process *process, const struct stream *stream, size_t (*piece_of)(size_t number))
{
	struct reader reader;
	int ret = open_fed(&reader, stream, piece_of);

	process_init(process);
	if (!ret)
		ret = snapshot_read(process, &reader);
	reader_close(&reader);
	return ret;
}

/* Is @stream, as it comes, what @expect says? */
static bool parses_to(const struct process *expect, const struct stream *stream, size_t (*piece_of)(size_t number))
{
	struct process process;
	int ret = parse(&process, stream, piece_of);
	bool same = !ret && same_model(expect, &process);

	process_free(&process);
	return same ? true : ktap_note("it ended with %d", ret);
}

/* Each scene goes through @holds, with what it is. */
static bool each_scene(bool (*holds)(const struct stream *stream, const struct process *expect))
{
	bool good = true;

	for (size_t i = 0; good && i < nr_scenes; i++) {
		struct stream stream = { .length = 0 };
		struct process expect;

		scenes[i].build(&stream);
		good = !parse(&expect, &stream, NULL) && holds(&stream, &expect);
		if (!good)
			ktap_note("scene %s", scenes[i].name);
		process_free(&expect);
		stream_free(&stream);
	}
	return good;
}

/* Two pieces that meet at each byte. */
static bool meets(const struct stream *stream, const struct process *expect)
{
	for (first_piece = 1; first_piece < stream->length; first_piece++)
		if (!parses_to(expect, stream, two))
			return ktap_note("two pieces that meet at byte %zu", first_piece);
	return parses_to(expect, stream, one);
}

static bool every_piece(void)
{
	return each_scene(meets);
}

static bool stops(const struct stream *stream, const struct process *expect)
{
	size_t (*const ways[])(size_t number) = { NULL, whole, one };

	(void)expect;
	for (size_t length = 0; length < stream->length; length++)
		for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
			/* Of its own length, so that a byte beyond is beyond what was allocated. */
			struct stream cut = { .bytes = malloc(length + !length), .length = length };
			struct process process;
			int ret;

			memcpy(cut.bytes, stream->bytes, length);
			ret = parse(&process, &cut, ways[i]);
			process_free(&process);
			stream_free(&cut);
			if (ret != -ENODATA)
				return ktap_note("cut at byte %zu: %d", length, ret);
		}
	return true;
}

static bool every_cut(void)
{
	return each_scene(stops);
}

/* The scene after a begin record and @padding bytes that mean nothing. */
static void pad(struct stream *padded, const struct stream *stream, size_t padding)
{
	size_t begin = ((const struct vmaview_header *)stream->bytes)->size;

	memcpy(stream_add(padded, 0, begin), stream->bytes, begin);
	for (size_t number = 0; padding; number++) {
		size_t size = padding > VMAVIEW_RECORD_MAX ? VMAVIEW_RECORD_MAX : padding;

		add_filled(padded, size, number);
		padding -= size;
	}
	memcpy(stream_add(padded, 0, stream->length - begin), stream->bytes + begin, stream->length - begin);
}

/* The end of what the buffer holds at first falls on every place of the scene. */
static bool is_at_edge(const struct stream *stream, const struct process *expect)
{
	size_t begin = ((const struct vmaview_header *)stream->bytes)->size;
	bool holds = true;

	for (size_t after = 0; holds && after <= stream->length - begin; after += 8) {
		struct stream padded = { .length = 0 };

		pad(&padded, stream, READER_BUFFER - begin - after);
		holds = parses_to(expect, &padded, NULL) && parses_to(expect, &padded, mixed);
		if (!holds)
			ktap_note("%zu bytes of it before the edge", begin + after);
		stream_free(&padded);
	}
	return holds;
}

static bool every_place(void)
{
	return each_scene(is_at_edge);
}

/* As /memfd:NAME (deleted), of names of 1 to 60 letters. */
static void long_name(char *name, size_t room, size_t number)
{
	snprintf(name, room, "/memfd:%.*s (deleted)", (int)(1 + mix(number) % 60),
		 "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567");
}

static bool has_names(const struct process *process, size_t nr)
{
	char name[128];

	if (process->nr_areas != nr)
		return ktap_note("%zu areas", process->nr_areas);
	for (size_t i = 0; i < nr; i++) {
		long_name(name, sizeof(name), i);
		if (strcmp(process->areas[i].name, name))
			return ktap_note("area %zu is called %s, not %s", i, process->areas[i].name, name);
	}
	return true;
}

static bool many_names(void)
{
	struct stream stream = { .length = 0 };
	const size_t nr = 5000;
	struct process process;
	char name[128];
	bool holds;

	stream_begin(&stream);
	for (size_t i = 0; i < nr; i++) {
		struct vmaview_area area = {
			.start = (i + 1) << 16, .end = ((i + 1) << 16) + 4096, .perms = "rw-s",
		};

		long_name(name, sizeof(name), i);
		stream_area(&stream, &area, name);
	}
	stream_end(&stream);
	holds = stream.length > 4 * READER_BUFFER && !parse(&process, &stream, whole) && has_names(&process, nr);
	process_free(&process);
	stream_free(&stream);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "records of every size are given whole, from memory", sizes_in_memory },
	{ "from a file", sizes_in_a_file },
	{ "and in pieces of every size", sizes_in_pieces },
	{ "a stream in two pieces that meet at any byte, or of one byte each, is the same", every_piece },
	{ "a stream that stops at any byte has no end", every_cut },
	{ "a stream may have any part of it at the buffer's edge", every_place },
	{ "areas with names of every length are all there", many_names },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
