// SPDX-License-Identifier: GPL-2.0
/* frames - FRAMES records: the frames of the runs that were asked for, in a few words. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/stream.h"
#include "lib/zoo.h"

SCENE(frames)

enum { PAGES = 6000 };

/* What `vmaview groups` asks for. */
static struct vmaview_request ask(pid_t pid, unsigned int flags)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS);

	request.flags = flags;
	request.states = 1 << VMAVIEW_STATE_PRESENT;
	request.origins = VMAVIEW_ORIGINS & ~(1 << VMAVIEW_ORIGIN_ZERO | 1 << VMAVIEW_ORIGIN_HUGE_ZERO);
	return request;
}

/* The stream, and how many bytes it has. */
static size_t read_stream(const struct vmaview_request *request, size_t piece, struct stream *stream)
{
	int fd = door_open();
	const char *wrong;
	struct bytes bytes;
	size_t length;

	if (fd < 0 || door_bind(fd, request) || slurp_fd(fd, piece, &bytes))
		die("no stream of pid %d", request->target);
	close(fd);
	wrong = stream_parse(&bytes, stream);
	if (wrong)
		die("%s", wrong);
	length = bytes.len;
	bytes_free(&bytes);
	return length;
}

/* The frames of runs, one by one, in place of the runs. */
static void expand(struct stream *stream)
{
	size_t pages = 0, at = 0;

	for (size_t i = 0; i < stream->nr_runs; i++)
		pages += (stream->run[i].end - stream->run[i].start) / PAGE;
	stream->frame = calloc(pages + 1, sizeof(*stream->frame));
	for (size_t i = 0; i < stream->nr_runs; i++) {
		const struct vmaview_run *run = &stream->run[i];

		for (size_t j = 0; j < (run->end - run->start) / PAGE; j++)
			stream->frame[at++] = (struct stream_frame){
				run->pfn + j, run->page_mapcount, !!(run->page & VMAVIEW_PAGE_PMD_SHARED),
			};
	}
	stream->nr_frames = pages;
}

static bool are_equal(const struct stream *a, const struct stream *b)
{
	if (a->nr_frames != b->nr_frames)
		return false;
	for (size_t i = 0; i < a->nr_frames; i++)
		if (a->frame[i].pfn != b->frame[i].pfn || a->frame[i].mapcount != b->frame[i].mapcount ||
		    a->frame[i].pmd_shared != b->frame[i].pmd_shared)
			return false;
	return true;
}

/* Both ways until nothing changed between: libraries are mapped by others, too, who come and go. */
static void expect_both(struct vmaview_request request, size_t piece)
{
	struct stream runs, frames;
	bool same = false;

	for (int tries = 0; tries < 20 && !same; tries++) {
		request.flags &= ~VMAVIEW_REQUEST_DENSE;
		read_stream(&request, 65536, &runs);
		expand(&runs);
		request.flags |= VMAVIEW_REQUEST_DENSE;
		read_stream(&request, piece, &frames);
		same = are_equal(&runs, &frames);
		expect_eq("runs beside frames", frames.nr_runs, 0);
		if (!same && tries == 19)
			fail("%zu frames of runs, %zu frames", runs.nr_frames, frames.nr_frames);
		stream_free(&runs);
		stream_free(&frames);
	}
}

static void expect_all(pid_t pid)
{
	expect_both(ask(pid, 0), 65536);
}

/* Frames of all kinds of memory are those of its runs. */
TEST_F(frames, zoo)
{
	zoo_start();
	zoo_each(expect_all);
}

static void expect_selected(pid_t pid)
{
	struct vmaview_request request = ask(pid, 0);

	request.origins = 1 << VMAVIEW_ORIGIN_ANON;
	request.page_any = VMAVIEW_PAGE_DIRTY | VMAVIEW_PAGE_MLOCKED;
	expect_both(request, 65536);
	request = ask(pid, 0);
	request.states = request.origins = 0;
	request.entry_mask = request.entry_value = VMAVIEW_ENTRY_WRITE;
	request.states = 1 << VMAVIEW_STATE_PRESENT;
	expect_both(request, 65536);
}

/* What is asked of runs is asked of frames. */
TEST_F(frames, selection)
{
	zoo_start();
	zoo_each(expect_selected);
}

static char *memory;

/* Frames that are scattered: pages are taken in turns for two mappings. */
static int scatter(void *arg)
{
	char *other = scene_anon(PAGES);

	(void)arg;
	for (size_t i = 0; i < PAGES; i++) {
		memory[i * PAGE] = 1;
		other[(PAGES - 1 - i) * PAGE] = 1;
	}
	child_ready();
	return 0;
}

