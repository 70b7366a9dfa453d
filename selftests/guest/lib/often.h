/* SPDX-License-Identifier: GPL-2.0 */
/* often.h - one page of a file that is mapped in very many places, as anybody can do it. */
#ifndef OFTEN_H
#define OFTEN_H

#include <stdint.h>

#include "child.h"

/**
 * struct often - what is mapped, and how
 * @fd: the file of which it is the first page
 * @nr: how many areas
 * @flags: MAP_POPULATE where each of them is to have the page, or 0: then none has it
 * @instead: a page that the child has from the test, and gives up; or NULL
 */
struct often {
	int fd;
	unsigned int nr;
	int flags;
	char *instead;
};

/* The child that maps it, and keeps it mapped. */
void often_start(struct child *child, struct often *often);
/* How many areas of others the module has looked at since it was loaded, in search of who shares a page. */
uint64_t often_passed(void);

#endif
