/* SPDX-License-Identifier: GPL-2.0 */
/*
 * look.h - one area, seen through every door at once, against what it must be.
 *
 * look() reads the area from debugfs, from the device and from smaps; all three must agree on every
 * key they share.  The area's process must stand still: another one that waits, or this one.
 */
#ifndef LOOK_H
#define LOOK_H

#include <sys/types.h>

#include "keys.h"

#define ANY UINT64_MAX	/* this key is not known by construction */

/* What every key of an area shall say. */
struct want {
	uint64_t v[NR_KEYS];
};

/* @pages pages of which none is there, at a place of scene_map(). */
struct want want_empty(size_t pages);
/* The same, with @present pages of private anonymous memory, written once, off the LRU batches. */
struct want want_anon(size_t pages, size_t present);
/* With @present clean pages of a private file mapping that nobody else maps; refcounts are ANY. */
struct want want_file(size_t pages, size_t present);
/* Page tables of an area of scene_map() that fits into one PMD entry, by whether one is there. */
uint64_t want_tables(bool populated);

/* The area of @pid that holds @addr, as all doors agree; ends the test if they do not. */
void look(pid_t pid, const void *addr, struct area *out);
/* look(), then every key against @want; @what says which scene it is. */
void look_for(const char *what, pid_t pid, const void *addr, const struct want *want);
/* In this process. */
void look_here(const char *what, const void *addr, const struct want *want);

/* Compares every key both have but those in the mask @but; says each difference; how many. */
unsigned int look_compare(const char *what, const struct area *got, const char *got_name,
			  const struct area *want, const char *want_name, uint64_t but);

/* Keys that may move by themselves: a batch of another CPU is drained at any time. */
#define RESTLESS_KEYS (1ULL << REFCOUNT_MAX | 1ULL << EXTRA_REFS | 1ULL << EXTRA_REFS_LRU | \
		       1ULL << COW_MAYBE | 1ULL << COW_REUSE | 1ULL << COW_COPY | \
		       1ULL << COW_DEBT | 1ULL << UNEVICTABLE | 1ULL << MLOCKED)

#endif
