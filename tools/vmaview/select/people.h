/* SPDX-License-Identifier: GPL-2.0 */
/* people.h - in: /proc, through libproc2, and a selection; out: all processes, and which of them are meant. */
#ifndef VMAVIEW_PEOPLE_H
#define VMAVIEW_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "select/selection.h"
#include "text/progress.h"

struct person {
	pid_t pid;
	pid_t parent;
	pid_t session;
	uint64_t started;
	bool has_memory;
	bool chosen;
};

struct people {
	struct person *list;	/* by PID */
	size_t nr;
	size_t room;
};

/* 0, or -errno.  Free them whatever comes.  @progress: NULL, or what says how many were seen. */
int people_read(struct people *people, const struct selection *selection, struct progress *progress);
void people_free(struct people *people);

/* NULL: nobody has this PID. */
struct person *people_find(const struct people *people, pid_t pid);

#endif /* VMAVIEW_PEOPLE_H */
