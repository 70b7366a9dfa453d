/* SPDX-License-Identifier: GPL-2.0 */
/* identity.h - in: a process; out: what it belongs to, in words. */
#ifndef VMAVIEW_IDENTITY_H
#define VMAVIEW_IDENTITY_H

#include <stdbool.h>
#include <sys/types.h>

enum identity_text {
	IDENTITY_NAME	= 1,
	IDENTITY_EXE	= 2,
	IDENTITY_CGROUP	= 4,
	IDENTITY_USER	= 8,
};

struct identity {
	pid_t pid;
	pid_t session;
	uid_t uid;		/* where the user is known */
	/* Texts of its own; NULL: not known, or not asked for. */
	char *name;		/* comm */
	char *exe;		/* the path that /proc/PID/exe leads to */
	char *user;		/* the effective one, its number where it has no name */
	char *cgroup;		/* of version 2: the path in /proc/PID/cgroup */
};

/*
 * Those of @texts that can be known of identity->pid.  @other, or NULL: one that was read before, whose user may be
 * the same and is not looked up again then.
 */
void identity_read(struct identity *identity, unsigned int texts, const struct identity *other);
void identity_free(struct identity *identity);

/* Do all texts agree? */
bool identity_is_same(const struct identity *a, const struct identity *b);

#endif /* VMAVIEW_IDENTITY_H */
