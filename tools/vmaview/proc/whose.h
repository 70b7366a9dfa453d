/* SPDX-License-Identifier: GPL-2.0 */
/*
 * whose.h - out: whether the PIDs of /proc are those of this process.
 *
 * The module takes a PID as one of the caller's PID namespace; /proc has those of the namespace that it was
 * mounted in.  Where the two differ, a number means two processes.
 */
#ifndef VMAVIEW_WHOSE_H
#define VMAVIEW_WHOSE_H

enum whose {
	WHOSE_OURS,
	WHOSE_NOBODYS,		/* /proc is not mounted */
	WHOSE_OTHERS,		/* it is another PID namespace's */
};

enum whose whose_proc(void);

#endif /* VMAVIEW_WHOSE_H */
