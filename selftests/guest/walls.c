// SPDX-License-Identifier: GPL-2.0
/* walls - where memory ends, pools, mounts and rings: what explain says an access does, and what it does. */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/access.h"
#include "lib/child.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/uffd.h"
#include "lib/verdict.h"

SCENE(walls)

#define RW (PROT_READ | PROT_WRITE)
#define MINE (MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB)
#define OURS (MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB)
#define MOUNT "/tmp/vmaview-walls"

static void expect_why(const char *what, const void *addr, enum vmaview_access access, enum vmaview_why why)
{
	struct vmaview_explain answer;

	verdict_ask(addr, &answer);
	expect_eq(what, answer.why[access], why);
}

/* A file system that goes with the test. */
static void mount_here(const char *type, const char *options)
{
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("no mounts of its own: %s", strerror(errno));
	mkdir(MOUNT, 0755);
	if (mount("none", MOUNT, type, 0, options))
		skip("no %s with %s: %s", type, options, strerrorname_np(errno));
}

static int make_file(const char *name, off_t size)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), MOUNT "/%s", name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0 || ftruncate(fd, size))
		die("%s: %s", path, strerror(errno));
	return fd;
}

/* Until there is no room: how many pages. */
static size_t write_until_full(int fd, off_t from)
{
	static const char page[PAGE] = "full";
	size_t nr = 0;

	while (pwrite(fd, page, PAGE, from + nr * PAGE) == (ssize_t)PAGE)
		nr++;
	if (errno != ENOSPC)
		die("filling a mount: %s", strerror(errno));
	return nr;
}

/*
 * Huge pages that are promised to others do as said.  All that is free is promised to a mapping of
 * others, as long as that is there.
 */
TEST_F(walls, promised_to_others)
{
	char *others, *ours;

	scene_hugetlb(4);
	access_init();
	others = scene_map(4 * HUGE, RW, OURS, -1);
	ours = scene_map(4 * HUGE, RW, MINE | MAP_NORESERVE, -1);
	verdict_prove_place("each free page is promised to others", ours, 4, HUGE);
	expect_why("why", ours, VMAVIEW_READ, VMAVIEW_WHY_POOL_EMPTY);
	verdict_prove_place("to those who have the promise", others, 2, HUGE);
	verdict_prove_place("and still to them alone", ours, 4, HUGE);
	munmap(others, 4 * HUGE);
	verdict_prove_place("the promise is gone", ours, 4, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(BUS_ERROR));
}

/*
 * A hole in a hugetlb file does as said.  Of a shared mapping a promise goes with the page that a hole
 * was made of.
 */
TEST_F(walls, hole)
{
	char *ours, *others;
	int fd;

	scene_hugetlb(2);
	access_init();
	fd = scene_memfd(2 * HUGE / PAGE, MFD_HUGETLB);
	ours = scene_map(2 * HUGE, RW, MAP_SHARED, fd);
	scene_write(ours, 1);
	scene_write(ours + HUGE, 1);
	others = scene_map(HUGE, RW, MINE | MAP_NORESERVE, -1);
	if (fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, HUGE))
		die("a hole in hugetlb: %s", strerror(errno));
	verdict_prove_place("the page of a hole", others, 1, HUGE);
	verdict_prove_place("a hole, and what is beside it", ours, 2, HUGE);
	munmap(others, HUGE);
	verdict_prove_place("the page is free again", ours, 2, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(BUS_ERROR));
}

/*
 * Huge pages that were given back do as said.  What was used up and given back may be promised still,
 * which kernels see differently.
 */
TEST_F(walls, given_back)
{
	char *mine, *others;

	scene_hugetlb(2);
	access_init();
	mine = scene_map(2 * HUGE, RW, MINE, -1);
	others = scene_map(2 * HUGE, RW, MINE | MAP_NORESERVE, -1);
	scene_write(mine, 1);
	madvise(mine, HUGE, MADV_DONTNEED);
	verdict_prove_place("a page that was given back, to others", others, 2, HUGE);
	verdict_prove_place("a page that was given back", mine, 2, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL));
}

enum { REGIONS = 256 };	/* of a file are looked through for a promise */

