/* SPDX-License-Identifier: GPL-2.0 */
/* tree.h - in: /proc; out: who is whose child. */
#ifndef VMAVIEW_TREE_H
#define VMAVIEW_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Its parent, 0 where there is no such process. */
pid_t tree_parent(pid_t pid);

/* Is it there, and has any of its threads memory, which zombies and kernel threads have not? */
bool tree_has_memory(pid_t pid);

/*
 * @root and all its descendants that have memory of their own, parents before their children, in
 * *@pids, malloc()ed.  Zombies and kernel threads are left out.  0, -ENOENT: there is no such
 * process, or -errno.
 */
int tree_descendants(pid_t root, pid_t **pids, size_t *nr);

#endif /* VMAVIEW_TREE_H */
