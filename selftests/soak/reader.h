/* SPDX-License-Identifier: GPL-2.0 */
/* reader.h - one read by one door, and how it ended. */
#ifndef READER_H
#define READER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../guest/lib/random.h"

enum { NR_ERRNO = 140, NR_DOORS = 32 };

/* How all reads of a door ended, in memory that all readers share. */
struct door {
	char name[24];
	unsigned long whole;
	unsigned long wrong;		/* neither whole data nor a documented errno */
	unsigned long bytes;
	unsigned long ends[NR_ERRNO];
};

/* The doors, the texts of a folder by their names; @nr of them. */
extern struct door *doors;
extern size_t nr_doors;
/* The module itself may go away in the middle. */
extern bool module_may_go;

/* Before there are readers. */
void doors_begin(void);

/* Each reads something of @pid once, and counts how that ended. */
void read_stream(pid_t pid, struct dice *dice);	/* of all it has */
void read_hot(pid_t pid, struct dice *dice);	/* of the range where churn works */
void read_part(pid_t pid, struct dice *dice);	/* left in the middle */
void read_explain(pid_t pid, struct dice *dice);
void read_folder(pid_t pid, struct dice *dice);	/* all files in it; attached before, detached after */
void read_self(struct dice *dice);
void read_top(void);

#endif
