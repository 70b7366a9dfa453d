/* SPDX-License-Identifier: GPL-2.0 */
/* translate.h - in: "ADDR+LEN" or "PART+OFFSET+LEN"; out: where in physical memory that is. */
#ifndef VMAVIEW_TRANSLATE_H
#define VMAVIEW_TRANSLATE_H

#include "read/collect.h"
#include "verbs/layout/layout_parts.h"

struct place {
	const char *word;	/* as it was given */
	size_t name;		/* letters of the part's name; 0: an address */
	uint64_t start;		/* an address, or one after the part's start */
	uint64_t length;
};

/* EXIT_DONE or EXIT_USAGE. */
int place_parse(struct place *place, const char *word);

/* Turn a part's name into its address: EXIT_DONE, or EXIT_FAILED where the process has no such part. */
int place_find(struct place *place, const struct sheet *parts);

/*
 * Add what @place is made of to the rows of @sheet: ranges that are in a row in physical memory, and
 * those that are in none.  0 or -errno, with words in @collector->why.
 */
int translate(struct sheet *sheet, struct collector *collector, const struct place *place);

#endif /* VMAVIEW_TRANSLATE_H */
