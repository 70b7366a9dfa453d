/* SPDX-License-Identifier: GPL-2.0 */
/* object_files.h - in: a tmpfs or hugetlbfs that is mounted; out: its files. */
#ifndef VMAVIEW_OBJECT_FILES_H
#define VMAVIEW_OBJECT_FILES_H

#include "proc/object_devices.h"
#include "proc/objects.h"

/*
 * Each that has a page, by its path below the root of who has it mounted; beyond a number of files, the others as one
 * object, called as the folder that it is mounted at.  0 or -ENOMEM; what cannot be read is not there.
 */
int object_files_add(struct objects *objects, const struct object_device *device);

#endif /* VMAVIEW_OBJECT_FILES_H */
