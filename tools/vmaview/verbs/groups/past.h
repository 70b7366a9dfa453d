/* SPDX-License-Identifier: GPL-2.0 */
/*
 * past.h - in: what is known of a page frame, and who else maps it; out: what is known of it then.
 *
 * Few pasts differ, however many frames there are: each is kept once, under a number.
 */
#ifndef VMAVIEW_PAST_H
#define VMAVIEW_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "verbs/groups/frame_count.h"

/* A group that maps the frame. */
struct part {
	uint32_t group;
	uint32_t process;	/* the only one of it; FRAME_MANY: two or more do */
};

struct past {
	uint64_t frames;	/* that have it now */
	uint64_t epoch;		/* of @next */
	struct part *parts;	/* groups of the last family, ascending */
	uint32_t nr;
	uint32_t family;
	uint32_t missing;	/* mappings that were not seen yet, as far as the mapcount says */
	bool others;		/* another family maps it, too */
	bool new_group;		/* @next adds a group, ... */
	bool second;		/* ... or a second process to one */
	uint32_t next;		/* the past after one more mapping, once it is known */
	uint32_t chain;		/* the next of equal hash; or of those that are free */
};

/* The past of a frame that nobody maps. */
#define NO_PAST 0

struct pasts {
	struct past *past;	/* by number */
	uint32_t nr;
	uint32_t room;
	uint32_t live;		/* in use */
	uint32_t free;		/* the first of those that are not; NO_PAST */
	uint32_t purge_at;
	uint32_t *buckets;
	uint32_t nr_buckets;	/* a power of two */
	uint64_t epoch;		/* one mapper */
	struct mapper mapper;
	size_t parts;		/* of all pasts */
};

int pasts_init(struct pasts *pasts);
void pasts_free(struct pasts *pasts);

/* From here on it is @mapper who maps. */
void pasts_begin(struct pasts *pasts, const struct mapper *mapper);

/* The past of a frame that the mapper is the first to map, with @missing more mappings; NO_PAST without memory. */
uint32_t pasts_first(struct pasts *pasts, uint32_t missing);

/* What follows on @number when the mapper maps the frame once; NO_PAST without memory.  Pasts may move. */
uint32_t pasts_next(struct pasts *pasts, uint32_t number);

/* Do two or more processes map it? */
bool past_is_shared(const struct past *past);

/* What all of it takes of memory. */
uint64_t pasts_bytes(const struct pasts *pasts);

#endif /* VMAVIEW_PAST_H */
