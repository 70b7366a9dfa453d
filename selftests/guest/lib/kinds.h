/* SPDX-License-Identifier: GPL-2.0 */
/* kinds.h - every kind of memory that a test can give its own process. */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "kinds_list.h"
#include "result.h"

enum kind_facts {
	KIND_HUGE	= 1,	/* only where there are transparent huge pages */
	KIND_DAMAGED	= 2,	/* frames that this machine has lost then */
	KIND_UNSEEN	= 4,	/* neither pagemap nor mincore() looks into such an area */
	KIND_HELD	= 8,	/* somebody else has references of it */
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

/* kind_NAME of each in the list. */
#define KIND_DECLARE(id) extern const struct kind kind_##id;
KINDS_ALL(KIND_DECLARE)
#undef KIND_DECLARE
/* One that @id makes. */
#define KIND(id, facts_, name_) const struct kind kind_##id = { .name = name_, .make = id, .facts = facts_ };

/* All of them, NULL after the last. */
extern const struct kind *const all_kinds[];
bool kind_may_be_here(const struct kind *kind);

/* Why the last one is not there; returns NULL. */
PRINTF(1, 2) char *kind_lacks(const char *reason, ...);
extern char kind_reason[128];

/* scene_swap(), but only once. */
void kind_swap_on(void);
/* @pages pages of @fd; NULL, with the reason, where that is refused. */
char *kind_map(size_t pages, int prot, int flags, int fd, size_t offset);

#endif
