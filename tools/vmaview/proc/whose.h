/* SPDX-License-Identifier: GPL-2.0 */
/*
 * whose.h - out: whether the PIDs of /proc are those of this process.
 *
 * The module takes a PID as one of the caller's PID namespace; /proc has those of the namespace that it was
 * mounted in.  Where the two differ, a number means two processes.
 */
#ifndef VMAVIEW_WHOSE_H
#define VMAVIEW_WHOSE_H

#include <stdbool.h>

enum whose {
	WHOSE_OURS,
	WHOSE_NOBODYS,		/* /proc is not mounted */
	WHOSE_OTHERS,		/* it is another PID namespace's */
};

enum whose whose_proc(void);

/* Can processes be seen there that are in no namespace of PIDs but the first: all of the machine? */
bool whose_are_all(void);

#endif /* VMAVIEW_WHOSE_H */
