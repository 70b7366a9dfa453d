// SPDX-License-Identifier: GPL-2.0
/* pins - what holds pages beyond the page tables: io_uring, pipes, mlock. */
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(pins)

/* GUP_PIN_COUNTING_BIAS of include/linux/mm.h: what a pin of a small page adds to its refcount. */
enum { PIN_BIAS = 1024 };
enum { PAGES = 16, HELD = 6 };

static struct io_uring ring;

static void pin(void *addr, size_t len)
{
	struct iovec vector = { .iov_base = addr, .iov_len = len };
	int ret = io_uring_queue_init(2, &ring, 0);

	if (ret)
		skip("no io_uring: %s", strerrorname_np(-ret));
	ret = io_uring_register_buffers(&ring, &vector, 1);
	if (ret)
		die("io_uring_register_buffers: %s", strerrorname_np(-ret));
}

static char *make_memory(void)
{
	char *memory = scene_anon(PAGES);

	scene_write(memory, PAGES);
	scene_drain();
	return memory;
}

/* Buffers registered with io_uring are pinned, to the page. */
TEST_F(pins, registered_buffer)
{
	struct want want = want_anon(PAGES, PAGES);
	char *memory = make_memory();

	pin(memory, HELD * PAGE);
	scene_drain();
	want.v[MAYBE_PINNED] = want.v[RECLAIM_NEVER] = HELD * 4;
	want.v[RECLAIM_SWAP] = (PAGES - HELD) * 4;
	want.v[EXTRA_REFS] = HELD;
	want.v[REFCOUNT_MAX] = 1 + PIN_BIAS;
	look_here("registered", memory, &want);
	if (io_uring_unregister_buffers(&ring))
		die("io_uring_unregister_buffers failed");
	scene_drain();
	want = want_anon(PAGES, PAGES);
	look_here("unregistered", memory, &want);
}

/* A registered page pins the huge page it is in. */
TEST_F(pins, registered_huge_page)
{
	struct want want = want_anon(HUGE / PAGE, HUGE / PAGE);
	char *memory;

	scene_thp();
	memory = scene_huge_page();
	pin(memory, PAGE);
	scene_drain();
	want.v[ANON_HUGE] = want.v[MAYBE_PINNED] = want.v[RECLAIM_NEVER] = HUGE / 1024;
	want.v[RECLAIM_SWAP] = 0;
	want.v[EXTRA_REFS] = HUGE / PAGE;	/* all pages of the folio that is held */
	want.v[REFCOUNT_MAX] = 2;
	want.v[LEAVES_2M] = 1;
	want.v[LEAVES_4K] = 0;
	want.v[TABLES] -= 4;
	look_here("one page of a huge one registered", memory, &want);
}

/*
 * A registered page of hugetlbfs has one extra reference.  The page cache's own references must be
 * right, or the pin's one is lost among them.
 */
TEST_F(pins, registered_hugetlb_page)
{
	struct area area;
	char *memory;
	int fd;

	scene_hugetlb(1);
	fd = memfd_create("hugetlb", MFD_HUGETLB);
	if (fd < 0 || ftruncate(fd, HUGE))
		skip("no memfd of huge pages: %s", strerrorname_np(errno));
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	memory[0] = 1;
	look(getpid(), memory, &area);
	expect_eq("Extra_Refs", area.value[EXTRA_REFS], 0);
	pin(memory, PAGE);
	look(getpid(), memory, &area);
	expect_eq("Extra_Refs, registered", area.value[EXTRA_REFS], HUGE / PAGE);
	expect_eq("Maybe_Pinned, registered", area.value[MAYBE_PINNED], HUGE / 1024);
}

/* Pages in a pipe have one extra reference each. */
TEST_F(pins, spliced)
{
	struct want want = want_anon(PAGES, PAGES);
	char *memory = make_memory();
	struct iovec vector = { .iov_base = memory, .iov_len = HELD * PAGE };
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != HELD * (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	scene_drain();
	want.v[EXTRA_REFS] = HELD;
	want.v[REFCOUNT_MAX] = 2;
	look_here("in a pipe", memory, &want);
	close(ends[0]);
	close(ends[1]);
	want = want_anon(PAGES, PAGES);
	look_here("pipe closed", memory, &want);
}

static struct want want_locked(unsigned int locked)
{
	struct want want = want_anon(PAGES, locked);

	want.v[LOCKED] = want.v[MLOCKED] = want.v[UNEVICTABLE] = want.v[RECLAIM_NEVER] = locked * 4;
	want.v[RECLAIM_SWAP] = 0;
	return want;
}

static void expect_flag(const char *addr, const char *word, bool there)
{
	struct area area;
	char padded[1024], wanted[32];

	look(getpid(), addr, &area);
	snprintf(padded, sizeof(padded), " %s ", area.flags);
	snprintf(wanted, sizeof(wanted), " %s ", word);
	if (!strstr(padded, wanted) == there)
		fail("Flags: expected %s\"%s\", got \"%s\"", there ? "" : "no ", word, area.flags);
}

/* mlock locks every page and munlock lets go. */
TEST_F(pins, locked)
{
	struct want want = want_locked(PAGES);
	char *memory = scene_anon(PAGES);

	if (mlock(memory, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_write(memory, PAGES);
	scene_drain();
	look_here("locked", memory, &want);
	expect_flag(memory, "locked", true);
	munlock(memory, PAGES * PAGE);
	scene_drain();
	want = want_anon(PAGES, PAGES);
	look_here("unlocked", memory, &want);
	expect_flag(memory, "locked", false);
}

/* mlock of a part splits the area. */
TEST_F(pins, locked_in_part)
{
	struct want want = want_locked(HELD);
	char *memory = make_memory();

	mlock(memory, HELD * PAGE);
	scene_drain();
	want.v[SIZE] = HELD * 4;
	want.v[ABSENT_NONE] = 0;
	look_here("locked part", memory, &want);
	want = want_anon(PAGES - HELD, PAGES - HELD);
	look_here("the rest", memory + HELD * PAGE, &want);
}

/* Mlock2 with MLOCK_ONFAULT locks what was touched. */
TEST_F(pins, locked_on_fault)
{
	struct want want = want_locked(HELD);
	char *memory = scene_anon(PAGES);

	if (mlock2(memory, PAGES * PAGE, MLOCK_ONFAULT))
		die("mlock2: %s", strerror(errno));
	scene_write(memory, HELD);
	scene_drain();
	look_here("locked on fault", memory, &want);
	expect_flag(memory, "lockonfault", true);
}

SCENE_MAIN
