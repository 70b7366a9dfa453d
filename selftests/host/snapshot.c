// SPDX-License-Identifier: GPL-2.0
/* snapshot.c - files of moments: what is in them is found again, and what nobody vouches for is refused and why. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "ktap.h"
#include "packed.h"
#include "scenes.h"
#include "vmaview/snapshot_file.h"

static void number(struct stream *stream, int pid)
{
	((struct vmaview_begin *)stream->bytes)->pid = pid;
}

static void add(struct packed *packed, void (*build)(struct stream *stream), int pid, __u32 moment)
{
	struct stream stream = { .length = 0 };

	build(&stream);
	number(&stream, pid);
	packed_stream(packed, &stream, moment);
	stream_free(&stream);
}

static void scene_small(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x10000, 4, "r--p", 1);

	stream_begin(stream);
	stream_area(stream, &area, "/a");
	stream_end(stream);
}

/* Two processes, then one of them, then another two. */
static void build_series(struct packed *packed)
{
	packed_begin(packed);
	add(packed, scene_mixed, 10, 1);
	add(packed, scene_small, 11, 1);
	add(packed, scene_small, 10, 2);
	add(packed, scene_pages, 12, 3);
	add(packed, scene_whole, 13, 3);
	packed_end(packed);
}

/* All of a file: what it ended with, why, and the sum of what its processes are. */
static int read_all(const void *bytes, size_t length, uint64_t *sum, const char **why)
{
	struct snapshot_file file;
	int ret = snapshot_file_open_bytes(&file, bytes, length);
	size_t nr = file.is_plain ? 1 : file.nr_streams;

	*sum = file.moments;
	for (size_t i = 0; !ret && i < nr; i++) {
		struct process process;

		process_init(&process);
		ret = snapshot_file_read(&file, i, &process);
		*sum = *sum * 31 + process.pid + process.nr_areas + process.nr_runs;
		for (size_t j = 0; j < process.nr_areas; j++)
			*sum = *sum * 31 + process.areas[j].start + strlen(process.areas[j].name);
		process_free(&process);
	}
	*why = file.why ? file.why : "";
	snapshot_file_close(&file);
	return ret;
}

static bool has(struct snapshot_file *file, uint32_t moment, int pid, size_t nr_expected)
{
	size_t first = 99, nr = 99;
	struct process process;
	bool holds;

	if (snapshot_file_moment(file, moment, &first, &nr) || nr != nr_expected)
		return ktap_note("moment %u: %zu processes from %zu on", moment, nr, first);
	process_init(&process);
	holds = !snapshot_file_read(file, first, &process) && process.pid == pid;
	process_free(&process);
	return holds || ktap_note("moment %u does not begin with %d: %s", moment, pid, file->why);
}

static bool moments_are_found(void)
{
	struct snapshot_file file;
	struct packed packed;
	bool holds;
	size_t first, nr;

	build_series(&packed);
	holds = !snapshot_file_open_bytes(&file, packed.bytes, packed.length) && file.moments == 3 &&
		has(&file, 1, 10, 2) && has(&file, 2, 10, 1) && has(&file, 3, 12, 2) &&
		has(&file, SNAPSHOT_LAST, 12, 2) &&
		snapshot_file_moment(&file, 4, &first, &nr) == -ENOENT && !strcmp(file.head.host, "scene") &&
		!strcmp(file.head.kernel, "6.1.0-test-amd64") && !strcmp(file.head.time, "2023-11-14T22:13:20Z");
	snapshot_file_close(&file);
	packed_free(&packed);
	return holds;
}

/* What a stream is has not changed by being packed. */
static bool is_the_same(void (*build)(struct stream *stream))
{
	struct stream stream = { .length = 0 };
	struct packed packed;
	uint64_t plain, found;
	const char *why;
	bool holds;

	build(&stream);
	packed_begin(&packed);
	packed_stream(&packed, &stream, 1);
	packed_end(&packed);
	holds = !read_all(stream.bytes, stream.length, &plain, &why) &&
		!read_all(packed.bytes, packed.length, &found, &why) && plain == found;
	packed_free(&packed);
	stream_free(&stream);
	return holds || ktap_note("%s", why);
}

static bool both_formats_say_the_same(void)
{
	for (size_t i = 0; i < nr_scenes; i++)
		if (!is_the_same(scenes[i].build))
			return ktap_note("%s", scenes[i].name);
	return true;
}

