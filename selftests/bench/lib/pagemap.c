// SPDX-License-Identifier: GPL-2.0
/*
 * pagemap.c - read_pagemap(): pagemap, kpagecount and kpageflags as an efficient program reads them.
 *
 * A call for each page would lose by itself.  Pages that follow each other in memory, upwards or
 * downwards, are read in one call of each file; a gap that costs less to read than a call is read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "die.h"
#include "readers.h"

#define BATCH 4096
#define GAP 64
#define PRESENT (1ULL << 63)
#define PFN_MASK ((1ULL << 55) - 1)

struct files {
	int pagemap;
	int count;
	int flags;
	uint64_t bytes;
};

/* Consecutive page frames, both ends included. */
struct span {
	uint64_t low;
	uint64_t high;
};

static int open_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

static void read_entries(struct files *files, int fd, uint64_t first, size_t nr, uint64_t *entries)
{
	ssize_t want = nr * sizeof(*entries);

	if (pread(fd, entries, want, first * sizeof(*entries)) != want)
		die("pread of pagemap or kpage*: %s", strerror(errno));
	files->bytes += want;
}

static void read_span(struct files *files, const struct span *span)
{
	static uint64_t counts[BATCH], flags[BATCH];
	size_t nr = span->high - span->low + 1;

	read_entries(files, files->count, span->low, nr, counts);
	read_entries(files, files->flags, span->low, nr, flags);
}

static bool extends(const struct span *span, uint64_t pfn)
{
	uint64_t low = pfn < span->low ? pfn : span->low;
	uint64_t high = pfn > span->high ? pfn : span->high;

	return pfn + GAP >= span->low && pfn <= span->high + GAP && high - low < BATCH;
}

static void read_batch(struct files *files, uint64_t first, size_t nr)
{
	static uint64_t entries[BATCH];
	struct span span = { 1, 0 };

	read_entries(files, files->pagemap, first, nr, entries);
	for (size_t i = 0; i < nr; i++) {
		uint64_t pfn = entries[i] & PFN_MASK;

		if (!(entries[i] & PRESENT))
			continue;
		if (span.low > span.high) {
			span = (struct span){ pfn, pfn };
		} else if (extends(&span, pfn)) {
			span.low = pfn < span.low ? pfn : span.low;
			span.high = pfn > span.high ? pfn : span.high;
		} else {
			read_span(files, &span);
			span = (struct span){ pfn, pfn };
		}
	}
	if (span.low <= span.high)
		read_span(files, &span);
}

uint64_t read_pagemap(pid_t pid, const struct place *place)
{
	struct files files = {
		.pagemap = open_proc(pid, "/proc/%d/pagemap"),
		.count = open_file("/proc/kpagecount"),
		.flags = open_file("/proc/kpageflags"),
	};
	uint64_t page = place->start / PAGE, end = place->end / PAGE;

	for (size_t nr; page < end; page += nr) {
		nr = end - page < BATCH ? end - page : BATCH;
		read_batch(&files, page, nr);
	}
	close(files.pagemap);
	close(files.count);
	close(files.flags);
	return files.bytes;
}
