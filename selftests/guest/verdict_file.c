// SPDX-License-Identifier: GPL-2.0
/* verdict_file - files, shmem, hugetlb, userfaultfd: what explain says an access does, and what it does. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/access.h"
#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/setting.h"
#include "lib/uffd.h"
#include "lib/verdict.h"

SCENE(verdict_file)

enum { PAGES = 48, BEYOND = 12 };

#define RW (PROT_READ | PROT_WRITE)

static const int shares[] = { MAP_PRIVATE, MAP_SHARED };

/* Each permission and sharing, over a file of PAGES pages and what is after its end. */
static void prove_file(const char *what, int fd, int advice)
{
	for (int prot = 0; prot < 8; prot++)
		for (size_t i = 0; i < ARRAY_SIZE(shares); i++) {
			char *memory = scene_map((PAGES + BEYOND) * PAGE, prot, shares[i], fd);

			madvise(memory, (PAGES + BEYOND) * PAGE, advice);
			verdict_prove_place(what, memory, PAGES + BEYOND, PAGE);
			munmap(memory, (PAGES + BEYOND) * PAGE);
		}
}

/* The end of the file is in the middle of the area. */
static void prove_from_the_middle(int fd)
{
	char *memory = mmap(scene_place(), PAGES * PAGE, RW, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, PAGES / 2 * PAGE);

	if (memory == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	verdict_prove_place("a file from its middle on", memory, PAGES, PAGE);
}

/* Files in the page cache do as said. */
TEST_F(verdict_file, cached)
{
	int fd = scene_file(scene_ext4(), PAGES);

	access_init();
	fsync(fd);
	prove_from_the_middle(fd);
	prove_file("a file in the page cache", fd, MADV_NORMAL);
	verdict_expect(VERDICT(OK) | VERDICT(MAP_FILE) | VERDICT(COPY) | VERDICT(MAKE_WRITABLE) |
		       VERDICT(SEGV_ACCESS) | VERDICT(BUS_ERROR));
}

static void forget(int fd)
{
	fsync(fd);
	if (posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED))
		die("POSIX_FADV_DONTNEED failed");
}

/* Files that have to be read do as said. */
TEST_F(verdict_file, uncached)
{
	int fd = scene_file(scene_ext4(), PAGES);

	access_init();
	for (int prot = 1; prot < 8; prot++)
		for (size_t i = 0; i < ARRAY_SIZE(shares); i++) {
			char *memory = scene_map((PAGES + BEYOND) * PAGE, prot, shares[i], fd);

			madvise(memory, (PAGES + BEYOND) * PAGE, MADV_RANDOM);
			forget(fd);
			verdict_prove_place("a file that is not in the page cache", memory, PAGES + BEYOND,
					    PAGE);
			munmap(memory, (PAGES + BEYOND) * PAGE);
		}
	verdict_expect(VERDICT(OK) | VERDICT(READ_FILE) | VERDICT(COPY) | VERDICT(BUS_ERROR));
}

/* Private pages of files do as said. */
TEST_F(verdict_file, private_pages)
{
	int fd = scene_file(scene_ext4(), PAGES);
	char *memory = scene_map(PAGES * PAGE, RW, MAP_PRIVATE, fd);

	access_init();
	scene_read(memory, PAGES / 2);
	scene_write(memory, PAGES / 4);
	scene_drain();
	verdict_prove_place("a private file in part written", memory, PAGES, PAGE);
	if (ftruncate(fd, PAGES / 2 * PAGE + 100))
		die("ftruncate: %s", strerror(errno));
	verdict_prove_place("cut short since", memory, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(COPY) | VERDICT(BUS_ERROR));
}

/* Shmem does as said. */
TEST_F(verdict_file, shmem)
{
	int full = scene_memfd(PAGES, 0), empty = memfd_create("scene", MFD_CLOEXEC);

	access_init();
	prove_file("shmem that is there", full, MADV_NORMAL);
	for (int prot = 1; prot < 8; prot++)
		for (size_t i = 0; i < ARRAY_SIZE(shares); i++) {
			char *memory;

			if (ftruncate(empty, 0) || ftruncate(empty, PAGES * PAGE))
				die("ftruncate: %s", strerror(errno));
			memory = scene_map((PAGES + BEYOND) * PAGE, prot, shares[i], empty);
			verdict_prove_place("a hole of shmem", memory, PAGES + BEYOND, PAGE);
			munmap(memory, (PAGES + BEYOND) * PAGE);
		}
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(MAP_FILE) | VERDICT(COPY) |
		       VERDICT(BUS_ERROR));
}

