// SPDX-License-Identifier: GPL-2.0
/* object_files.c - in: a tmpfs or hugetlbfs that is mounted; out: its files. */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "proc/object_files.h"
#include "proc/object_present.h"

/* More than anybody reads: a tmpfs can have millions. */
#define FILES_MAX 50000

static int add_file(struct objects *objects, const struct object_device *device, const FTSENT *entry)
{
	struct object_id id = { .kind = device->hugetlb ? OBJECT_HUGETLB : OBJECT_SHMEM, .major = device->major,
				.minor = device->minor, .inode = entry->fts_statp->st_ino };
	const struct statx info = { .stx_mode = (uint16_t)entry->fts_statp->st_mode,
				    .stx_blocks = (uint64_t)entry->fts_statp->st_blocks };
	const char *name = strstr(entry->fts_path, "/root/") + strlen("/root");
	struct object *object;

	if (!info.stx_blocks || !info.stx_mode || entry->fts_statp->st_dev != makedev(device->major, device->minor))
		return 0;
	object = objects_get(objects, &id, name);
	if (!object)
		return -ENOMEM;
	object_measure(objects, object, AT_FDCWD, entry->fts_path, &info);
	return 0;
}

/* Those of this device that were found in whatever way have so many bytes, in memory or not. */
static uint64_t found_bytes(const struct objects *objects, const struct object_device *device)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < objects->nr; i++) {
		const struct object *object = objects->list[i];

		if (object->id.major == device->major && object->id.minor == device->minor)
			bytes += object->present + object->swap;
	}
	return bytes;
}

/* What is left of it is called as its root, a folder, whose number is no file's. */
static int add_rest(struct objects *objects, const struct object_device *device, const char *path, ino_t inode)
{
	struct object_id id = { .kind = device->hugetlb ? OBJECT_HUGETLB : OBJECT_SHMEM, .major = device->major,
				.minor = device->minor, .inode = inode };
	uint64_t found = found_bytes(objects, device), used;
	struct object *object;
	struct statfs info;

	if (statfs(path, &info) || !info.f_blocks)
		return 0;
	used = (info.f_blocks - info.f_bfree) * (uint64_t)info.f_bsize;
	if (used <= found)
		return 0;
	object = objects_get(objects, &id, device->mount);
	if (!object)
		return -ENOMEM;
	object->measured = !objects->swapped;
	object->present = used - found;
	return 0;
}

/* The root is read first.  *@inode is its number once there are too many files to look at all of them, or 0. */
static int add_tree(struct objects *objects, const struct object_device *device, FTS *tree, ino_t *inode)
{
	ino_t root = 0;
	size_t nr = 0;
	FTSENT *entry;
	int ret = 0;

	*inode = 0;
	while (!ret && (entry = fts_read(tree))) {
		if (!nr++)
			root = entry->fts_statp->st_ino;
		if (nr == 1 && entry->fts_statp->st_dev != makedev(device->major, device->minor))
			break;	/* something else is mounted over it */
		if (entry->fts_info == FTS_F || entry->fts_info == FTS_SL || entry->fts_info == FTS_DEFAULT)
			ret = add_file(objects, device, entry);
		if (nr == FILES_MAX) {
			*inode = root;
			break;
		}
	}
	return ret;
}

int object_files_add(struct objects *objects, const struct object_device *device)
{
	ino_t rest = 0;
	char *path;
	int ret;
	FTS *tree;

	if (!device->mount)
		return 0;
	if (asprintf(&path, "/proc/%d/root%s", device->pid, device->mount) < 0)
		return -ENOMEM;
	tree = fts_open((char *const[]){ path, NULL }, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_XDEV | FTS_NOCHDIR, NULL);
	ret = tree ? add_tree(objects, device, tree, &rest) : 0;
	if (tree)
		fts_close(tree);
	if (!ret && rest)
		ret = add_rest(objects, device, path, rest);
	free(path);
	return ret;
}
