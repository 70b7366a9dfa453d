/* SPDX-License-Identifier: GPL-2.0 */
/*
 * selection.h - in: PIDs, --name, --user, --cgroup, --tree, --all; out: who is meant by them.
 *
 * They add up.  There is a rule for each, which targets_find() applies as often as one likes: who is there
 * changes.
 */
#ifndef VMAVIEW_SELECTION_H
#define VMAVIEW_SELECTION_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum chosen_by {
	BY_PID,
	BY_TREE,		/* a process and its descendants */
	BY_NAME,
	BY_USER,
	BY_CGROUP,		/* and below */
	BY_ALL,
};

struct rule {
	enum chosen_by by;
	const char *word;	/* as it was given */
	pid_t pid;
	uid_t user;
	regex_t name;
	char *cgroup;		/* as /proc/PID/cgroup has it, without a / at its end */
};

struct selection {
	struct rule *rules;
	size_t nr;
	size_t room;
};

/* One more; @pid is for those by PID and by tree.  EXIT_DONE, or the code to stop with, all having been said. */
int selection_add(struct selection *selection, enum chosen_by by, const char *word, pid_t pid);

void selection_free(struct selection *selection);

/* Are there PIDs, and nothing else? */
bool selection_is_named(const struct selection *selection);

#endif /* VMAVIEW_SELECTION_H */
