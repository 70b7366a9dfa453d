/* SPDX-License-Identifier: GPL-2.0 */
/* access.h - a read, a write or an exec of one byte, and what became of it. */
#ifndef ACCESS_H
#define ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "vmaview.h"

/* What happened. */
struct access_seen {
	int signal;		/* that the access itself raised, 0 for none */
	int code;		/* si_code of it */
	long minor;		/* faults of this thread meanwhile */
	long major;
	uint64_t before;	/* pagemap */
	uint64_t after;
	bool userfault;		/* access_userfault() was called meanwhile */
};

/* Where an instruction begins: others are refused before anything is looked for there. */
char *access_instruction(char *addr);

/* Before the first access: signal handlers. */
void access_init(void);

/*
 * Does it, in this thread.  A write stores a zero byte; an exec runs one instruction, whatever it is,
 * with every register that an address may be in pointing to memory where nothing matters.
 */
void access_do(char *addr, enum vmaview_access access, struct access_seen *seen);

/* So many bits has an address of a process: the rest of those that the processor takes are zero. */
unsigned int access_bits(void);
/* Where a process of 64 bits has its last address at most: one below. */
uintptr_t access_end(void);

/* A userfaultfd handler has seen a fault. */
void access_userfault(void);

#endif
