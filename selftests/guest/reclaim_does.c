// SPDX-License-Identifier: GPL-2.0
/*
 * reclaim_does - each page is taken, or is not, as the module says beforehand, of every kind of memory: by
 * MADV_PAGEOUT, which takes what only this process maps, and by memory.reclaim of a cgroup.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/door.h"
#include "lib/kinds.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"

#define GROUP "/sys/fs/cgroup/vmaview-reclaim"
enum { MAX_PAGES = 1024, TRIES = 40, TRIES_IN_VAIN = 3 };

/* Beside enum vmaview_reclaim: whether it goes is up to who holds it. */
enum { HELD = 100 };

/* By advice. */
FIXTURE(paged_out) { };
FIXTURE_VARIANT(paged_out) {
	const struct kind *kind;
};
#define PAGED_OUT_VARIANT(id) FIXTURE_VARIANT_ADD(paged_out, id) { .kind = &kind_##id };
KINDS_PAGED_OUT(PAGED_OUT_VARIANT)
SCENE_FIXTURE(paged_out)

/* By a memory cgroup. */
FIXTURE(reclaimed) { };
FIXTURE_VARIANT(reclaimed) {
	const struct kind *kind;
};
#define RECLAIMED_VARIANT(id) FIXTURE_VARIANT_ADD(reclaimed, id) { .kind = &kind_##id };
KINDS_PAGED_OUT(RECLAIMED_VARIANT)
KINDS_RECLAIMED(RECLAIMED_VARIANT)
SCENE_FIXTURE(reclaimed)

static const struct kind *kind;
static char *memory;
static size_t pages;

static unsigned char said_of(const struct vmaview_run *run)
{
	if (run->state != VMAVIEW_STATE_PRESENT)
		return VMAVIEW_RECLAIM_NOT;
	if (run->page & VMAVIEW_PAGE_EXTRA_REFS && !(run->page & VMAVIEW_PAGE_MAYBE_LRU_BATCH) &&
	    run->reclaim != VMAVIEW_RECLAIM_NEVER)
		return HELD;
	return run->reclaim;
}

/* What the module says of each page; VMAVIEW_RECLAIM_NOT where nothing is mapped. */
static void predict(unsigned char *how)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS);
	struct stream stream;
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	request.start = (uintptr_t)memory;
	request.end = request.start + pages * PAGE;
	if (fd < 0 || door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
		die("the device cannot be read");
	close(fd);
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("stream: %s", wrong);
	memset(how, VMAVIEW_RECLAIM_NOT, pages);
	for (size_t i = 0; i < stream.nr_runs; i++)
		for (uint64_t at = stream.run[i].start; at < stream.run[i].end; at += PAGE)
			how[(at - request.start) / PAGE] = said_of(&stream.run[i]);
	stream_free(&stream);
	bytes_free(&bytes);
}

/* Mapped, or in a cache. */
static void look_in_memory(unsigned char *there)
{
	unsigned char mapped[MAX_PAGES];

	predict(mapped);
	memset(there, 0, pages);
	if (!(kind->facts & KIND_UNSEEN) && mincore(memory, pages * PAGE, there))
		die("mincore: %s", strerror(errno));
	for (size_t i = 0; i < pages; i++)
		there[i] = (there[i] & 1) || mapped[i] != VMAVIEW_RECLAIM_NOT;
}

static size_t count(const unsigned char *how, unsigned char what)
{
	size_t nr = 0;

	for (size_t i = 0; i < pages; i++)
		nr += how[i] == what;
	return nr;
}

static bool goes(unsigned char how)
{
	return how == VMAVIEW_RECLAIM_DROP || how == VMAVIEW_RECLAIM_SWAP;
}

/* How many pages that go are still there. */
static size_t count_left(const unsigned char *how)
{
	unsigned char there[MAX_PAGES];
	size_t nr = 0;

	look_in_memory(there);
	for (size_t i = 0; i < pages; i++)
		nr += goes(how[i]) && there[i];
	return nr;
}

/* The kernel is told so until all is gone that should be, and some more for what should stay. */
static void take(const unsigned char *how, void (*tell)(void))
{
	for (int i = 0; i < TRIES && (i < TRIES_IN_VAIN || count_left(how)); i++) {
		scene_drain();
		tell();
	}
}

static void compare(const char *what, const unsigned char *how)
{
	unsigned char there[MAX_PAGES];
	size_t left = 0, lost = 0;

	look_in_memory(there);
	for (size_t i = 0; i < pages; i++) {
		left += goes(how[i]) && there[i];
		lost += how[i] == VMAVIEW_RECLAIM_NEVER && !there[i];
	}
	note("%s, %s: %zu dropped, %zu swapped, %zu to be written, %zu never", kind->name, what,
	     count(how, VMAVIEW_RECLAIM_DROP), count(how, VMAVIEW_RECLAIM_SWAP),
	     count(how, VMAVIEW_RECLAIM_WRITE), count(how, VMAVIEW_RECLAIM_NEVER));
	if (left || lost)
		fail("%zu pages stay that should go, %zu go that should stay", left, lost);
}

/* What is to be written goes once it is; advice finds it where it is mapped, and so it is mapped again. */
static void compare_written(unsigned char *how, void (*tell)(void))
{
	if (!count(how, VMAVIEW_RECLAIM_WRITE))
		return;
	if (msync(memory, pages * PAGE, MS_SYNC))
		die("msync: %s", strerror(errno));
	for (size_t i = 0; i < pages; i++)
		how[i] = how[i] == VMAVIEW_RECLAIM_WRITE ? VMAVIEW_RECLAIM_DROP : how[i];
	scene_read(memory, pages);
	take(how, tell);
	compare("written", how);
}

static void predict_and_do(void (*tell)(void))
{
	unsigned char how[MAX_PAGES];

	predict(how);
	if (pages > MAX_PAGES)
		die("%zu pages are too many", pages);
	if (count(how, VMAVIEW_RECLAIM_NOT) == pages)
		die("none of it is memory that could be taken");
	if (count(how, HELD) && !(kind->facts & KIND_HELD))
		fail("%zu pages are held, by whom?", count(how, HELD));
	take(how, tell);
	compare("as it is", how);
	compare_written(how, tell);
}

static void make(void)
{
	memory = NULL;
	if (kind_may_be_here(kind))
		memory = kind->make(&pages);
	if (!memory)
		skip("%s", kind_reason);
	scene_drain();
}

static void page_out(void)
{
	if (!madvise(memory, pages * PAGE, MADV_PAGEOUT))
		return;
	if (errno == EINVAL)
		skip("such an area takes no advice");
	die("MADV_PAGEOUT: %s", strerror(errno));
}

TEST_F(paged_out, as_said)
{
	kind = variant->kind;
	kind_swap_on();
	make();
	predict_and_do(page_out);
}

static void end_group(void)
{
	rmdir(GROUP);
}

static void reclaim(void)
{
	setting_put(GROUP "/memory.reclaim", "64M");	/* that much is not there: it always says EAGAIN */
}

TEST_F(reclaimed, as_said)
{
	kind = variant->kind;
	setting_put("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	if ((mkdir(GROUP, 0755) && errno != EEXIST) || access(GROUP "/memory.reclaim", W_OK))
		skip("no memory cgroup that reclaims on demand");
	setting_undo(end_group);
	if (!setting_put(GROUP "/cgroup.procs", "0"))
		die("the cgroup is not to be entered");
	kind_swap_on();
	make();
	predict_and_do(reclaim);
}

SCENE_MAIN