static bool each_cut_is_refused(void)
{
	struct packed packed;
	bool holds = true;

	build_series(&packed);
	for (size_t length = 0; holds && length < packed.length; length++) {
		unsigned char *bytes = malloc(length ? length : 1);
		const char *why;
		uint64_t sum;

		/* A block as long as it, so that a byte beyond is seen. */
		memcpy(bytes, packed.bytes, length);
		holds = read_all(bytes, length, &sum, &why) < 0 && *why;
		if (!holds)
			ktap_note("cut after %zu of %zu bytes", length, packed.length);
		free(bytes);
	}
	packed_free(&packed);
	return holds;
}

/* Refused, or else nothing of what is in it is another: the name of the host may be. */
static bool flip_is_harmless(const struct packed *packed, size_t bit, uint64_t sum)
{
	const char *why;
	uint64_t found;
	int ret;

	packed->bytes[bit / 8] ^= 1 << bit % 8;
	ret = read_all(packed->bytes, packed->length, &found, &why);
	packed->bytes[bit / 8] ^= 1 << bit % 8;
	if (ret ? *why : found == sum)
		return true;
	return ktap_note("bit %zu of byte %zu: %d (%s)", bit % 8, bit / 8, ret, why);
}

static bool each_flip_is_seen(void)
{
	struct packed packed;
	bool holds = true;
	const char *why;
	uint64_t sum;

	packed_begin(&packed);
	add(&packed, scene_small, 1, 1);
	add(&packed, scene_small, 2, 1);
	add(&packed, scene_small, 1, 2);
	packed_end(&packed);
	holds = !read_all(packed.bytes, packed.length, &sum, &why);
	for (size_t bit = 0; holds && bit < packed.length * 8; bit++)
		holds = flip_is_harmless(&packed, bit, sum);
	packed_free(&packed);
	return holds;
}

/* A file is refused with @expect, for a reason with @word in it. */
static bool ends_with(struct packed *packed, int expect, const char *word)
{
	const char *why;
	uint64_t sum;
	int ret = read_all(packed->bytes, packed->length, &sum, &why);

	packed_free(packed);
	return (ret == expect && strstr(why, word)) || ktap_note("ended with %d (%s)", ret, why);
}

/* A frame as another program would write it. */
static void add_frame(struct packed *packed, const struct stream *stream, int checksum, int window)
{
	size_t room = ZSTD_compressBound(stream->length);
	ZSTD_inBuffer in = { .src = stream->bytes, .size = stream->length };
	ZSTD_outBuffer out = { .dst = malloc(room), .size = room };
	ZSTD_CCtx *zstd = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, checksum);
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, window);
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_contentSizeFlag, 0);
	/* In two steps, or it would know how little there is. */
	in.size = 8;
	ZSTD_compressStream2(zstd, &out, &in, ZSTD_e_continue);
	in.size = stream->length;
	while (ZSTD_compressStream2(zstd, &out, &in, ZSTD_e_end))
		;
	packed_bytes(packed, out.dst, out.pos);
	packed->head.streams++;
	packed->head.moments = 1;
	ZSTD_freeCCtx(zstd);
	free(out.dst);
}

/* A stream of its own, as a file has it, with @nr records of nothing before its end. */
static void build_stream(struct stream *stream, __u32 moment, size_t nr)
{
	struct snapshot_moment *record;

	stream_begin(stream);
	record = stream_add(stream, SNAPSHOT_REC_MOMENT, sizeof(*record));
	record->number = moment;
	for (size_t i = 0; i < nr; i++)
		stream_add(stream, 77, VMAVIEW_RECORD_MAX);
	stream_end(stream);
}

static bool frame_ends_with(int expect, const char *word, int checksum, int window, size_t nr)
{
	struct stream stream = { .length = 0 };
	struct packed packed;

	build_stream(&stream, 1, nr);
	packed_begin(&packed);
	add_frame(&packed, &stream, checksum, window);
	packed_end(&packed);
	stream_free(&stream);
	return ends_with(&packed, expect, word);
}

static bool frames_of_others_are_taken(void)
{
	return frame_ends_with(0, "", 1, 17, 1);
}

static bool checksum_is_asked_for(void)
{
	return frame_ends_with(-EBADMSG, "no checksum", 0, 17, 1);
}

static bool bomb_is_refused(void)
{
	return frame_ends_with(-EBADMSG, "more than any stream", 1, 17, 4000);
}

static bool large_window_is_refused(void)
{
	return frame_ends_with(-EBADMSG, "more memory", 1, 27, 1);
}

static bool moments_are(const __u32 *numbers, size_t nr, int expect, const char *word)
{
	struct packed packed;

	packed_begin(&packed);
	for (size_t i = 0; i < nr; i++)
		add(&packed, scene_small, 1, numbers[i]);
	packed_end(&packed);
	return ends_with(&packed, expect, word);
}

