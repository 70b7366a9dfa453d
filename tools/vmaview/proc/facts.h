/* SPDX-License-Identifier: GPL-2.0 */
/* facts.h - in: a PID; out: who that is, by libproc2. */
#ifndef VMAVIEW_FACTS_H
#define VMAVIEW_FACTS_H

#include "vmaview/model.h"

enum facts {
	FACTS_FOUND,
	FACTS_NOBODY,
	FACTS_KERNEL_THREAD,
	FACTS_ZOMBIE,		/* none of its threads has memory any more */
	FACTS_FAILED,		/* libproc2 does not work here */
};

/* Fill pid (of the whole process, where @pid is a thread), thread, comm, cmdline and title. */
enum facts facts_read(struct process *process, pid_t pid);

#endif /* VMAVIEW_FACTS_H */