/* A reservation for every second page of a file, which stays with the file. */
static char *promise_every_second(size_t nr)
{
	int fd = scene_memfd(2 * nr * HUGE / PAGE, MFD_HUGETLB);

	for (size_t i = 0; i < nr; i++) {
		void *memory = mmap(NULL, HUGE, RW, MAP_SHARED, fd, 2 * i * HUGE);

		if (memory == MAP_FAILED)
			die("no huge page to promise: %s", strerror(errno));
		munmap(memory, HUGE);
	}
	return scene_map(2 * nr * HUGE, RW, MAP_SHARED | MAP_NORESERVE, fd);
}

/*
 * Huge pages that are promised in very many places do as said.  As far as is looked, what is found is
 * right; beyond, nothing is claimed.
 */
TEST_F(walls, many_promises)
{
	char *ours, *last;

	scene_hugetlb(REGIONS + 1);
	access_init();
	ours = promise_every_second(REGIONS + 1);
	last = ours + 2 * REGIONS * HUGE;
	expect_why("why before the last", last - HUGE, VMAVIEW_READ, VMAVIEW_WHY_POOL_UNSURE);
	expect_why("why at the last", last, VMAVIEW_READ, VMAVIEW_WHY_POOL_UNSURE);
	verdict_prove_place("the first of many promises", ours, 2, HUGE);
	verdict_prove_place("the last that is looked for", last - 3 * HUGE, 2, HUGE);
	verdict_prove_place("those beyond", last - HUGE, 3, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(BUS_ERROR) | VERDICT(HANDLER));
}

struct family {
	char *memory;
	bool taken;		/* the child is to find that pages were taken away */
};

static int in_the_child(void *arg)
{
	struct family *family = arg;
	char *memory = family->memory;

	child_ready();
	access_init();
	if (family->taken) {
		expect_why("why", memory, VMAVIEW_READ, VMAVIEW_WHY_TAKEN_AWAY);
		expect_why("why where nothing was", memory + 2 * HUGE, VMAVIEW_WRITE, VMAVIEW_WHY_TAKEN_AWAY);
	}
	verdict_prove("a page of before, written by a child", memory + HUGE, VMAVIEW_WRITE);
	verdict_prove("a page of before, read by a child", memory + HUGE, VMAVIEW_READ);
	verdict_prove_place("a child of who has the promise", memory, 4, HUGE);
	verdict_expect(VERDICT(BUS_ERROR));
	return failed();
}

/* Some huge pages, of which the first two are there. */
static char *two_pages(size_t nr, int flags)
{
	char *memory;

	scene_hugetlb(nr);
	memory = scene_map(nr * HUGE, RW, MINE | flags, -1);
	scene_write(memory, 1);
	scene_write(memory + HUGE, 1);
	return memory;
}

/*
 * A child of who reserved huge pages does as said.  What was promised of the pool is no promise to the
 * child.
 */
TEST_F(walls, a_child)
{
	struct family family = { .memory = two_pages(4, 0), .taken = false };
	struct child child;

	child_start(&child, in_the_child, &family);
	expect_eq("status of the child", child_end(&child), 0);
}

