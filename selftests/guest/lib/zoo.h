/* SPDX-License-Identifier: GPL-2.0 */
/* zoo.h - processes of many kinds, each waiting with a memory of its kind. */
#ifndef ZOO_H
#define ZOO_H

#include <stdbool.h>
#include <sys/types.h>

/* Starts them; what this kernel lacks is left out.  They end with the test. */
void zoo_start(void);

/* Calls @check for each of them. */
void zoo_each(void (*check)(pid_t pid));

/*
 * Calls @check for every process of this machine but this one, stopped meanwhile where it can be
 * stopped: process 1 cannot.  @check says whether it is content; it is asked three times at most,
 * since pages shared with a running process may come and go, and its differences are this test's
 * failure then.  Returns how many processes were checked.
 */
unsigned int everyone(bool (*check)(pid_t pid));

#endif
