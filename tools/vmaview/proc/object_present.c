// SPDX-License-Identifier: GPL-2.0
/*
 * object_present.c - in: the path of a file of tmpfs or hugetlbfs; out: how much of it is in memory.
 *
 * Its blocks are the pages that it has, in memory or swapped out: shmem_recalc_inode() in mm/shmem.c.  Only where
 * there is something in swap must the two be told apart, and nothing is brought in for it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "proc/object_present.h"

#ifndef __NR_cachestat
#define __NR_cachestat 451	/* the same on all architectures; Linux 6.5 */
#endif

/* struct cachestat_range and struct cachestat of include/uapi/linux/mman.h, which older headers lack. */
struct stat_range {
	uint64_t offset;
	uint64_t length;		/* 0: to the end */
};

struct stat_pages {
	uint64_t cached;
	uint64_t dirty;
	uint64_t writeback;
	uint64_t evicted;
	uint64_t recently_evicted;
};

/* Pages looked at by one call of mincore(). */
#define WINDOW 16384

/* Pages of [@start, @end) that are in memory, or about to be; -1: not known. */
static int64_t count_range(int fd, off_t start, off_t end, long page_size)
{
	unsigned char there[WINDOW];
	int64_t pages = 0;

	while (start < end) {
		size_t length = end - start < WINDOW * page_size ? (size_t)(end - start) : (size_t)WINDOW * page_size;
		void *addr = mmap(NULL, length, PROT_NONE, MAP_SHARED, fd, start);
		int ret;

		if (addr == MAP_FAILED)
			return -1;
		ret = mincore(addr, length, there);
		munmap(addr, length);
		if (ret)
			return -1;
		for (size_t i = 0; i < (length + page_size - 1) / page_size; i++)
			pages += there[i] & 1;
		start += length;
	}
	return pages;
}

/* As cachestat(), on a kernel without it: of each part of the file where there is anything, in memory or not. */
static int64_t count_data(int fd)
{
	long page_size = sysconf(_SC_PAGESIZE);
	off_t start = 0, end;
	int64_t pages = 0;

	while ((start = lseek(fd, start, SEEK_DATA)) >= 0) {
		int64_t more;

		end = lseek(fd, start, SEEK_HOLE);
		start -= start % page_size;
		more = end > start ? count_range(fd, start, end, page_size) : -1;
		if (more < 0)
			return -1;
		pages += more;
		start = end;
	}
	return errno == ENXIO ? pages : -1;
}

/* Pages in memory; -1: not known. */
static int64_t count_present(int folder, const char *path)
{
	struct stat_range all = { .offset = 0 };
	struct stat_pages pages;
	int64_t present = -1;
	int fd = openat(folder, path, O_RDONLY | O_NONBLOCK | O_NOATIME | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (!syscall(__NR_cachestat, fd, &all, &pages, 0))
		present = pages.cached;
	else
		present = count_data(fd);
	close(fd);
	return present;
}

void object_measure(const struct objects *objects, struct object *object, int folder, const char *path,
		    const struct statx *info)
{
	uint64_t blocks = info->stx_blocks * 512;
	int64_t present;

	object->measured = true;
	object->present = blocks;
	object->swap = 0;
	if (!blocks || object->id.kind == OBJECT_HUGETLB || !objects->swapped)
		return;
	present = S_ISREG(info->stx_mode) ? count_present(folder, path) : -1;
	if (present < 0) {
		object->measured = false;
		return;
	}
	object->present = (uint64_t)present * sysconf(_SC_PAGESIZE);
	if (object->present > blocks)
		object->present = blocks;	/* it went on between the two */
	object->swap = blocks - object->present;
}