/* Huge pages that are taken from a child do as said. */
TEST_F(walls, taken_back)
{
	char *memory = two_pages(4, 0);
	struct family family = { .memory = memory, .taken = true };
	struct child child;

	access_init();
	child_start(&child, in_the_child, &family);
	expect_why("why", memory, VMAVIEW_WRITE, VMAVIEW_WHY_TAKEN_BACK);
	verdict_prove("a page that a child shares, by its owner", memory, VMAVIEW_WRITE);
	expect_eq("status of the child", child_end(&child), 0);
	verdict_prove_place("the owner's", memory, 4, HUGE);
	verdict_expect(VERDICT(REUSE) | VERDICT(OK) | VERDICT(ZERO_FILL));
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * Huge pages that nobody reserved do as said after fork.  Nobody has a promise, so nobody takes a page
 * away.
 */
TEST_F(walls, no_owner)
{
	char *memory = two_pages(2, MAP_NORESERVE);
	struct child child;

	access_init();
	child_start(&child, wait_there, NULL);
	verdict_prove_place("a copy that there is no page for", memory, 2, HUGE);
	child_end(&child);
	verdict_prove_place("none is needed any more", memory, 2, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(REUSE) | VERDICT(BUS_ERROR));
}

/*
 * Copies of huge pages of a file do as said.  Pages of a file that are mapped privately: their copies
 * are from the same pool.
 */
TEST_F(walls, copies_of_a_file)
{
	char *common, *kept, *loose;
	int fd;

	scene_hugetlb(4);
	access_init();
	fd = scene_memfd(2 * HUGE / PAGE, MFD_HUGETLB);
	common = scene_map(2 * HUGE, RW, MAP_SHARED, fd);
	scene_write(common, 1);
	scene_write(common + HUGE, 1);
	kept = scene_map(2 * HUGE, RW, MAP_PRIVATE, fd);
	loose = scene_map(2 * HUGE, RW, MAP_PRIVATE | MAP_NORESERVE, fd);
	scene_read(loose, 1);
	verdict_prove_place("copies without a promise", loose, 2, HUGE);
	scene_read(kept, 1);
	verdict_prove_place("copies with a promise", kept, 2, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(MAP_FILE) | VERDICT(COPY) | VERDICT(BUS_ERROR));
}

/* A hugetlbfs at its size does as said. */
TEST_F(walls, hugetlbfs_size)
{
	char *ours, *mine;
	int fd;

	scene_hugetlb(8);
	access_init();
	mount_here("hugetlbfs", "pagesize=2M,size=4M");
	fd = make_file("file", 4 * HUGE);
	ours = scene_map(4 * HUGE, RW, MAP_SHARED | MAP_NORESERVE, fd);
	mine = scene_map(4 * HUGE, RW, MAP_PRIVATE | MAP_NORESERVE, fd);
	verdict_prove_place("a hugetlbfs with a limit", ours, 4, HUGE);
	expect_why("why", ours + 3 * HUGE, VMAVIEW_READ, VMAVIEW_WHY_MOUNT_FULL);
	verdict_prove_place("the same, private", mine, 4, HUGE);
	fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, HUGE);
	verdict_prove_place("one page is free", mine + 2 * HUGE, 2, HUGE);
	verdict_prove_place("no page is free", ours, 4, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(MAP_FILE) | VERDICT(BUS_ERROR));
}

/*
 * A hugetlbfs with a reserve does as said.  * Whether a private mapping gets what is kept for a mount,
 * kernels see differently: a handler decides.  Nothing beyond the reserve is touched: such a fault
 * leaves the counters of older kernels wrong for good.
 */
TEST_F(walls, hugetlbfs_reserve)
{
	char *ours, *mine;
	int fd;

	scene_hugetlb(2);
	access_init();
	mount_here("hugetlbfs", "pagesize=2M,min_size=4M");
	fd = make_file("file", 4 * HUGE);
	ours = scene_map(4 * HUGE, RW, MAP_SHARED | MAP_NORESERVE, fd);
	mine = scene_map(4 * HUGE, RW, MAP_PRIVATE | MAP_NORESERVE, fd);
	expect_why("why", mine + 2 * HUGE, VMAVIEW_READ, VMAVIEW_WHY_POOL_UNSURE);
	verdict_prove_place("kept for a hugetlbfs, private", mine + 2 * HUGE, 1, HUGE);
	verdict_prove_place("kept for a hugetlbfs", ours, 2, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(HANDLER));
}

enum { SIZE = 64, BLANK = 8 };

static const int shares[] = { MAP_SHARED, MAP_PRIVATE };

/*
 * A full tmpfs does as said.  Both files have holes; what fallocate() put there takes room, and needs
 * none.
 */
TEST_F(walls, tmpfs_full)
{
	int file, blank;

	access_init();
	mount_here("tmpfs", "size=256k");
	file = make_file("file", 2 * SIZE * PAGE);
	blank = make_file("blank", 2 * BLANK * PAGE);
	if (fallocate(blank, 0, 0, BLANK * PAGE))
		die("fallocate: %s", strerror(errno));
	expect_eq("pages that fit", write_until_full(file, 0), SIZE - BLANK);
	for (size_t i = 0; i < ARRAY_SIZE(shares); i++) {
		char *memory = scene_map(2 * SIZE * PAGE, RW, shares[i], file);

		expect_why("why", memory + SIZE * PAGE, VMAVIEW_READ, VMAVIEW_WHY_SHMEM_FULL);
		verdict_prove_place("a full tmpfs", memory + (SIZE - BLANK - 4) * PAGE, 16, PAGE);
		memory = scene_map(2 * BLANK * PAGE, RW, shares[i], blank);
		if (!i)
			expect_why("why", memory, VMAVIEW_READ, VMAVIEW_WHY_SHMEM_BLANK);
		verdict_prove_place("what fallocate() put there", memory, 2 * BLANK, PAGE);
	}
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(MAP_FILE) | VERDICT(BUS_ERROR));
}