/* Shared anonymous memory does as said. */
TEST_F(verdict_file, shared_anon)
{
	char *memory = scene_map(PAGES * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1);
	int other = scene_memfd(PAGES, 0);
	char *one = scene_map(PAGES * PAGE, RW, MAP_SHARED, other);

	access_init();
	scene_write(memory, PAGES / 2);
	mprotect(memory, PAGES / 4 * PAGE, PROT_READ);
	mprotect(memory, PAGES / 4 * PAGE, RW);
	verdict_prove_place("shared anonymous", memory, PAGES, PAGE);
	scene_read(one, PAGES);
	verdict_prove_place("shmem that was read", one, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL));
}

/* Shmem in swap does as said. */
TEST_F(verdict_file, swapped)
{
	int fd = scene_memfd(PAGES, 0);
	char *memory = scene_map(PAGES * PAGE, RW, MAP_SHARED, fd), *mine;

	scene_swap();
	access_init();
	scene_read(memory, PAGES);
	madvise(memory, PAGES * PAGE, MADV_PAGEOUT);
	verdict_prove_place("shmem swapped out", memory, PAGES, PAGE);
	mine = scene_map(PAGES * PAGE, RW, MAP_PRIVATE, fd);
	madvise(memory, PAGES * PAGE, MADV_PAGEOUT);
	verdict_prove_place("shmem swapped out, private", mine, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(SWAP_IN));
}

static void survive(int signal_number)
{
	(void)signal_number;
}

/*
 * Broken shmem does as said.  One mapping has an entry that says so, for the other there is only the
 * page cache.
 */
