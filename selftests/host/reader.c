// SPDX-License-Identifier: GPL-2.0
/* reader.c - the parser of streams: what it takes, and what it refuses and why. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "parse.h"
#include "scenes.h"
#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"

/* Read it all: what reader_next() ended with, and why. */
static int drain(const struct stream *stream, size_t *records, const char **why)
{
	struct reader_source source = { .bytes = stream->bytes, .length = stream->length };
	const struct vmaview_header *record;
	struct reader reader;
	int ret = reader_open(&reader, &source);

	*records = 0;
	while (!ret && (ret = reader_next(&reader, &record)) > 0) {
		++*records;
		ret = 0;
	}
	*why = reader.why;
	reader_close(&reader);
	return ret;
}

/* A stream ends with @expect, for a reason with @word in it, after @mend had its way with it. */
static bool ends_with(int expect, const char *word, void (*mend)(struct stream *stream))
{
	struct stream stream = { .length = 0 };
	const char *why;
	size_t records;
	int ret;

	scene_mixed(&stream);
	mend(&stream);
	ret = drain(&stream, &records, &why);
	stream_free(&stream);
	if (ret == expect && strstr(why, word))
		return true;
	return ktap_note("ended with %d (%s) after %zu records", ret, why, records);
}

static void *find(struct stream *stream, __u32 type)
{
	size_t at = 0;

	for (;;) {
		struct vmaview_header *header = (void *)(stream->bytes + at);

		if (header->type == type)
			return header;
		at += header->size;
	}
}