#define MOMENTS(...) (const __u32[]){ __VA_ARGS__ }, sizeof((__u32[]){ __VA_ARGS__ }) / sizeof(__u32)

static bool moments_follow(void)
{
	return moments_are(MOMENTS(1, 1, 2, 3), 0, "") && moments_are(MOMENTS(0), -EBADMSG, "which moment") &&
	       moments_are(MOMENTS(2), -EBADMSG, "follow") && moments_are(MOMENTS(1, 3), -EBADMSG, "follow") &&
	       moments_are(MOMENTS(1, 2, 1), -EBADMSG, "follow") && moments_are(MOMENTS(~0u), -EBADMSG, "follow");
}

static bool no_moment_is_refused(void)
{
	struct stream stream = { .length = 0 };
	struct packed packed;

	scene_small(&stream);
	packed_begin(&packed);
	add_frame(&packed, &stream, 1, 17);
	packed_end(&packed);
	stream_free(&stream);
	return ends_with(&packed, -EBADMSG, "which moment");
}

/* A head with @text in it, before a stream; @claim: how long it says to be. */
static bool head_ends_with(const char *text, size_t claim, int expect, const char *word)
{
	unsigned char frame[] = { 0x56, 0x2a, 0x4d, 0x18, claim, claim >> 8, claim >> 16, claim >> 24 };
	struct packed whole, packed = { .length = 0 };

	packed_begin(&whole);
	packed_bytes(&packed, frame, sizeof(frame));
	packed_bytes(&packed, text, strlen(text));
	whole.length = 0;
	add(&whole, scene_small, 1, 1);
	packed_bytes(&packed, whole.bytes, whole.length);
	packed_free(&whole);
	return ends_with(&packed, expect, word);
}

#define UPTO_TIME "VMAV 2\nhost: h\nkernel: k\ntime: t\n"
#define HEAD UPTO_TIME "moments: 1\nstreams: 1\n"

static bool heads_are_checked(void)
{
	return head_ends_with(HEAD, strlen(HEAD), 0, "") &&
	       head_ends_with(HEAD "more: 1\n", strlen(HEAD) + 8, 0, "") &&
	       head_ends_with("VMAV 3\nwhat: ever\n", 18, -EPROTO, "another vmaview") &&
	       head_ends_with("VMAV 2x\n", 8, -EBADMSG, "damaged") &&
	       head_ends_with("VMAV 2", 6, -EBADMSG, "damaged") &&
	       head_ends_with("VMAV 18446744073709551618\n", 26, -EBADMSG, "damaged") &&
	       head_ends_with("WMAV 2\n", 7, -EBADMSG, "no snapshot") &&
	       head_ends_with(HEAD, 0xffffffff, -EBADMSG, "no snapshot") &&
	       head_ends_with(HEAD, 4000, -ENODATA, "head") &&
	       head_ends_with(UPTO_TIME "moments: 2\nstreams: 1\n", strlen(HEAD), -ENODATA, "as many") &&
	       head_ends_with(UPTO_TIME "moments: 1\nstreams: 2\n", strlen(HEAD), -ENODATA, "as many") &&
	       head_ends_with(UPTO_TIME "moments: 1\n", 45, -EBADMSG, "damaged");
}

static bool other_files_are_refused(void)
{
	struct stream stream = { .length = 0 };
	struct packed packed, other;

	/* What zstd makes of a file of the first format. */
	scene_small(&stream);
	packed_begin(&packed);
	packed.length = 0;
	add_frame(&packed, &stream, 1, 17);
	stream_free(&stream);
	if (!ends_with(&packed, -EBADMSG, "no snapshot"))
		return false;
	/* Two files in one. */
	build_series(&packed);
	build_series(&other);
	packed_bytes(&packed, other.bytes, other.length);
	packed_free(&other);
	return ends_with(&packed, -EBADMSG, "");
}

static bool names_are_made_printable(void)
{
	struct snapshot_head head = { .host = "a\nb\033[2J\xc3\xa4", .kernel = "k", .time = "t" };
	char frame[SNAPSHOT_HEAD_SIZE];
	size_t length = snapshot_head_write(&head, frame);
	const char *why;
	struct snapshot_head found;
	int ret = snapshot_head_read(&found, (unsigned char *)frame, length, &why);

	return ret == (int)length && !strcmp(found.host, "a?b?[2J??") && !strcmp(found.kernel, "k");
}

/* A number that is a good shuffle of @i. */
static uint64_t scatter(uint64_t i)
{
	i *= UINT64_C(0x9e3779b97f4a7c15);
	i ^= i >> 29;
	return i * UINT64_C(0xbf58476d1ce4e5b9) >> 43;
}

