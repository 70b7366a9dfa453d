/* SPDX-License-Identifier: GPL-2.0 */
/* identity.h - out: all processes of this machine, and what each of them belongs to. */
#ifndef VMAVIEW_IDENTITY_H
#define VMAVIEW_IDENTITY_H

#include <stddef.h>
#include <sys/types.h>

struct identity {
	pid_t pid;
	pid_t parent;
	pid_t session;
	/* Texts of its own; NULL: not known, or not asked for. */
	char *name;		/* comm */
	char *exe;		/* the path that /proc/PID/exe leads to */
	char *user;		/* the effective one, its number where it has no name */
	char *cgroup;		/* of version 2: the path in /proc/PID/cgroup */
};

/*
 * All processes that are no kernel threads, by libproc2, in the order of their numbers: without name, exe and cgroup.
 * 0 or -errno.
 */
int identities_read(struct identity **rows, size_t *nr);
void identities_free(struct identity *rows, size_t nr);

enum identity_text {
	IDENTITY_NAME	= 1,
	IDENTITY_EXE	= 2,
	IDENTITY_CGROUP	= 4,
};

/* Those of @texts that can be known. */
void identity_add(struct identity *row, unsigned int texts);

/* The row of @pid; NULL. */
struct identity *identity_find(struct identity *rows, size_t nr, pid_t pid);

#endif /* VMAVIEW_IDENTITY_H */
