/* SPDX-License-Identifier: GPL-2.0 */
/* group_members.h - in: which processes are meant; out: each once, those of one family one after the other. */
#ifndef VMAVIEW_GROUP_MEMBERS_H
#define VMAVIEW_GROUP_MEMBERS_H

#include "proc/identity.h"
#include "select/targets.h"
#include "verbs/groups/group_by.h"

struct group_member {
	const struct target *target;
	struct identity *identity;
	pid_t tree;			/* its eldest ancestor among the members, where that is a key */
	char *family;			/* the same for those that agree in all keys of processes */
};

struct group_members {
	const struct people *people;	/* all processes; those of the targets, or ... */
	struct people read;		/* ... where these were named, read for it */
	struct identity *identities;
	struct group_member *members;
	size_t nr;
};

/* For at most so many as @targets are, which stay.  0 or -errno; free it whatever comes. */
int group_members_init(struct group_members *members, const struct targets *targets);
void group_members_free(struct group_members *members);

/* @pid is meant, too, which is @target's or, of a thread, its process's.  False: there is no such process. */
bool group_members_add(struct group_members *members, const struct target *target, pid_t pid);

/* Once all were added: what they are grouped by, and in that order.  0 or -ENOMEM. */
int group_members_arrange(struct group_members *members, const struct group_by *by);

#endif /* VMAVIEW_GROUP_MEMBERS_H */
