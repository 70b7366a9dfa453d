/* SPDX-License-Identifier: GPL-2.0 */
/* object_present.h - in: the path of a file of tmpfs or hugetlbfs; out: how much of it is in memory. */
#ifndef VMAVIEW_OBJECT_PRESENT_H
#define VMAVIEW_OBJECT_PRESENT_H

#include <sys/stat.h>

#include "proc/objects.h"

/*
 * object->present and ->swap of one of @objects, where they can be known.  @info is what statx() says of @path,
 * beginning in @folder, with STATX_TYPE and STATX_BLOCKS.
 */
void object_measure(const struct objects *objects, struct object *object, int folder, const char *path,
		    const struct statx *info);

#endif /* VMAVIEW_OBJECT_PRESENT_H */