static void scene_scattered(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x7f0000000000, 1 << 20, "rw-p", 3);

	stream_begin(stream);
	for (__u64 i = 0; i < 1 << 18; i++) {
		struct vmaview_run *run = scene_anon_run(stream, 0x7f0000000000 + i * 4096, 1, scatter(i) & 0xffffff);

		run->mapcount = 1 + (scatter(i ^ 77) & 1);
		run->refcount = run->mapcount;
	}
	stream_area(stream, &area, NULL);
	stream_end(stream);
}

static bool scattered_pages_are_small(void)
{
	struct packed packed;
	size_t length;

	packed_begin(&packed);
	add(&packed, scene_scattered, 1, 1);
	length = packed.length;
	packed_end(&packed);
	return ends_with(&packed, 0, "") && (length <= 12u << 18 || ktap_note("%f bytes a page", length / 262144.));
}

/* Nothing but addresses differs, in so many that it is more than always allowed. */
static void scene_regular(struct stream *stream)
{
	stream_begin(stream);
	for (__u64 i = 0; i < 300000; i++) {
		struct vmaview_area area = scene_area(0x100000000 + i * 8192, 4, i % 2 ? "rw-p" : "r--p", 1);

		stream_area(stream, &area, NULL);
	}
	stream_end(stream);
}

static bool regular_areas_are_taken(void)
{
	struct packed packed;
	size_t length;

	packed_begin(&packed);
	add(&packed, scene_regular, 1, 1);
	length = packed.length;
	packed_end(&packed);
	printf("# %zu bytes of 300000 areas\n", length);
	return ends_with(&packed, 0, "");
}

/* @has is what a process has of what @wanted, all of it. */
static bool has_what(const char *what, bool has, __u64 want, __u64 wanted)
{
	if (has == ((want & wanted) == wanted))
		return true;
	return ktap_note("asked for %llx: %s %s", (unsigned long long)want, has ? "has" : "lacks", what);
}

/* A stream in which nothing is but its ends, asked for with @want. */
static bool has_what_was_asked_for(__u64 want)
{
	struct stream stream = { .length = 0 };
	struct snapshot_file file;
	struct process process;
	bool holds;

	stream_begin(&stream);
	((struct vmaview_begin *)stream.bytes)->want = want;
	stream_end(&stream);
	process_init(&process);
	holds = !snapshot_file_open_bytes(&file, stream.bytes, stream.length) &&
		!snapshot_file_read(&file, 0, &process) &&
		has_what("pages", process.has_pages, want, VMAVIEW_WANT_PAGES) &&
		has_what("names of flags", process.has_vmflags, want, VMAVIEW_WANT_VMFLAGS) &&
		has_what("runs", process.has_runs, want, VMAVIEW_WANT_RUNS) &&
		has_what("sharers", process.has_sharers, want, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS) &&
		has_what("watched areas", process.has_uffd, want, VMAVIEW_WANT_UFFD) &&
		has_what("seams", process.has_seams, want, VMAVIEW_WANT_SEAMS);
	process_free(&process);
	snapshot_file_close(&file);
	stream_free(&stream);
	return holds;
}

static bool wants_are_kept(void)
{
	for (__u64 want = 0; want <= VMAVIEW_WANT_ALL; want++)
		if (!has_what_was_asked_for(want))
			return ktap_note("want %llx", (unsigned long long)want);
	return true;
}

static const struct ktap_test tests[] = {
	{ "the moments of a series are found, and their processes", moments_are_found },
	{ "a stream says the same in a file of either format", both_formats_say_the_same },
	{ "a process has what was asked for, and nothing else", wants_are_kept },
	{ "a file that is cut is refused, wherever that is", each_cut_is_refused },
	{ "no bit that is another one goes unnoticed, unless nothing hangs on it", each_flip_is_seen },
	{ "frames that another program has packed are taken", frames_of_others_are_taken },
	{ "a frame without a checksum is refused", checksum_is_asked_for },
	{ "a frame that unpacks to more than any stream is refused", bomb_is_refused },
	{ "a frame that asks for much memory is refused", large_window_is_refused },
	{ "moments count from 1, and none is left out", moments_follow },
	{ "a stream that names no moment is refused", no_moment_is_refused },
	{ "a head says what it must, or is refused", heads_are_checked },
	{ "what zstd packed otherwise is refused", other_files_are_refused },
	{ "a host's name cannot write another line, nor anything to a terminal", names_are_made_printable },
	{ "scattered pages take 12 bytes each at most", scattered_pages_are_small },
	{ "areas as regular as can be are no bomb", regular_areas_are_taken },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
