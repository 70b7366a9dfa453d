/* SPDX-License-Identifier: GPL-2.0 */
/*
 * proof.h - predictions of Cow_* against what then happens.
 *
 * For each history of a place: take the prediction, write every page, and count by pagemap the pages
 * whose frame is another one.  What was called a copy or a source must have moved, what was called
 * reuse must not; "maybe" may do either and must be rare where it can be.
 */
#ifndef PROOF_H
#define PROOF_H

#include <stdbool.h>
#include <stddef.h>

/* A place with memory in it: the pages that are written, and how far apart. */
struct place {
	char *addr;
	size_t pages;
	size_t step;		/* bytes between two writes */
	bool folio;		/* its pages are of one large folio */
};

/*
 * Each history, from a place of its own that @make makes; fails the test where one ends otherwise than
 * predicted.  @maybe_allowed: this kind of memory cannot always be told.
 */
void proof_through_histories(const char *kind, struct place (*make)(void), bool maybe_allowed);

#endif
