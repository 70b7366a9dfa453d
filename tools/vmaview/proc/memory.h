/* SPDX-License-Identifier: GPL-2.0 */
/* memory.h - out: what the memory of this machine is used for, from one reading of /proc/meminfo. */
#ifndef VMAVIEW_MEMORY_H
#define VMAVIEW_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

/* In bytes. */
struct memory {
	uint64_t ram;		/* MemTotal */
	uint64_t free;		/* MemFree */
	uint64_t cache;		/* page cache that no process maps */
	uint64_t kernel;	/* slab, page tables, vmalloc() and kernel stacks, per-processor memory */
	uint64_t shmem;		/* Shmem: tmpfs, memfd, SysV and shared anonymous memory, mapped or not */
	uint64_t swapped;	/* swap that is used */
};

/* False where libproc2 cannot read it. */
bool memory_read(struct memory *memory);

/* Is anything swapped out?  True where that is not known. */
bool memory_is_swapped(void);

#endif /* VMAVIEW_MEMORY_H */
