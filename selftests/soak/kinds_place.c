// SPDX-License-Identifier: GPL-2.0
/*
 * kinds_place.c - one place that is by turns everything: small pages, huge ones, hugetlb, files in memory, a
 * device's, guarded, sealed, swapped, moved, split and merged, at every offset and of every size, by several
 * threads.  Whoever reads it meets areas that turn into others of another kind and of other borders.
 *
 * Pages are faulted in by madvise(MADV_POPULATE_*): what another thread has just taken away is an error there,
 * and no signal.
 */
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../guest/lib/bar.h"
#include "../guest/lib/result.h"
#include "kinds.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif
#ifndef __NR_mseal
#define __NR_mseal 462
#endif

enum {
	THREADS = 3,
	STEPS = 200,		/* of each thread; then another process has the place, since some of it is sealed */
	PLACE_PAGES = HOT_BYTES / PAGE,
	FILE_PAGES = 4096,
};

/* A part of the place. */
struct part {
	char *at;
	size_t length;
};

static int memory_file = -1, device = -1;
static size_t device_length;

/* Any part, in pages; most are small, some are a quarter of the place. */
static struct part any_part(unsigned int *seed)
{
	size_t most = rand_r(seed) % 4 ? 700 : PLACE_PAGES / 4, first = rand_r(seed) % PLACE_PAGES;
	size_t pages = 1 + rand_r(seed) % most;

	if (pages > PLACE_PAGES - first)
		pages = PLACE_PAGES - first;
	return (struct part){ (char *)HOT_START + first * PAGE, pages * PAGE };
}

/* One that begins and ends on borders of huge pages. */
static struct part huge_part(unsigned int *seed)
{
	const size_t nr = HOT_BYTES / HUGE, first = rand_r(seed) % nr, some = 1 + rand_r(seed) % 4;

	return (struct part){ (char *)HOT_START + first * HUGE, (some < nr - first ? some : nr - first) * HUGE };
}

static void map(struct part part, int flags, int fd, off_t offset)
{
	const int prot = PROT_READ | PROT_WRITE;

	mmap(part.at, part.length, prot, flags | MAP_FIXED | MAP_NORESERVE, fd, offset);
}

/* Some of it, in runs of some pages. */
static void populate(struct part part, unsigned int *seed)
{
	static const int how[] = { MADV_POPULATE_READ, MADV_POPULATE_WRITE };

	for (size_t at = 0; at < part.length; at += (1 + rand_r(seed) % 64) * PAGE)
		madvise(part.at + at, PAGE, how[rand_r(seed) % 2]);
}