/*
 * More frames than a record holds, and a range that cuts.  More words than a record holds, read in
 * pieces that end anywhere; the range cuts both ends.
 */
TEST_F(frames, many)
{
	struct vmaview_request request;
	struct stream stream;
	struct child child;
	size_t bytes;

	memory = scene_anon(PAGES);
	child_start(&child, scatter, NULL);
	request = ask(child.pid, VMAVIEW_REQUEST_DENSE);
	bytes = read_stream(&request, 1 << 20, &stream);
	note("%zu frames in %zu bytes", stream.nr_frames, bytes);
	stream_free(&stream);
	expect_both(ask(child.pid, 0), 1000);
	request = ask(child.pid, 0);
	request.start = (uintptr_t)memory + 7 * PAGE;
	request.end = (uintptr_t)memory + (PAGES - 3) * PAGE;
	expect_both(request, 24);
	request.flags = VMAVIEW_REQUEST_DENSE;
	read_stream(&request, 65536, &stream);
	expect_eq("frames of the range", stream.nr_frames, PAGES - 10);
	stream_free(&stream);
	child_kill(&child);
}

/* Sums are of whole areas, frames of the range only: what it leaves of a table is walked for the sums alone. */
TEST_F(frames, beside_sums)
{
	struct vmaview_request request = ask(getpid(), VMAVIEW_REQUEST_DENSE);
	struct area_list smaps;
	struct stream stream;
	struct area *area;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	request.want |= VMAVIEW_WANT_PAGES;
	request.start = (uintptr_t)memory + 7 * PAGE;
	request.end = (uintptr_t)memory + (PAGES - 3) * PAGE;
	read_stream(&request, 65536, &stream);
	expect_eq("frames of the range", stream.nr_frames, PAGES - 10);
	for (size_t i = 0; i < stream.nr_frames; i++)
		expect_eq("frame", stream.frame[i].pfn, PAGEMAP_PFN(proc_page(memory + (i + 7) * PAGE)));
	expect_eq("areas", stream.areas.nr, 1);
	door_smaps(getpid(), &smaps);
	area = area_list_find(&smaps, (uintptr_t)memory);
	if (area && stream.areas.nr == 1)
		expect_eq("rss of the area", stream.areas.area[0].value[RSS], area->value[RSS]);
	else
		fail("no area at %p", memory);
	area_list_free(&smaps);
	stream_free(&stream);
}

/* Frames are those of pagemap.  Frame and mapcount of each page, beside what /proc says of it. */
TEST_F(frames, beside_proc)
{
	struct vmaview_request request;
	struct stream stream;

	scene_hugetlb(2);
	memory = scene_anon(64);
	scene_write(memory, 40);
	scene_read(memory + 40 * PAGE, 4);
	request = ask(getpid(), VMAVIEW_REQUEST_DENSE);
	request.start = (uintptr_t)memory;
	request.end = (uintptr_t)memory + 64 * PAGE;
	read_stream(&request, 65536, &stream);
	expect_eq("frames", stream.nr_frames, 40);
	for (size_t i = 0; i < stream.nr_frames; i++) {
		expect_eq("frame", stream.frame[i].pfn, PAGEMAP_PFN(proc_page(memory + i * PAGE)));
		expect_eq("mapcount", stream.frame[i].mapcount, 1);
	}
	stream_free(&stream);
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	memory[0] = 1;
	request.start = (uintptr_t)memory;
	request.end = (uintptr_t)memory + HUGE;
	read_stream(&request, 65536, &stream);
	expect_eq("frames of a huge page", stream.nr_frames, HUGE / PAGE);
	for (size_t i = 0; i < stream.nr_frames; i++)
		expect_eq("frame", stream.frame[i].pfn, PAGEMAP_PFN(proc_page(memory)) + i);
	stream_free(&stream);
}

/* A frame is mapped more often than a word can say. */
TEST_F(frames, often)
{
	enum { TIMES = 4200 };
	int fd = scene_memfd(1, 0);
	struct vmaview_request request = ask(getpid(), VMAVIEW_REQUEST_DENSE);
	struct stream stream;
	char *first = NULL;

	for (int i = 0; i < TIMES; i++) {
		char *addr = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);

		if (addr == MAP_FAILED)
			die("cannot map it so often");
		scene_read(addr, 1);
		if (!first)
			first = addr;
	}
	request.start = (uintptr_t)first;
	request.end = (uintptr_t)first + PAGE;
	read_stream(&request, 65536, &stream);
	expect_eq("frames", stream.nr_frames, 1);
	if (stream.nr_frames == 1)
		expect_eq("mapcount", stream.frame[0].mapcount, TIMES);
	stream_free(&stream);
}

SCENE_MAIN
