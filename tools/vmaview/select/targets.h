/* SPDX-License-Identifier: GPL-2.0 */
/* targets.h - in: a selection; out: the processes that it means now, each once. */
#ifndef VMAVIEW_TARGETS_H
#define VMAVIEW_TARGETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "select/people.h"
#include "select/selection.h"

struct target {
	pid_t pid;		/* as it was named, or of the process: never that of a thread that nobody named */
	uint64_t started;	/* ticks since the boot: a PID may be another's by now; 0: it was named */
};

/* Those that were named in their order, after them those that were found, by PID. */
struct targets {
	struct target *list;
	size_t nr;
	size_t room;
	struct people people;	/* all processes, where some were found; nobody where all were named */
};

/*
 * Threads of others, kernel threads and what has no memory any more are only among them where they were named.
 * 0; -ESRCH where nobody is meant, or another error.  Free them whatever comes.  @progress as for people_read().
 */
int targets_find(struct targets *targets, const struct selection *selection, struct progress *progress);
/* Words for that, where there are any; the code to stop with, or EXIT_DONE. */
int targets_say(int error, const struct selection *selection);
void targets_free(struct targets *targets);

/* Is it the process that was found?  One that was named is, whoever has the PID. */
bool target_is_there(const struct target *target);

/* The same of one that was read, which began so many ns after the machine; false: who is there is to be asked. */
bool target_began(const struct target *target, uint64_t ns);

#endif /* VMAVIEW_TARGETS_H */
