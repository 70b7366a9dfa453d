// SPDX-License-Identifier: GPL-2.0
/* kinds_page.c - pages that are merged, split, swapped, moved, faulted in by hand, or too many. */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/lib/result.h"
#include "kinds.h"

#define MPOL_MF_MOVE_ALL 4

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

/* Huge pages that are split, under the lock for reading, and collapsed. */
static void huge_pages(unsigned int round)
{
	static char *memory;

	if (!memory) {
		memory = hot_private(4 * HUGE);
		madvise(memory, 4 * HUGE, MADV_HUGEPAGE);
	}
	for (size_t i = 0; i < 4; i++)
		memory[i * HUGE] = round;
	for (size_t i = 0; i < 4; i++)
		madvise(memory + i * HUGE + round % 500 * PAGE, 8 * PAGE, MADV_DONTNEED);
	if (round % 3 == 0)
		madvise(memory, 4 * HUGE, MADV_COLLAPSE);
	if (round % 3 == 1)
		madvise(memory, 4 * HUGE, MADV_DONTNEED);
	mprotect(memory + HUGE, 32 * PAGE, PROT_READ);
	mprotect(memory + HUGE, 32 * PAGE, PROT_READ | PROT_WRITE);
	if (round % 8 == 2)
		madvise(memory + 2 * HUGE, HUGE, MADV_PAGEOUT);
}

/* Of a file in memory: who collapses it takes the tables of all who map it. */
static void huge_file(unsigned int round)
{
	static char *memory;
	static int fd;

	if (!memory) {
		fd = memfd_create("soak-huge", MFD_CLOEXEC);
		if (fd < 0 || ftruncate(fd, 4 * HUGE))
			_exit(1);
		memory = hot(0, 4 * HUGE, MAP_SHARED, fd);
		hot(16 * HUGE, 4 * HUGE, MAP_SHARED, fd);
	}
	touch(memory, 4 * HUGE / PAGE, round);
	touch(memory + 16 * HUGE, 4 * HUGE / PAGE, round);
	madvise(memory, 4 * HUGE, MADV_COLLAPSE);
	fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (round % 4) * HUGE, 16 * PAGE);
}

static void reclaim(unsigned int round)
{
	static const int advice[] = { MADV_PAGEOUT, MADV_COLD, MADV_FREE, MADV_DONTNEED, MADV_WILLNEED };
	static char *private, *shared;

	if (!private) {
		private = hot_private(512 * PAGE);
		shared = hot(HUGE, 256 * PAGE, MAP_SHARED | MAP_ANONYMOUS, -1);
		madvise(private, 512 * PAGE, MADV_NOHUGEPAGE);
	}
	touch(private, 512, round);
	touch(shared, 256, round);
	madvise(private, 384 * PAGE, advice[round % ARRAY_SIZE(advice)]);
	madvise(shared, 192 * PAGE, advice[(round + 1) % ARRAY_SIZE(advice)]);
}

static void merging(unsigned int round)
{
	static char *memory;

	if (!memory) {
		memory = hot_private(128 * PAGE);
		tell("/sys/kernel/mm/ksm/pages_to_scan", "1000");
		tell("/sys/kernel/mm/ksm/sleep_millisecs", "10");
		tell("/sys/kernel/mm/ksm/run", "1");
	}
	madvise(memory, 128 * PAGE, MADV_MERGEABLE);
	memset(memory, 7, 128 * PAGE);
	poll(NULL, 0, 200);	/* ksmd's turn */
	touch(memory, 64, round);
	if (round % 4 == 3)
		madvise(memory, 128 * PAGE, MADV_UNMERGEABLE);
}

static void hugetlb(unsigned int round)
{
	char *memory = mmap((void *)HOT_START, 2 * HUGE, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_ANONYMOUS |
			    MAP_HUGETLB | (round & 1 ? MAP_SHARED : MAP_PRIVATE), -1, 0);
	pid_t pid;

	if (memory == MAP_FAILED) {	/* none is free just now */
		poll(NULL, 0, 50);
		return;
	}
	memset(memory, 1, HUGE);
	pid = fork();
	if (!pid) {
		memory[0] = 2;
		_exit(0);
	}
	mprotect(memory, HUGE, PROT_READ);
	waitpid(pid, NULL, 0);
	munmap(memory, 2 * HUGE);
}

static void fill_by_hand(int fd, char *memory, char *page)
{
	for (unsigned int i = 0; i < 16; i++) {
		struct uffdio_copy copy = {
			.dst = (unsigned long)memory + i * PAGE, .src = (unsigned long)page,
			.len = PAGE, .mode = i & 1 ? UFFDIO_COPY_MODE_WP : 0,
		};
		struct uffdio_zeropage zero = {
			.range = { (unsigned long)memory + (16 + i) * PAGE, PAGE },
		};

		ioctl(fd, UFFDIO_COPY, &copy);
		if (i & 1)
			ioctl(fd, UFFDIO_ZEROPAGE, &zero);
	}
	madvise(memory, 8 * PAGE, MADV_DONTNEED);
}

static void user_faults(unsigned int round)
{
	struct uffdio_api api = { .api = UFFD_API };
	char *memory = hot_private(32 * PAGE), page[PAGE];
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);

	memset(page, round, sizeof(page));
	range.range.start = (unsigned long)memory;
	range.range.len = 32 * PAGE;
	if (fd >= 0 && !ioctl(fd, UFFDIO_API, &api) && !ioctl(fd, UFFDIO_REGISTER, &range))
		fill_by_hand(fd, memory, page);
	if (fd >= 0)
		close(fd);
	munmap(memory, 32 * PAGE);
}

static void migration(unsigned int round)
{
	static char *memory;
	void *pages[64];
	int nodes[64], status[64];

	if (!memory)
		memory = hot_private(64 * PAGE);
	touch(memory, 64, round);
	for (unsigned int i = 0; i < 64; i++) {
		pages[i] = memory + i * PAGE;
		nodes[i] = round & 1;
	}
	syscall(SYS_move_pages, 0, 64UL, pages, nodes, status, MPOL_MF_MOVE_ALL);
	if (round % 64 == 0)
		tell("/proc/sys/vm/compact_memory", "1");
}

/* More than its cgroup may hold, and no swap there: the kernel kills it. */
static void too_much(unsigned int round)
{
	char path[256], pid[16];
	char *memory;

	snprintf(path, sizeof(path), "%s/cgroup.procs", little_cgroup);
	snprintf(pid, sizeof(pid), "%d", getpid());
	tell(path, pid);
	poll(NULL, 0, 500);	/* each kill is a page of the kernel's log */
	memory = hot_private(HOT_BYTES);
	touch(memory, HOT_BYTES / PAGE, round);
	munmap(memory, HOT_BYTES);
}

const struct kind page_kinds[] = {
	{ "huge-pages", huge_pages },
	{ "huge-file", huge_file },
	{ "reclaim", reclaim },
	{ "merging", merging },
	{ "hugetlb", hugetlb },
	{ "user-faults", user_faults },
	{ "migration", migration },
	{ "too-much", too_much },
};

const size_t nr_page_kinds = ARRAY_SIZE(page_kinds);
