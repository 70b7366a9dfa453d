/* SPDX-License-Identifier: GPL-2.0 */
/* tour.h - what the programs of the tour share: memory at known addresses, a step at each line of stdin. */
#ifndef TOUR_H
#define TOUR_H

#include <stddef.h>
#include <stdint.h>

enum { PAGE = 4096 };

/*
 * tour_map - new memory where the tour says that it is, or the end of the program
 *
 * @prot and @flags as for mmap(2); with MAP_ANONYMOUS in @flags, @fd is -1.
 */
char *tour_map(uintptr_t address, size_t pages, int prot, int flags, int fd);

/*
 * tour_file - a file of @pages pages, written to its disk, or the end of the program
 *
 * In the folder TOUR_FILES, or here; not in a tmpfs, which has no disk to be clean against.  It has no name any
 * more.
 */
int tour_file(const char *name, size_t pages);

/* tour_die - ends the program: what failed, and errno */
_Noreturn void tour_die(const char *what);

/*
 * tour_wait - says in one line what is done by now, and waits for a line
 *
 * At the end of stdin the program ends.  What the kernel holds for a moment only is given back before:
 * see tour_drain().
 */
void tour_wait(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * tour_drain - empties this CPU's batches of pages that are to go to an LRU list
 *
 * A page in such a batch has one reference more, until the batch is full.  All programs stay on one
 * CPU, so there is no other batch with pages of theirs.
 */
void tour_drain(void);

/* tour_fork - fork(2); the child ends with its parent, the end of the program if it fails */
int tour_fork(void);

/* tour_fault_count - page faults of this process for which no disk was read, until now */
long tour_fault_count(void);

#endif