static void small(unsigned int *seed)
{
	struct part part = any_part(seed);

	map(part, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(part.at, part.length, MADV_NOHUGEPAGE);
	populate(part, seed);
}

static void huge(unsigned int *seed)
{
	struct part part = rand_r(seed) % 4 ? huge_part(seed) : any_part(seed);

	map(part, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(part.at, part.length, MADV_HUGEPAGE);
	populate(part, seed);
}

static void from_hugetlb(unsigned int *seed)
{
	struct part part = huge_part(seed);

	map(part, (rand_r(seed) % 2 ? MAP_PRIVATE : MAP_SHARED) | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	madvise(part.at, part.length, MADV_POPULATE_WRITE);
}

static void of_file(unsigned int *seed)
{
	struct part part = any_part(seed);
	off_t offset = rand_r(seed) % FILE_PAGES * PAGE;

	map(part, rand_r(seed) % 2 ? MAP_PRIVATE : MAP_SHARED, memory_file, offset);
	populate(part, seed);
	if (rand_r(seed) % 8 == 0 && !ftruncate(memory_file, rand_r(seed) % FILE_PAGES * PAGE))
		ftruncate(memory_file, FILE_PAGES * PAGE);
}

static void of_device(unsigned int *seed)
{
	struct part part = any_part(seed);

	if (device < 0)
		return;
	if (part.length > device_length)
		part.length = device_length;
	map(part, MAP_SHARED, device, 0);
}

/* Split and merged: what it may do, guards in it, what is known of its use. */
static void change(unsigned int *seed)
{
	static const int advice[] = {
		MADV_GUARD_INSTALL, MADV_GUARD_REMOVE, MADV_PAGEOUT, MADV_FREE, MADV_DONTNEED, MADV_COLD,
		MADV_COLLAPSE, MADV_DONTFORK, MADV_DOFORK, MADV_SEQUENTIAL, MADV_NORMAL, MADV_WILLNEED,
	};
	struct part part = any_part(seed);

	if (rand_r(seed) % 3)
		madvise(part.at, part.length, advice[rand_r(seed) % ARRAY_SIZE(advice)]);
	else
		mprotect(part.at, part.length, rand_r(seed) % 4 ? PROT_READ | PROT_WRITE : PROT_READ);
}

static void lock(unsigned int *seed)
{
	struct part part = any_part(seed);

	if (part.length > 64 * PAGE)
		part.length = 64 * PAGE;
	if (rand_r(seed) % 2)
		mlock2(part.at, part.length, MLOCK_ONFAULT);
	else
		munlock(part.at, part.length);
}

/* To a place of the same size in the range, or with another size. */
static void move(unsigned int *seed)
{
	struct part from = any_part(seed), to = any_part(seed);

	if (to.length > from.length && rand_r(seed) % 2)
		to.length = from.length;
	mremap(from.at, from.length, to.length, MREMAP_MAYMOVE | MREMAP_FIXED, to.at);
}

static void hole(unsigned int *seed)
{
	struct part part = any_part(seed);

	munmap(part.at, part.length);
}

/* For good: seldom, and small. */
static void seal(unsigned int *seed)
{
	struct part part = any_part(seed);

	if (rand_r(seed) % 16 == 0)
		syscall(__NR_mseal, part.at, PAGE, 0);
}

static void (*const steps[])(unsigned int *seed) = {
	small, huge, from_hugetlb, of_file, of_device, change, change, change, lock, move, hole, seal,
};

static void *turn_into_others(void *arg)
{
	unsigned int seed = (unsigned long)arg;

	for (unsigned int i = 0; i < STEPS; i++)
		steps[rand_r(&seed) % ARRAY_SIZE(steps)](&seed);
	return NULL;
}

/* The process ends with it: what is sealed can be had in no other way. */
static void place(unsigned int round)
{
	pthread_t threads[THREADS];

	memory_file = memfd_create("soak-place", MFD_CLOEXEC);
	if (memory_file < 0 || ftruncate(memory_file, FILE_PAGES * PAGE))
		_exit(1);
	device = bar_open(&device_length);
	for (unsigned long i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, turn_into_others,
				   (void *)(round * THREADS + i + (unsigned long)getpid() * 31)))
			_exit(1);
	for (unsigned int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	_exit(0);
}

static void every_other_page(struct part part)
{
	map(part, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(part.at, part.length, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < part.length; at += 2 * PAGE)
		madvise(part.at + at, PAGE, MADV_POPULATE_WRITE);
}

/*
 * Most of the place is by turns in small pages, every other of them there, and in huge ones of hugetlb: who was in the
 * middle of the small ones goes on in the middle of a huge one.  What comes after it has tables that are none of
 * hugetlb's.  As the small ones move as they are, and no huge one is there, that takes less time than two looks.
 */
static void turning(unsigned int round)
{
	const struct part range = { (char *)HOT_START, HOT_BYTES - 2 * HUGE };
	const struct part after = { range.at + range.length, HUGE };
	char *away = (char *)HOT_START + HOT_BYTES;

	if (!round) {
		every_other_page(after);
		every_other_page(range);
	} else if (round & 1) {
		mremap(range.at, range.length, range.length, MREMAP_MAYMOVE | MREMAP_FIXED, away);
		map(range, MAP_ANONYMOUS | MAP_HUGETLB | (round & 2 ? MAP_SHARED : MAP_PRIVATE), -1, 0);
	} else {
		mremap(away, range.length, range.length, MREMAP_MAYMOVE | MREMAP_FIXED, range.at);
	}
	poll(NULL, 0, 1);	/* for who wants to see it */
}

/* More of them than of others: each has its turn seldom. */
const struct kind place_kinds[] = {
	{ "place", place },
	{ "another-place", place },
	{ "turning", turning },
	{ "turning-too", turning },
};

const size_t nr_place_kinds = ARRAY_SIZE(place_kinds);