/* An almost full tmpfs does as said.  To the last page: three are left, then none. */
TEST_F(walls, tmpfs_almost_full)
{
	char *memory;
	int file;

	access_init();
	mount_here("tmpfs", "size=256k");
	file = make_file("file", 2 * SIZE * PAGE);
	write_until_full(file, 0);
	if (ftruncate(file, (SIZE - 3) * PAGE) || ftruncate(file, 2 * SIZE * PAGE))
		die("ftruncate: %s", strerror(errno));
	memory = scene_map(2 * SIZE * PAGE, RW, MAP_SHARED, file);
	verdict_prove_place("three pages are left", memory + SIZE * PAGE, 6, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(BUS_ERROR));
}

/*
 * A full tmpfs with huge pages does as said.  A huge page beyond the end of a short file can be split,
 * which only who needs a page tries.
 */
TEST_F(walls, tmpfs_huge)
{
	struct stat info;
	int file, small;
	char *memory;

	access_init();
	mount_here("tmpfs", "size=4M,huge=always");
	file = make_file("file", 2 * HUGE);
	if (fallocate(file, 0, 0, HUGE))
		die("fallocate: %s", strerror(errno));
	small = make_file("small", PAGE);
	if (pwrite(small, "small", 5, 0) != 5)
		die("a small file: %s", strerror(errno));
	if (fstat(small, &info) || info.st_blocks * 512 < (off_t)HUGE)
		skip("a file of one page has no huge page here");
	memory = scene_map(2 * HUGE, RW, MAP_SHARED, file);
	expect_why("why", memory + HUGE, VMAVIEW_READ, VMAVIEW_WHY_SHMEM_UNSURE);
	verdict_prove_place("a tmpfs whose huge pages can be split", memory + HUGE, 16, PAGE);
	verdict_expect(VERDICT(HANDLER));
}

/* userfaultfd on pages of fallocate() does as said.  What is there, though blank, is not missing. */
TEST_F(walls, uffd_blank)
{
	int fd = serve_open(UFFD_FEATURE_MISSING_SHMEM | UFFD_FEATURE_MINOR_SHMEM);
	char *missing, *minor;
	int file = memfd_create("walls", MFD_CLOEXEC);

	access_init();
	if (ftruncate(file, 2 * BLANK * PAGE) || fallocate(file, 0, 0, BLANK * PAGE))
		die("fallocate: %s", strerror(errno));
	missing = scene_map(2 * BLANK * PAGE, RW, MAP_SHARED, file);
	serve_register(fd, missing, 2 * BLANK * PAGE, UFFDIO_REGISTER_MODE_MISSING);
	verdict_prove_place("missing pages, and blank ones", missing + BLANK / 2 * PAGE, BLANK, PAGE);
	minor = scene_map(2 * BLANK * PAGE, RW, MAP_SHARED, file);
	serve_register(fd, minor, 2 * BLANK * PAGE, UFFDIO_REGISTER_MODE_MINOR);
	verdict_prove("minor faults of blank pages", minor, VMAVIEW_READ);
	verdict_expect(VERDICT(USERFAULT) | VERDICT(OK) | VERDICT(ZERO_FILL));
}

enum { DATA = 4 };

static char *perf_ring(int prot)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .config = PERF_COUNT_SW_DUMMY,
	};
	int fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd < 0)
		skip("no perf event: %s", strerrorname_np(errno));
	return scene_map((1 + DATA) * PAGE, prot, MAP_SHARED, fd);
}

/* A perf ring does as said. */
TEST_F(walls, ring)
{
	char *memory = perf_ring(RW), *read_only = perf_ring(PROT_READ), *cold = perf_ring(RW);

	access_init();
	scene_read(memory, 1 + DATA);
	expect_why("why", memory + PAGE, VMAVIEW_WRITE, VMAVIEW_WHY_PERF_RING);
	verdict_prove_place("a perf ring", memory, 1 + DATA, PAGE);
	verdict_prove_place("a perf ring to be read", read_only, 1 + DATA, PAGE);
	verdict_prove("a perf ring, written first", cold + PAGE, VMAVIEW_WRITE);
	verdict_expect(VERDICT(OK) | VERDICT(MAKE_WRITABLE) | VERDICT(SEGV_ACCESS) | VERDICT(BUS_ERROR));
}

SCENE_MAIN
