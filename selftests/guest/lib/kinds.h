/* SPDX-License-Identifier: GPL-2.0 */
/* kinds.h - every kind of memory that a test can give its own process. */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "ktap.h"

enum kind_facts {
	KIND_HUGE	= 1,	/* only where there are transparent huge pages */
	KIND_DAMAGED	= 2,	/* frames that this machine has lost then */
	KIND_SHARED	= 4,	/* mapped more than once: MADV_PAGEOUT leaves such pages alone */
	KIND_UNSEEN	= 8,	/* neither pagemap nor mincore() looks into such an area */
	KIND_HELD	= 16,	/* somebody else has references of it */
	KIND_UNADVISED	= 32,	/* madvise() refuses to page it out */
	KIND_NOBODYS	= 64,	/* none of it is memory that could be taken */
};

/*
 * What is there before a test asks for it: each makes memory of its kind in this process and says how many
 * pages it has; NULL, after kind_lacks(), where this kernel or machine has none.
 */
struct kind {
	const char *name;
	char *(*make)(size_t *pages);
	unsigned int facts;
};

extern const struct kind memory_kinds[], driver_kinds[];
extern const size_t nr_memory_kinds, nr_driver_kinds;

/* All of them, by number, NULL after the last. */
const struct kind *kind_of(size_t number);
bool kind_may_be_here(const struct kind *kind);

/* Why the last one is not there; returns NULL. */
PRINTF(1, 2) char *kind_lacks(const char *reason, ...);
extern char kind_reason[128];

/* scene_swap(), but only once. */
void kind_swap_on(void);
/* @pages pages of @fd; NULL, with the reason, where that is refused. */
char *kind_map(size_t pages, int prot, int flags, int fd, size_t offset);

#endif
