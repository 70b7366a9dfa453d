/* SPDX-License-Identifier: GPL-2.0 */
/*
 * objects.h - in: files of shared memory, as areas, descriptors, mounts and ipcs name them; out: each once.
 *
 * An object is a file of tmpfs or hugetlbfs, whoever made it: a path, memfd_create(), shmget(), or mmap() itself.
 */
#ifndef VMAVIEW_OBJECTS_H
#define VMAVIEW_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum object_kind {
	OBJECT_SHMEM,
	OBJECT_MEMFD,
	OBJECT_SYSV,
	OBJECT_HUGETLB,
	OBJECT_KIND_NR
};

/* What tells it from all others.  A segment of SysV has its number as inode, which another IPC namespace has, too. */
struct object_id {
	enum object_kind kind;
	uint32_t major;
	uint32_t minor;
	uint64_t inode;
	uint64_t ipc;		/* of a SysV segment: inode of its IPC namespace */
};

struct object {
	struct object_id id;
	char *text;		/* "memfd:NAME:INODE", unlike that of any other object */
	bool mapped;		/* by an area that was seen */
	bool measured;		/* the next two are known */
	uint64_t present;	/* bytes in memory, mapped or not */
	uint64_t swap;		/* bytes that are swapped out */
	uint64_t anonymous;	/* bytes of private mappings of it that are no longer the object's */
};

struct objects {
	struct object **list;	/* in the order in which they were found */
	size_t nr;
	size_t room;
	void *by_id;
	void *by_text;
	bool live;		/* of this machine, now: they can be measured */
	bool swapped;		/* there is something in swap */
};

void objects_init(struct objects *objects);
void objects_free(struct objects *objects);

/* The object, which is called so where it is new: @name is that of /proc/PID/maps.  NULL without memory. */
struct object *objects_get(struct objects *objects, const struct object_id *id, const char *name);

/* What kind a file of tmpfs, or of hugetlbfs, is by its name. */
enum object_kind object_kind_of_name(const char *name, bool hugetlb);

#endif /* VMAVIEW_OBJECTS_H */
