/* SPDX-License-Identifier: GPL-2.0 */
/* object_devices.h - out: which device numbers are those of tmpfs and hugetlbfs, and where these are mounted. */
#ifndef VMAVIEW_OBJECT_DEVICES_H
#define VMAVIEW_OBJECT_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct object_device {
	uint32_t major;
	uint32_t minor;
	bool hugetlb;
	char *mount;		/* where the root of it is mounted; NULL: nowhere, the kernel's own */
	pid_t pid;		/* whose mount namespace @mount is in */
};

struct object_devices {
	struct object_device *list;
	size_t nr;
	size_t room;
	uint64_t *namespaces;	/* of mounts, that were looked at */
	size_t nr_namespaces;
	size_t room_namespaces;
};

/* Those of the kernel itself, for memfd_create(), shmget() and shared anonymous memory.  0 or -ENOMEM. */
int object_devices_init(struct object_devices *devices);
void object_devices_free(struct object_devices *devices);

/* And those in the mount namespace of @pid.  0 or -ENOMEM; who has ended has none. */
int object_devices_add(struct object_devices *devices, pid_t pid);

/* NULL: no tmpfs, and no hugetlbfs, that is known. */
const struct object_device *object_device_find(const struct object_devices *devices, uint32_t major, uint32_t minor);

#endif /* VMAVIEW_OBJECT_DEVICES_H */
