/* SPDX-License-Identifier: GPL-2.0 */
/*
 * object_search.h - in: the processes of this machine; out: the objects that they hold, that are mounted, and of ipcs.
 *
 * Nothing waits for the server of a file system: only descriptors of tmpfs and hugetlbfs are looked at closely.
 */
#ifndef VMAVIEW_OBJECT_SEARCH_H
#define VMAVIEW_OBJECT_SEARCH_H

#include "proc/objects.h"
#include "vmaview/model.h"

/*
 * All that can be found: /proc/sysvipc/shm, the descriptors of all processes that /proc has, the files in what is
 * mounted where any of them lives.  0 or -ENOMEM.
 */
int objects_search(struct objects *objects);

/* That which process->areas[@index], of @kind, maps.  NULL without memory. */
struct object *object_of_area(struct objects *objects, enum object_kind kind, const struct process *process,
			      size_t index);

#endif /* VMAVIEW_OBJECT_SEARCH_H */
