/* SPDX-License-Identifier: GPL-2.0 */
/* group_objects.h - in: the rows of a machine's objects, and all objects that it has; out: what nobody maps, too. */
#ifndef VMAVIEW_GROUP_OBJECTS_H
#define VMAVIEW_GROUP_OBJECTS_H

#include "proc/objects.h"
#include "verbs/groups/group_rows.h"

/*
 * The rows have their frames.  An object that nobody maps gets one, one that is mapped has all of its frames then, and
 * what is left of @shmem, Shmem of /proc/meminfo, is the row "unknown".  *@unmapped is what was added, in bytes.
 * 0 or -ENOMEM.
 */
int group_objects_add(struct group_rows *rows, const struct objects *objects, uint64_t shmem, uint64_t *unmapped);

#endif /* VMAVIEW_GROUP_OBJECTS_H */
