// SPDX-License-Identifier: GPL-2.0
/*
 * object_files.c - in: a tmpfs or hugetlbfs that is mounted; out: its files.
 *
 * What is mounted in it is passed over, without asking the server of it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "proc/object_files.h"
#include "proc/object_present.h"

/* More than anybody reads: a tmpfs can have millions. */
#define FILES_MAX 50000

#define HOW (AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC)
#define FACTS (STATX_TYPE | STATX_INO | STATX_BLOCKS)
#define FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC)

struct search {
	struct objects *objects;
	const struct object_device *device;
	size_t nr;		/* files and folders that were looked at */
};

static bool is_there(const struct search *search, const struct statx *info)
{
	return info->stx_dev_major == search->device->major && info->stx_dev_minor == search->device->minor;
}

static struct object *get_object(const struct search *search, uint64_t inode, const char *name)
{
	const struct object_device *device = search->device;
	struct object_id id = { .kind = device->hugetlb ? OBJECT_HUGETLB : OBJECT_SHMEM, .major = device->major,
				.minor = device->minor, .inode = inode };

	return objects_get(search->objects, &id, name);
}

static int add_folder(struct search *search, int folder, const char *name);

/* @name is its whole path.  A file without a page takes no memory. */
static int add_entry(struct search *search, int folder, const char *entry, const char *name)
{
	struct object *object;
	struct statx info;

	if (statx(folder, entry, HOW, FACTS, &info) || !is_there(search, &info))
		return 0;
	if (S_ISDIR(info.stx_mode))
		return add_folder(search, openat(folder, entry, FOLDER), name);
	if (!info.stx_blocks)
		return 0;
	object = get_object(search, info.stx_ino, name);
	if (object)
		object_measure(search->objects, object, folder, entry, &info);
	return object ? 0 : -ENOMEM;
}

/* Closes @folder, which may be -1: what cannot be opened has nothing to show. */
static int add_folder(struct search *search, int folder, const char *name)
{
	DIR *dir = folder < 0 ? NULL : fdopendir(folder);
	const struct dirent *entry;
	int ret = 0;

	while (dir && !ret && search->nr < FILES_MAX && (entry = readdir(dir))) {
		char *path;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		search->nr++;
		if (asprintf(&path, "%s/%s", name, entry->d_name) < 0)
			path = NULL;
		ret = path ? add_entry(search, folder, entry->d_name, path) : -ENOMEM;
		free(path);
	}
	if (dir)
		closedir(dir);
	else if (folder >= 0)
		close(folder);
	return ret;
}

/* Those of this device that were found in whatever way have so many bytes, in memory or not. */
static uint64_t found_bytes(const struct search *search)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < search->objects->nr; i++) {
		const struct object *object = search->objects->list[i];

		if (object->id.major == search->device->major && object->id.minor == search->device->minor)
			bytes += object->present + object->swap;
	}
	return bytes;
}

/* What is left of it is called as its root, a folder, whose number is no file's. */
static int add_rest(const struct search *search, const char *path, uint64_t inode)
{
	uint64_t found = found_bytes(search), used;
	struct object *object;
	struct statfs info;

	if (statfs(path, &info) || !info.f_blocks)
		return 0;
	used = (info.f_blocks - info.f_bfree) * (uint64_t)info.f_bsize;
	if (used <= found)
		return 0;
	object = get_object(search, inode, search->device->mount);
	if (!object)
		return -ENOMEM;
	object->measured = !search->objects->swapped;
	object->present = used - found;
	return 0;
}

int object_files_add(struct objects *objects, const struct object_device *device)
{
	struct search search = { .objects = objects, .device = device };
	struct statx info;
	int ret = 0;
	char *path;

	if (!device->mount)
		return 0;
	if (asprintf(&path, "/proc/%d/root%s", device->pid, device->mount) < 0)
		return -ENOMEM;
	/* Something else may be mounted over it. */
	if (!statx(AT_FDCWD, path, AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC, FACTS, &info) && is_there(&search, &info)) {
		ret = add_folder(&search, open(path, FOLDER & ~O_NOFOLLOW),
				 strcmp(device->mount, "/") ? device->mount : "");
		if (!ret && search.nr == FILES_MAX)
			ret = add_rest(&search, path, info.stx_ino);
	}
	free(path);
	return ret;
}
