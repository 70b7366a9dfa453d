/* SPDX-License-Identifier: GPL-2.0 */
/* same_space.h - in: processes; out: whether one has the address space of another, where no module says it. */
#ifndef VMAVIEW_SAME_SPACE_H
#define VMAVIEW_SAME_SPACE_H

#include <stdbool.h>
#include <sys/types.h>

struct same_space {
	void *known;		/* a tree, in kcmp()'s order */
};

/* Have these two one address space?  Who has ended, or may not be compared, has none. */
bool same_space(pid_t a, pid_t b);
/* Has a process that was noted before the space of @pid?  If not, @pid is noted. */
bool same_space_note(struct same_space *spaces, pid_t pid);
void same_space_free(struct same_space *spaces);

#endif /* VMAVIEW_SAME_SPACE_H */
