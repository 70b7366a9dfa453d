/* SPDX-License-Identifier: GPL-2.0 */
/* addresses.h - in: words, or lines of a file; out: addresses of a process. */
#ifndef VMAVIEW_ADDRESSES_H
#define VMAVIEW_ADDRESSES_H

#include "vmaview/model.h"

/* So many can be asked about at once. */
#define ADDRESSES_MAX 1000000

struct addresses {
	uint64_t *list;			/* from the start of segments[i], where that is not NULL */
	char **segments;
	size_t nr;
	size_t room;
};

/*
 * One: in hex, or SEGMENT[+HEX], where SEGMENT is text, data, heap, stack, args or env, or the name of
 * an area in brackets.  EXIT_DONE, or the code to exit with, all having been said; @where is put before
 * what is wrong.
 */
int addresses_add(struct addresses *addresses, const char *word, const char *where);

/* One a line; "-" is stdin. */
int addresses_read(struct addresses *addresses, const char *path);

/* Makes all of them addresses of @process.  EXIT_DONE, or the code to exit with, all having been said. */
int addresses_resolve(struct addresses *addresses, const struct process *process);

void addresses_free(struct addresses *addresses);

#endif /* VMAVIEW_ADDRESSES_H */
