// SPDX-License-Identifier: GPL-2.0
/* reads - how a stream and a text are read, and what a stream carries. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(reads)

static int device(void)
{
	int fd = door_open();

	if (fd < 0)
		die("%s: %s", VMAVIEW_DEVICE, strerrorname_np(-fd));
	return fd;
}

static struct vmaview_request good(void)
{
	return door_request(getpid(), VMAVIEW_WANT_ALL);
}

/* A stream cannot seek. */
TEST_F(reads, no_seeking)
{
	struct vmaview_request request = good();
	char byte;
	int fd = device();

	door_bind(fd, &request);
	expect_errno("lseek", lseek(fd, 0, SEEK_SET), ESPIPE);
	expect_errno("pread", pread(fd, &byte, 1, 0), ESPIPE);
}

/* Areas without pages, so that nobody else changes their text, and of more than one buffer of it. */
static int many_areas(void *unused)
{
	char *memory = scene_map(200 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	(void)unused;
	for (int i = 0; i < 200; i += 2)
		if (mprotect(memory + i * PAGE, PAGE, PROT_READ))
			return 1;
	child_ready();
	return 0;
}

static void whole_text(int fd, struct bytes *bytes)
{
	if (lseek(fd, 0, SEEK_SET) || slurp_fd(dup(fd), 1 << 20, bytes))
		die("areas cannot be read again");
}

/* @len bytes from @at on are those of the whole, by a seek and by pread(), backwards and forwards. */
static void expect_part(int fd, const struct bytes *whole, size_t at, size_t len)
{
	size_t want = at > whole->len ? 0 : len < whole->len - at ? len : whole->len - at;
	char part[4096];

	expect_eq("lseek", lseek(fd, at, SEEK_SET), at);
	expect_eq("bytes read", read(fd, part, len), want);
	if (want && memcmp(part, whole->data + at, want))
		fail("%zu bytes at %zu differ", want, at);
	expect_eq("where it is then", lseek(fd, 0, SEEK_CUR), at + want);
	expect_eq("bytes of pread", pread(fd, part, len, at), want);
	if (want && memcmp(part, whole->data + at, want))
		fail("%zu bytes of pread at %zu differ", want, at);
}

/* Text seeks as files of /proc do. */
TEST_F(reads, text_seeks)
{
	static const size_t places[] = { 0, 1, 30000, 5, 60000, 59999, 4096, 1 << 20, 77 };
	struct bytes whole, again;
	struct child child;
	int fd;

	child_start(&child, many_areas, NULL);
	fd = door_opened(child.pid);
	whole_text(fd, &whole);
	whole_text(fd, &again);
	for (int i = 0; i < 5 && (whole.len != again.len || memcmp(whole.data, again.data, whole.len)); i++) {
		bytes_free(&whole);
		whole = again;
		whole_text(fd, &again);
	}
	expect_eq("it is long", whole.len > 65000, true);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		expect_part(fd, &whole, places[i], 4000);
	expect_errno("before the beginning", lseek(fd, -1, SEEK_SET), EINVAL);
	expect_errno("from the end", lseek(fd, 0, SEEK_END), EINVAL);
	bytes_free(&whole);
	bytes_free(&again);
	child_kill(&child);
}

/* Sums begin again, too.  The sums of a text that is begun again are not those of two. */
TEST_F(reads, sums_again)
{
	char first[64] = "", second[64] = "";
	struct child child;
	char path[80];
	int fd;

	child_start(&child, many_areas, NULL);
	door_attach(child.pid);
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/summary", child.pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	expect_eq("a part", pread(fd, first, 40, 0), 40);
	expect_eq("the same part", pread(fd, second, 40, 0), 40);
	expect_str("sums", second, first);
	child_kill(&child);
}

/* What was asked for may be read by whoever is given the file; what is read anew is asked for again. */
static int read_as_nobody(void *arg)
{
	int fd = *(int *)arg;
	char part[40];

	if (setuid(65534))
		die("setuid: %s", strerror(errno));
	expect_eq("going on", read(fd, part, sizeof(part)), sizeof(part));
	expect_errno("again from the beginning", pread(fd, part, sizeof(part), 0), EPERM);
	expect_eq("going on after that", read(fd, part, sizeof(part)), sizeof(part));
	return failed();
}

/* Who may not ask reads on, and does not begin again. */
TEST_F(reads, begun_by_nobody)
{
	struct child child;
	char part[40];
	int fd;

	fd = door_opened(getpid());
	expect_eq("a part", read(fd, part, sizeof(part)), sizeof(part));
	child_start(&child, read_as_nobody, &fd);
	expect_eq("the child's status", child_end(&child), 0);
}

/* Head has nothing to complain of.  head(1) seeks back to the end of the last line that it has printed. */
TEST_F(reads, head_is_silent)
{
	struct command command = { .program = "/bin/sh", .drop = -1 };
	char *argv[] = { "sh", "-c", "cd " VMAVIEW_DEBUGFS " && for file in self/areas self/pages self/summary "
		"self/layout "
			 "self/tables vmflags stats; do head -n 3 $file; done | wc -l", NULL };
	struct command_result result;

	command_run(&command, argv, &result);
	expect_str("stderr", result.err.data, "");
	expect_str("lines", result.out.data, "21\n");
	command_free(&result);
}

/* All of it in reads of @chunk bytes, but for what differs between any two: the time, and the receipt. */
static void read_stream(int fd, const struct vmaview_request *request, size_t chunk, struct bytes *bytes)
{
	struct vmaview_begin *begin;
	struct stream stream;
	const char *wrong;

	if (door_bind(fd, request) || slurp_fd(fd, chunk, bytes))
		die("reads of %zu bytes failed", chunk);
	wrong = stream_parse(bytes, &stream);
	if (wrong)
		die("reads of %zu bytes: %s", chunk, wrong);
	begin = (struct vmaview_begin *)bytes->data;
	begin->time = 0;
	memset(bytes->data + bytes->len - sizeof(stream.end), 0, sizeof(stream.end));
	stream_free(&stream);
}

/* Where they differ; the end of the longer one where they do not. */
static size_t difference(const struct bytes *a, const struct bytes *b)
{
	size_t at = 0;

	while (at < a->len && at < b->len && a->data[at] == b->data[at])
		at++;
	return at;
}

/*
 * What a read of a standing target gives must not depend on how it is read.  But others map its
 * libraries, and count as users of their pages; one that ends changes that in between, though not again
 * and again.
 */
static void expect_same(int fd, const struct vmaview_request *request, size_t chunk)
{
	struct bytes whole, pieces;
	size_t at = 0;

	for (int i = 0; i < 5; i++) {
		read_stream(fd, request, 1 << 20, &whole);
		read_stream(fd, request, chunk, &pieces);
		at = difference(&whole, &pieces);
		if (at == whole.len && at == pieces.len)
			break;
		if (i == 4)
			fail("reads of %zu bytes: byte %zu of %zu differs, expected %d, got %d", chunk, at,
			     whole.len, whole.data[at], pieces.data[at]);
		bytes_free(&whole);
		bytes_free(&pieces);
	}
}

/* Reads of any size give the same bytes. */
TEST_F(reads, small_reads)
{
	static const size_t chunks[] = { 1, 7, 8, 100, 4096 };
	struct vmaview_request request;
	struct child child;
	int fd = device();

	child_start_program(&child);
	scene_drain();
	/* Who else maps its libraries may come and go. */
	request = door_request(child.pid, VMAVIEW_WANT_ALL & ~VMAVIEW_WANT_SHARERS);
	for (size_t i = 0; i < ARRAY_SIZE(chunks) && !failed(); i++)
		expect_same(fd, &request, chunks[i]);
	child_kill(&child);
}

/* Reads of any size give the same text. */
TEST_F(reads, small_text_reads)
{
	struct child child;
	struct bytes first, second;
	bool same = false;
	char path[80];

	child_start_program(&child);
	scene_drain();
	door_attach(child.pid);
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", child.pid);
	for (int i = 0; i < 5 && !same; i++) {
		if (slurp_fd(open(path, O_RDONLY | O_CLOEXEC), 1, &first) ||
		    slurp_fd(open(path, O_RDONLY | O_CLOEXEC), 1 << 20, &second))
			die("reading areas failed");
		same = first.len == second.len && !memcmp(first.data, second.data, first.len);
		bytes_free(&first);
		bytes_free(&second);
	}
	if (!same)
		fail("reads of one byte give other text");
	child_kill(&child);
}

/* Reads to bad buffers are EFAULT. */
TEST_F(reads, bad_buffers)
{
	struct vmaview_request request = good();
	char page[1];
	int fd = device();

	door_bind(fd, &request);
	expect_errno("read to nowhere", read(fd, nowhere, 4096), EFAULT);
	expect_errno("read of nothing", read(fd, page, 0), 0);
	fd = open(VMAVIEW_DEBUGFS "/self/areas", O_RDONLY);
	expect_errno("read of text to nowhere", read(fd, nowhere, 4096), EFAULT);
}

/* Binding again starts over. */
TEST_F(reads, rebind)
{
	struct vmaview_request request = good();
	struct stream stream;
	struct bytes bytes;
	char some[100];
	const char *wrong;
	int fd = device();

	for (int i = 0; i < 3; i++) {
		if (door_bind(fd, &request) || read(fd, some, sizeof(some)) != sizeof(some))
			die("bind and read: %s", strerror(errno));
	}
	door_bind(fd, &request);
	if (slurp_fd(fd, 512, &bytes))
		die("read: %s", strerror(errno));
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		fail("after binding again in the middle: %s", wrong);
	expect_errno("read after END", read(fd, some, 1), 0);
}

/* A range gives the whole areas that it touches. */
TEST_F(reads, range)
{
	char *middle = scene_anon(4);
	struct vmaview_request request = good();
	struct stream stream;
	struct bytes bytes;
	const char *wrong;
	int fd = device();

	mprotect(middle + PAGE, PAGE, PROT_READ);
	request.start = (uintptr_t)middle + PAGE - 1;
	request.end = (uintptr_t)middle + PAGE + 1;
	if (door_bind(fd, &request))
		die("a range is refused");
	if (slurp_fd(fd, 512, &bytes))
		die("read: %s", strerror(errno));
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	expect_eq("areas that the range touches", stream.areas.nr, 2);
	expect_eq("the first is whole", stream.areas.area[0].start, (uintptr_t)middle);
	expect_eq("the last is whole", stream.areas.area[1].end, (uintptr_t)middle + 2 * PAGE);
	expect_eq("range_start", stream.begin.range_start, request.start);
	expect_eq("range_end", stream.begin.range_end, request.end);
}

/* A stream carries what was wanted. */
TEST_F(reads, wants)
{
	for (unsigned int want = 1; want <= VMAVIEW_WANT_ALL; want++) {
		struct stream stream;

		door_stream(getpid(), want, &stream);
		expect_eq("begin.want", stream.begin.want, want);
		expect_eq("has MM", stream.has_mm, !!(want & VMAVIEW_WANT_MM));
		expect_eq("has VMFLAG", stream.nr_vmflags > 0, !!(want & VMAVIEW_WANT_VMFLAGS));
		expect_eq("has RUN", stream.nr_runs > 0, !!(want & VMAVIEW_WANT_RUNS));
		if (want != VMAVIEW_WANT_PAGES)
			expect_eq("has AREA", stream.areas.nr > 0, !!(want & VMAVIEW_WANT_AREAS));
		stream_free(&stream);
	}
}

SCENE_MAIN
