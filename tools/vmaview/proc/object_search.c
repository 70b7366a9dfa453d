// SPDX-License-Identifier: GPL-2.0
/* object_search.c - in: the processes of this machine; out: the objects that they hold or map, and those of ipcs. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc/object_devices.h"
#include "proc/object_files.h"
#include "proc/object_present.h"
#include "proc/object_search.h"

#define FACTS (STATX_TYPE | STATX_INO | STATX_BLOCKS | STATX_SIZE)

/* Of @pid; 1 where there are none: they are no files then. */
static uint64_t ipc_namespace(const char *pid)
{
	struct stat info;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%s/ns/ipc", pid);
	return stat(path, &info) ? 1 : info.st_ino;
}

static uint64_t ipc_namespace_of(pid_t pid)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	return ipc_namespace(text);
}

static int add_descriptor(struct objects *objects, const struct object_devices *devices, int folder,
			  const char *number, pid_t pid)
{
	char name[PATH_MAX + 16];
	const struct object_device *device;
	struct object_id id;
	struct object *object;
	struct statx info;
	ssize_t length;

	if (statx(folder, number, AT_STATX_DONT_SYNC, FACTS, &info) || !S_ISREG(info.stx_mode))
		return 0;
	device = object_device_find(devices, info.stx_dev_major, info.stx_dev_minor);
	length = device ? readlinkat(folder, number, name, sizeof(name) - 1) : -1;
	if (length < 0)
		return 0;
	name[length] = '\0';
	id = (struct object_id){ .kind = object_kind_of_name(name, device->hugetlb), .inode = info.stx_ino,
				 .major = info.stx_dev_major, .minor = info.stx_dev_minor };
	if (id.kind == OBJECT_SYSV)
		id.ipc = ipc_namespace_of(pid);
	object = objects_get(objects, &id, name);
	if (object)
		object_measure(objects, object, folder, number, &info);
	return object ? 0 : -ENOMEM;
}

static int add_descriptors(struct objects *objects, struct object_devices *devices, pid_t pid)
{
	char path[32];
	const struct dirent *entry;
	int ret = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && !ret && (entry = readdir(dir)))
		if (isdigit((unsigned char)*entry->d_name))
			ret = add_descriptor(objects, devices, dirfd(dir), entry->d_name, pid);
	if (dir)
		closedir(dir);
	return ret;
}

/* Who mapped one by its number has its device as well: a segment of SysV is a file of the kernel's own. */
static const struct object_device *own_device(const struct object_devices *devices, bool hugetlb)
{
	for (size_t i = 0; i < devices->nr; i++)
		if (!devices->list[i].mount && devices->list[i].hugetlb == hugetlb)
			return &devices->list[i];
	return NULL;
}

/* Those that were seen mapped, of any size of huge pages, are the same. */
static struct object *find_segment(const struct objects *objects, uint64_t number, uint64_t ipc)
{
	for (size_t i = 0; i < objects->nr; i++) {
		const struct object_id *id = &objects->list[i]->id;

		if (id->ipc == ipc && id->inode == number)
			return objects->list[i];
	}
	return NULL;
}

struct segment {
	unsigned int key;
	int number;
	uint64_t rss;
	uint64_t swap;
};

static int add_segment(struct objects *objects, const struct object_devices *devices, const struct segment *segment,
		       uint64_t ipc)
{
	struct object *object = find_segment(objects, (uint64_t)segment->number, ipc);
	const struct object_device *device = own_device(devices, false);
	char name[32];

	if (!object && device) {
		struct object_id id = { .kind = OBJECT_SYSV, .inode = (uint64_t)segment->number, .ipc = ipc,
					.major = device->major, .minor = device->minor };

		snprintf(name, sizeof(name), "/SYSV%08x", segment->key);
		object = objects_get(objects, &id, name);
		if (!object)
			return -ENOMEM;
	}
	if (object && !object->measured) {
		object->measured = true;
		object->present = segment->rss;
		object->swap = segment->swap;
	}
	return 0;
}

/*
 * sysvipc_shm_proc_show() in ipc/shm.c: the last two columns are bytes in memory and in swap.  Whether it is made of
 * huge pages is not said: one that nobody maps passes for one that is not.
 */
static int add_segments(struct objects *objects, const struct object_devices *devices)
{
	FILE *file = fopen("/proc/sysvipc/shm", "re");
	uint64_t ipc = ipc_namespace("self");
	char line[512];
	int ret = 0;

	while (file && !ret && fgets(line, sizeof(line), file)) {
		struct segment segment;

		if (sscanf(line, "%d %d %*o %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64,
			   (int *)&segment.key, &segment.number, &segment.rss, &segment.swap) == 4)
			ret = add_segment(objects, devices, &segment, ipc);
	}
	if (file)
		fclose(file);
	return ret;
}

/* A step is done for each process; who ends meanwhile has nothing more to show. */
typedef int step(struct objects *objects, struct object_devices *devices, pid_t pid);

static int each_process(struct objects *objects, struct object_devices *devices, step *take)
{
	DIR *dir = opendir("/proc");
	const struct dirent *entry;
	int ret = 0;

	while (dir && !ret && (entry = readdir(dir)))
		if (isdigit((unsigned char)*entry->d_name))
			ret = take(objects, devices, atoi(entry->d_name));
	if (dir)
		closedir(dir);
	return ret;
}

static int add_devices(struct objects *objects, struct object_devices *devices, pid_t pid)
{
	(void)objects;
	return object_devices_add(devices, pid);
}

int objects_search(struct objects *objects)
{
	struct object_devices devices;
	int ret = object_devices_init(&devices);

	if (!ret)
		ret = each_process(objects, &devices, add_devices);
	if (!ret)
		ret = each_process(objects, &devices, add_descriptors);
	for (size_t i = 0; !ret && i < devices.nr; i++)
		ret = object_files_add(objects, &devices.list[i]);
	if (!ret)
		ret = add_segments(objects, &devices);
	object_devices_free(&devices);
	return ret;
}

/* By the file that the kernel shows at its addresses: nothing else leads to memory that has no descriptor. */
static void measure_area(const struct objects *objects, struct object *object, pid_t pid, const struct area *area)
{
	struct statx info;
	char path[96];

	snprintf(path, sizeof(path), "/proc/%d/map_files/%" PRIx64 "-%" PRIx64, pid, area->start, area->end);
	if (!statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, FACTS, &info) && info.stx_ino == object->id.inode)
		object_measure(objects, object, AT_FDCWD, path, &info);
}

struct object *object_of_area(struct objects *objects, enum object_kind kind, const struct process *process,
			      size_t index)
{
	const struct area *area = &process->areas[index];
	struct object_id id = { .kind = kind, .major = area->dev_major, .minor = area->dev_minor,
				.inode = area->inode };
	struct object *object;

	if (objects->live && object_kind_of_name(area->name, false) == OBJECT_SYSV)
		id.ipc = ipc_namespace_of(process->pid);
	object = objects_get(objects, &id, area->name);
	if (!object)
		return NULL;
	object->mapped = true;
	if (area_knows(area, KEY_ANONYMOUS))
		object->anonymous += area->value[KEY_ANONYMOUS];
	if (objects->live && !object->measured)
		measure_area(objects, object, process->pid, area);
	return object;
}