#define REFUSED(name, expect, why, ...) \
	static void mend_##name(struct stream *stream) \
	{ \
		struct vmaview_begin *begin = find(stream, VMAVIEW_REC_BEGIN); \
		struct vmaview_vmflag *vmflag = find(stream, VMAVIEW_REC_VMFLAG); \
		struct vmaview_ops *ops = find(stream, VMAVIEW_REC_OPS); \
		struct vmaview_area *area = find(stream, VMAVIEW_REC_AREA); \
		struct vmaview_end *end = find(stream, VMAVIEW_REC_END); \
		(void)begin; (void)vmflag; (void)ops; (void)area; (void)end; \
		__VA_ARGS__; \
	} \
	static bool refuses_##name(void) \
	{ \
		return ends_with(expect, why, mend_##name); \
	}

REFUSED(nothing, 0, "", )
REFUSED(zero_size, -EBADMSG, "impossible size", area->header.size = 0)
REFUSED(tiny_size, -EBADMSG, "impossible size", area->header.size = 4)
REFUSED(odd_size, -EBADMSG, "impossible size",
	stream->length = begin->header.size; stream_add(stream, 77, 12))
REFUSED(oversized, -EBADMSG, "impossible size",
	stream->length = begin->header.size; stream->areas = 0;
	stream_add(stream, 77, VMAVIEW_RECORD_MAX + 8); stream_end(stream))
REFUSED(huge_size, -EBADMSG, "impossible size", area->header.size = 0xfffffff8)
REFUSED(short_begin, -EBADMSG, "begin record is too short", begin->header.size -= 8)
REFUSED(short_area, -EBADMSG, "area record is too short", area->header.size = 64)
REFUSED(no_end, -ENODATA, "before its end", stream->length -= end->header.size)
REFUSED(cut_record, -ENODATA, "middle", stream->length -= 8)
REFUSED(more, -EBADMSG, "follows", stream_add(stream, 77, 16))
REFUSED(half_more, -EBADMSG, "follows", stream_add(stream, 77, 8); stream->length -= 4)
REFUSED(two_begins, -EBADMSG, "twice", stream->length = begin->header.size; stream_begin(stream))
REFUSED(no_begin, -EBADMSG, "start with", begin->header.type = 77)
REFUSED(other_abi, -EPROTO, "another ABI", begin->abi_major = 2)
REFUSED(long_comm, -EBADMSG, "begin record does not end", memset(begin->comm, 'x', sizeof(begin->comm)))
REFUSED(bit_64, -EBADMSG, "bit", vmflag->bit = 64)
REFUSED(long_word, -EBADMSG, "vmflag record does not end", memset(vmflag->word, 'x', sizeof(vmflag->word)))
REFUSED(ops_zero, -EBADMSG, "no id", ops->id = 0)
REFUSED(ops_outside, -EBADMSG, "not inside", ops->text_offset = ops->header.size + 8)
REFUSED(ops_long, -EBADMSG, "not inside", ops->text_length = 0xffffffff)
REFUSED(ops_inside_header, -EBADMSG, "too short", ops->text_offset = 4)
REFUSED(ops_endless, -EBADMSG, "does not end", ((char *)ops)[ops->text_offset + ops->text_length - 1] = 'x')
REFUSED(ops_empty, -EBADMSG, "not inside", ops->text_length = 0)
REFUSED(empty_area, -EBADMSG, "before it starts", area->end = area->start)
REFUSED(odd_perms, -EBADMSG, "four letters", memset(area->perms, 'r', sizeof(area->perms)))
REFUSED(short_perms, -EBADMSG, "four letters", area->perms[3] = '\0')
REFUSED(name_outside, -EBADMSG, "not inside", area->name_offset = area->header.size)
REFUSED(name_long, -EBADMSG, "not inside", area->name_length = 0xffffffff)
REFUSED(name_in_fields, -EBADMSG, "not inside", area->name_offset = 16)
REFUSED(name_to_the_brim, -EBADMSG, "not inside",
	area->name_length = area->header.size - area->name_offset)
REFUSED(name_endless, -EBADMSG, "as long as", ((char *)area)[area->name_offset + area->name_length] = 'x')
REFUSED(name_shorter, -EBADMSG, "as long as", ((char *)area)[area->name_offset + 2] = '\0')
REFUSED(disorder, -EBADMSG, "out of order", area->end = 0x7fffffffffff)
REFUSED(other_count, -EBADMSG, "counts other", end->areas--)

/* As ends_with(), of a stream with runs. */
static bool run_ends_with(int expect, const char *word, void (*mend)(struct vmaview_run *run))
{
	struct stream stream = { .length = 0 };
	const char *why;
	size_t records;
	int ret;

	scene_pages(&stream);
	mend(find(&stream, VMAVIEW_REC_RUN));
	ret = drain(&stream, &records, &why);
	stream_free(&stream);
	if (ret == expect && strstr(why, word))
		return true;
	return ktap_note("ended with %d (%s) after %zu records", ret, why, records);
}

#define REFUSED_RUN(name, expect, why, ...) \
	static void mend_run_##name(struct vmaview_run *run) { __VA_ARGS__; } \
	static bool refuses_run_##name(void) { return run_ends_with(expect, why, mend_run_##name); }

REFUSED_RUN(nothing, 0, "", (void)run)
REFUSED_RUN(short, -EBADMSG, "run record is too short", run->header.size = 80)
REFUSED_RUN(empty, -EBADMSG, "before it starts", run->end = run->start)
REFUSED_RUN(disorder, -EBADMSG, "out of order", run->end += 4096)
REFUSED_RUN(odd_words, 0, "", run->state = 200; run->origin = 200; run->level = 200; run->lru = 200)

static bool empty_is_cut_short(void)
{
	struct stream stream = { .length = 0 };
	const char *why;
	size_t records;

	return drain(&stream, &records, &why) == -ENODATA;
}

static bool skips_unknown(void)
{
	struct stream stream = { .length = 0 };
	const char *why;
	size_t records;
	int ret;

	stream_begin(&stream);
	memset((char *)stream_add(&stream, 4242, 8 + 800) + 8, 0xff, 800);
	stream_add(&stream, 4243, 8);
	stream_end(&stream);
	ret = drain(&stream, &records, &why);
	stream_free(&stream);
	return ret == 0 && records == 4;
}

static bool refuses_unknown_ops(void)
{
	struct stream stream = { .length = 0 };
	struct process process;
	int ret;

	scene_mixed(&stream);
	((struct vmaview_area *)find(&stream, VMAVIEW_REC_AREA))->ops = 99;
	ret = parse_stream(&process, &stream);
	process_free(&process);
	stream_free(&stream);
	return ret == -EBADMSG;
}

/* An area record of @fields bytes of fields and a name, as another version would write it. */
static void add_sized_area(struct stream *stream, size_t fields, const char *name)
{
	size_t size = (fields + strlen(name) + 1 + 7) / 8 * 8;
	struct vmaview_area *area = stream_add(stream, VMAVIEW_REC_AREA, size);
	struct vmaview_area full = {
		.header = area->header, .start = 4096, .end = 8192, .perms = "rw-p",
		.name_offset = fields, .name_length = strlen(name),
		.kernel_page_size = 4096, .mmu_page_size = 4096, .rss = 4096, .tables = 8192,
	};

	memset(area + 0, 0xee, fields);
	memcpy(area, &full, fields < sizeof(full) ? fields : sizeof(full));
	memcpy((char *)area + fields, name, strlen(name));
	stream->areas++;
}

static bool area_of_size(size_t fields, struct process *process)
{
	struct stream stream = { .length = 0 };
	int ret;

	stream_begin(&stream);
	add_sized_area(&stream, fields, "/some/name");
	stream_end(&stream);
	ret = parse_stream(process, &stream);
	stream_free(&stream);
	return ret == 0 && process->nr_areas == 1 && !strcmp(process->areas[0].name, "/some/name");
}

static bool takes_longer(void)
{
	struct process process;
	bool holds = area_of_size(sizeof(struct vmaview_area) + 64, &process);

	holds = holds && area_get(&process.areas[0], KEY_TABLES) == 8192;
	process_free(&process);
	return holds;
}

static bool takes_shorter(void)
{
	size_t fields = offsetof(struct vmaview_area, cow_copy);
	struct process process;
	bool holds = area_of_size(fields, &process);

	holds = holds && area_knows(&process.areas[0], KEY_RSS) &&
		!area_knows(&process.areas[0], KEY_COW_COPY) &&
		!area_knows(&process.areas[0], KEY_TABLES);
	process_free(&process);
	return holds;
}

/* Of a begin record with so many bytes; ~0 where it is not read. */
static uint64_t space_in(size_t size)
{
	struct stream first = { .length = 0 }, stream = { .length = 0 };
	struct vmaview_begin *begin;
	struct process process;
	uint64_t space;

	stream_begin(&first);
	begin = stream_add(&stream, VMAVIEW_REC_BEGIN, size);
	memcpy(begin, first.bytes, first.length);
	begin->header.size = size;
	if (size >= sizeof(*begin))
		begin->space = 4711;
	stream_end(&stream);
	space = parse_stream(&process, &stream) ? ~UINT64_C(0) : process.space;
	process_free(&process);
	stream_free(&stream);
	stream_free(&first);
	return space;
}

static bool space_of_older_is_unknown(void)
{
	return !space_in(offsetof(struct vmaview_begin, space)) &&
	       space_in(sizeof(struct vmaview_begin)) == 4711 &&
	       space_in(sizeof(struct vmaview_begin) + 16) == 4711;
}

static bool shorter_end_is_no_receipt(void)
{
	struct stream stream = { .length = 0 };
	struct process process;
	struct vmaview_end *end;
	bool holds;

	stream_begin(&stream);
	end = stream_add(&stream, VMAVIEW_REC_END, offsetof(struct vmaview_end, entries));
	end->areas = 0;
	holds = parse_stream(&process, &stream) == 0 && !process.has_receipt;
	process_free(&process);
	stream_free(&stream);
	return holds;
}

/* Whose it is has it back as it was, but for what was read into it. */
static bool lent_buffer(void)
{
	struct stream stream = { .length = 0 };
	struct reader_source source;
	const struct vmaview_header *record;
	unsigned char *buffer = aligned_alloc(8, READER_BUFFER);
	struct reader reader;
	size_t records = 0;
	bool same;
	int ret = 0;

	scene_mixed(&stream);
	source = (struct reader_source){ .bytes = stream.bytes, .length = stream.length, .buffer = buffer };
	for (int time = 0; !ret && time < 2; time++) {
		ret = reader_open(&reader, &source);
		while (!ret && (ret = reader_next(&reader, &record)) > 0) {
			records += (const unsigned char *)record >= buffer &&
				   (const unsigned char *)record < buffer + READER_BUFFER;
			ret = 0;
		}
		reader_close(&reader);
	}
	same = !ret && records > 2 && !memcmp(buffer, stream.bytes, stream.length);
	free(buffer);
	stream_free(&stream);
	return same;
}

static bool missing_file(void)
{
	struct reader_source source = { .file = "/nonexistent/file" };
	struct reader reader;
	int ret = reader_open(&reader, &source);

	reader_close(&reader);
	return ret == -ENOENT;
}

static bool folder(void)
{
	struct reader_source source = { .file = "/" };
	const struct vmaview_header *record;
	struct reader reader;
	int ret = reader_open(&reader, &source);

	if (!ret)
		ret = reader_next(&reader, &record);
	reader_close(&reader);
	return ret == -EISDIR;
}

static bool foreign_device(void)
{
	struct reader_source source = { .device = "/dev/null" };
	struct reader reader;
	int ret = reader_open(&reader, &source);

	reader_close(&reader);
	return ret == -ENOTTY;
}

/* Wherever it is: what is looked at is read again, and no more than there is. */
static bool peeks(void)
{
	static const char text[] = "abcdefghij";
	struct reader_source source = { .bytes = (const unsigned char *)text, .length = 10 };
	struct reader reader;
	char seen[16] = "";
	bool holds = !reader_open(&reader, &source);

	for (size_t at = 0; holds && at < 10; at++) {
		const size_t left = 10 - at;

		holds = reader_peek(&reader, seen, 4) == (int)(left < 4 ? left : 4) &&
			!memcmp(seen, text + at, left < 4 ? left : 4) && reader_bytes(&reader, seen, 1) == 1 &&
			*seen == text[at];
	}
	holds = holds && !reader_peek(&reader, seen, 4) && !reader_bytes(&reader, seen, 4);
	reader_close(&reader);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "what is looked at is read again", peeks },
	{ "a stream with runs is taken", refuses_run_nothing },
	{ "a short run is refused", refuses_run_short },
	{ "an empty run is refused", refuses_run_empty },
	{ "runs that overlap are refused", refuses_run_disorder },
	{ "values of a newer module are taken", refuses_run_odd_words },
	{ "a good stream is read to its end", refuses_nothing },
	{ "streams are read by one buffer, which is the caller's", lent_buffer },
	{ "no bytes at all are a stream cut short", empty_is_cut_short },
	{ "a record of size 0 is refused", refuses_zero_size },
	{ "a record shorter than its header is refused", refuses_tiny_size },
	{ "a size that is no multiple of 8 is refused", refuses_odd_size },
	{ "a record beyond the longest is refused", refuses_oversized },
	{ "a size that would wrap is refused", refuses_huge_size },
	{ "a begin record without its essential fields is refused", refuses_short_begin },
	{ "an area without its essential fields is refused", refuses_short_area },
	{ "a stream without its end is cut short", refuses_no_end },
	{ "a stream that stops in a record is cut short", refuses_cut_record },
	{ "a record after the end is refused", refuses_more },
	{ "bytes after the end are refused", refuses_half_more },
	{ "a second begin is refused", refuses_two_begins },
	{ "a stream that does not begin is refused", refuses_no_begin },
	{ "another major ABI is refused as such", refuses_other_abi },
	{ "a comm without NUL is refused", refuses_long_comm },
	{ "bit 64 of the flags is refused", refuses_bit_64 },
	{ "a flag's word without NUL is refused", refuses_long_word },
	{ "operations with id 0 are refused", refuses_ops_zero },
	{ "text of operations outside of the record is refused", refuses_ops_outside },
	{ "text of operations that would wrap is refused", refuses_ops_long },
	{ "text of operations inside of the fields is refused", refuses_ops_inside_header },
	{ "text of operations without NUL is refused", refuses_ops_endless },
	{ "empty text of operations is refused", refuses_ops_empty },
	{ "operations that were not described are refused", refuses_unknown_ops },
	{ "an area without bytes is refused", refuses_empty_area },
	{ "permissions without NUL are refused", refuses_odd_perms },
	{ "permissions of three letters are refused", refuses_short_perms },
	{ "a name outside of the record is refused", refuses_name_outside },
	{ "a name whose length would wrap is refused", refuses_name_long },
	{ "a name without room for its NUL is refused", refuses_name_to_the_brim },
	{ "a name inside of the fields is refused", refuses_name_in_fields },
	{ "a name without NUL is refused", refuses_name_endless },
	{ "a name that ends early is refused", refuses_name_shorter },
	{ "areas that overlap are refused", refuses_disorder },
	{ "an end that counts other areas is refused", refuses_other_count },
	{ "unknown records are skipped", skips_unknown },
	{ "a begin record of an older module names no address space", space_of_older_is_unknown },
	{ "fields beyond ours are ignored, the name after them is found", takes_longer },
	{ "fields that are not there are unknown, not 0", takes_shorter },
	{ "an end without its counters is no receipt", shorter_end_is_no_receipt },
	{ "a file that is not there is ENOENT", missing_file },
	{ "a folder is EISDIR", folder },
	{ "a device that is none of ours is ENOTTY", foreign_device },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
