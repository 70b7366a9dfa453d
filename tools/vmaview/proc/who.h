/* SPDX-License-Identifier: GPL-2.0 */
/* who.h - in: a PID; out: which process that is, and whose files in /proc are those of its memory. */
#ifndef VMAVIEW_WHO_H
#define VMAVIEW_WHO_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * A process lives until the last of its threads ends, and where the first one ends before, the files of
 * /proc/PID are empty: what they had is in those of any other thread.
 */
struct who {
	pid_t pid;	/* of the process, also where a thread was named */
	pid_t parent;
	pid_t thread;	/* its first, or where that has ended another one; 0: none has memory */
};

/* False: nobody has this PID. */
bool who_is(pid_t pid, struct who *who);

#endif /* VMAVIEW_WHO_H */