TEST_F(verdict_file, poisoned)
{
	int fd = scene_memfd(PAGES, 0);
	char *memory = scene_map(PAGES * PAGE, RW, MAP_SHARED, fd), *other;

	scene_write(memory, PAGES);
	scene_drain();
	signal(SIGBUS, survive);
	if (madvise(memory, PAGE, MADV_HWPOISON))
		skip("this kernel poisons no memory: %s", strerrorname_np(errno));
	other = scene_map(PAGES * PAGE, RW, MAP_SHARED, fd);
	access_init();
	verdict_prove_place("shmem with a broken page", memory, 6, PAGE);
	verdict_prove_place("shmem with a broken page, mapped later", other, 6, PAGE);
	verdict_expect(VERDICT(HWPOISON) | VERDICT(OK));
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

static char *map_huge(size_t nr, int flags)
{
	return scene_map(nr * HUGE, RW, flags | MAP_HUGETLB, -1);
}

/* hugetlb does as said. */
TEST_F(verdict_file, hugetlb)
{
	struct child child;
	char *mine, *common, *family, *written;
	int fd;

	scene_hugetlb(24);
	access_init();
	mine = map_huge(6, MAP_PRIVATE | MAP_ANONYMOUS);
	common = map_huge(6, MAP_SHARED | MAP_ANONYMOUS);
	family = map_huge(3, MAP_PRIVATE | MAP_ANONYMOUS);
	scene_write(family, 1);
	scene_write(family + HUGE, 1);
	verdict_prove_place("private hugetlb", mine, 6, HUGE);
	verdict_prove_place("private hugetlb, further in", mine + 77 * PAGE, 6, HUGE);
	verdict_prove_place("shared hugetlb", common, 6, HUGE);
	child_start(&child, wait_there, NULL);
	verdict_prove_place("hugetlb shared with a child", family, 1, HUGE);
	child_end(&child);
	verdict_prove_place("the child is gone", family, 2, HUGE);
	fd = scene_memfd(2 * HUGE / PAGE, MFD_HUGETLB);
	mine = scene_map(4 * HUGE, RW, MAP_PRIVATE | MAP_NORESERVE, fd);
	written = scene_map(2 * HUGE, RW, MAP_PRIVATE | MAP_NORESERVE, fd);
	common = scene_map(2 * HUGE, RW, MAP_SHARED, fd);
	if (ftruncate(fd, 2 * HUGE))	/* mapping it has made it longer */
		die("ftruncate: %s", strerror(errno));
	scene_write(common + HUGE, 1);
	verdict_prove("private hugetlb of a file, written first", written + HUGE, VMAVIEW_WRITE);
	verdict_prove_place("private hugetlb of a file, and past its end", mine, 4, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(REUSE) |
		       VERDICT(BUS_ERROR));
}

/* An empty pool of huge pages does as said. */
TEST_F(verdict_file, empty_pool)
{
	char *memory;

	scene_hugetlb(2);
	access_init();
	memory = map_huge(4, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
	verdict_prove_place("more huge pages than there are", memory, 4, HUGE);
	munmap(memory, 4 * HUGE);
	if (!setting("/proc/sys/vm/nr_overcommit_hugepages", "1"))
		die("nr_overcommit_hugepages: %s", strerror(errno));
	memory = map_huge(4, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
	verdict_prove_place("and one that may be made", memory, 4, HUGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(BUS_ERROR));
}

/* userfaultfd on anonymous memory does as said. */
TEST_F(verdict_file, uffd_anon)
{
	int fd = serve_open(0);
	char *missing = scene_anon(PAGES), *protected = scene_anon(PAGES), *both = scene_anon(PAGES);

	access_init();
	serve_register(fd, missing, PAGES * PAGE, UFFDIO_REGISTER_MODE_MISSING);
	verdict_prove_place("missing pages", missing, PAGES, PAGE);
	scene_write(protected, PAGES / 2);
	scene_read(protected + PAGES / 2 * PAGE, PAGES / 4);
	scene_drain();
	serve_register(fd, protected, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	uffd_protect(fd, protected, PAGES, true);
	verdict_prove_place("write-protected", protected, PAGES, PAGE);
	scene_write(both, PAGES / 2);
	serve_register(fd, both, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MISSING);
	uffd_protect(fd, both, PAGES, true);
	verdict_prove_place("both", both, PAGES, PAGE);
	verdict_expect(VERDICT(USERFAULT) | VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(SEGV_ACCESS));
}

/* userfaultfd markers do as said. */
TEST_F(verdict_file, uffd_unpopulated)
{
	int fd = serve_open(UFFD_FEATURE_WP_UNPOPULATED);
	char *memory = scene_anon(PAGES);

	access_init();
	serve_register(fd, memory, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	uffd_protect(fd, memory, PAGES / 2, true);
	verdict_prove_place("protected before it is there", memory, PAGES, PAGE);
	verdict_expect(VERDICT(USERFAULT) | VERDICT(OK) | VERDICT(ZERO_FILL));
}

/* userfaultfd on swapped memory does as said. */
TEST_F(verdict_file, uffd_swapped)
{
	int fd = serve_open(0);
	char *memory = scene_anon(PAGES);

	scene_swap();
	access_init();
	scene_write(memory, PAGES);
	serve_register(fd, memory, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	uffd_protect(fd, memory, PAGES / 2, true);
	scene_page_out(memory, PAGES);
	verdict_prove_place("protected, then swapped out", memory, PAGES, PAGE);
	verdict_expect(VERDICT(USERFAULT) | VERDICT(OK) | VERDICT(SWAP_IN));
}

/* userfaultfd on shmem does as said. */
TEST_F(verdict_file, uffd_shmem)
{
	int fd = serve_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_MISSING_SHMEM |
			    UFFD_FEATURE_MINOR_SHMEM);
	int file = scene_memfd(PAGES, 0), hole = memfd_create("scene", MFD_CLOEXEC);
	char *protected = scene_map(PAGES * PAGE, RW, MAP_SHARED, file);
	char *minor = scene_map(PAGES * PAGE, RW, MAP_SHARED, file), *missing;

	if (ftruncate(hole, PAGES * PAGE))
		die("ftruncate: %s", strerror(errno));
	access_init();
	serve_register(fd, protected, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	scene_read(protected, PAGES / 2);
	uffd_protect(fd, protected, PAGES, true);
	verdict_prove_place("shmem, write-protected", protected, PAGES, PAGE);
	missing = scene_map(PAGES * PAGE, RW, MAP_SHARED, hole);
	serve_register(fd, missing, PAGES * PAGE, UFFDIO_REGISTER_MODE_MISSING);
	verdict_prove_place("missing pages of shmem", missing, PAGES, PAGE);
	serve_register(fd, minor, PAGES * PAGE, UFFDIO_REGISTER_MODE_MINOR);
	verdict_prove_place("minor faults of shmem", minor, PAGES, PAGE);
	verdict_expect(VERDICT(USERFAULT) | VERDICT(OK) | VERDICT(MAP_FILE));
}

/*
 * userfaultfd that raises a signal does as said.  Kernels that do not tell what was asked for have no
 * markers either, and are skipped.
 */
TEST_F(verdict_file, uffd_sigbus)
{
	int fd = uffd_open(UFFD_FEATURE_SIGBUS | UFFD_FEATURE_WP_UNPOPULATED);
	char *memory = scene_anon(PAGES);

	access_init();
	scene_write(memory, PAGES / 2);
	serve_register(fd, memory, PAGES * PAGE, UFFDIO_REGISTER_MODE_MISSING);
	verdict_prove_place("missing pages that raise a signal", memory, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(BUS_ERROR) | VERDICT(SEGV_ACCESS));
}

/* userfaultfd that only tracks does as said. */
TEST_F(verdict_file, uffd_async)
{
	int fd = serve_open(UFFD_FEATURE_WP_UNPOPULATED | 1 << 15);	/* UFFD_FEATURE_WP_ASYNC */
	char *memory = scene_anon(PAGES);

	access_init();
	scene_write(memory, PAGES / 2);
	scene_drain();
	serve_register(fd, memory, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	uffd_protect(fd, memory, PAGES, true);
	verdict_prove_place("protected to be tracked", memory, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(REUSE));
}

SCENE_MAIN
