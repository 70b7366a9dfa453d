// SPDX-License-Identifier: GPL-2.0
/* object_devices.c - out: which device numbers are those of tmpfs and hugetlbfs, and where these are mounted. */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "proc/object_devices.h"

#ifndef MFD_HUGE_SHIFT
#define MFD_HUGE_SHIFT 26
#endif

static struct object_device *find(const struct object_devices *devices, uint32_t major, uint32_t minor)
{
	for (size_t i = 0; i < devices->nr; i++)
		if (devices->list[i].major == major && devices->list[i].minor == minor)
			return &devices->list[i];
	return NULL;
}

const struct object_device *object_device_find(const struct object_devices *devices, uint32_t major, uint32_t minor)
{
	return find(devices, major, minor);
}

static int add(struct object_devices *devices, const struct object_device *device)
{
	if (find(devices, device->major, device->minor))
		return 0;
	if (devices->nr == devices->room) {
		size_t room = devices->room ? 2 * devices->room : 16;
		struct object_device *list = reallocarray(devices->list, room, sizeof(*list));

		if (!list)
			return -ENOMEM;
		devices->list = list;
		devices->room = room;
	}
	devices->list[devices->nr] = *device;
	if (device->mount) {
		devices->list[devices->nr].mount = strdup(device->mount);
		if (!devices->list[devices->nr].mount)
			return -ENOMEM;
	}
	devices->nr++;
	return 0;
}

/* A file without pages shows the device; a kernel that makes none has no such device. */
static int add_own(struct object_devices *devices, unsigned int flags)
{
	int fd = memfd_create("vmaview", MFD_CLOEXEC | flags), ret = 0;
	struct object_device device = { .hugetlb = flags & MFD_HUGETLB };
	struct stat info;

	if (fd < 0)
		return 0;
	if (!fstat(fd, &info)) {
		device.major = major(info.st_dev);
		device.minor = minor(info.st_dev);
		ret = add(devices, &device);
	}
	close(fd);
	return ret;
}

/* There is one for each size of huge pages: /sys/kernel/mm/hugepages/hugepages-2048kB. */
static int add_own_huge(struct object_devices *devices)
{
	DIR *dir = opendir("/sys/kernel/mm/hugepages");
	const struct dirent *entry;
	int ret = 0;

	while (dir && !ret && (entry = readdir(dir))) {
		unsigned long kib;

		if (sscanf(entry->d_name, "hugepages-%lukB", &kib) == 1 && kib)
			ret = add_own(devices, MFD_HUGETLB |
				      (unsigned int)__builtin_ctzl(kib << 10) << MFD_HUGE_SHIFT);
	}
	if (dir)
		closedir(dir);
	return ret;
}

int object_devices_init(struct object_devices *devices)
{
	int ret;

	*devices = (struct object_devices){ .nr = 0 };
	ret = add_own(devices, 0);
	return ret ? ret : add_own_huge(devices);
}

void object_devices_free(struct object_devices *devices)
{
	for (size_t i = 0; i < devices->nr; i++)
		free(devices->list[i].mount);
	free(devices->list);
	free(devices->namespaces);
	*devices = (struct object_devices){ .nr = 0 };
}

/* \040 and its like: mangle() in fs/proc_namespace.c. */
static void unescape(char *text)
{
	char *to = text;

	while (*text) {
		unsigned int byte;

		if (*text == '\\' && sscanf(text + 1, "%3o", &byte) == 1) {
			*to++ = (char)byte;
			text += 4;
		} else {
			*to++ = *text++;
		}
	}
	*to = '\0';
}

static bool keeps_objects(const char *type)
{
	return !strcmp(type, "tmpfs") || !strcmp(type, "devtmpfs") || !strcmp(type, "hugetlbfs");
}

/* "36 35 0:29 / /dev/shm rw,nosuid - tmpfs shm rw": a part of one that is mounted elsewhere is left out. */
static int add_line(struct object_devices *devices, char *line, pid_t pid)
{
	char *rest = strstr(line, " - "), *mount, *end;
	struct object_device device = { .pid = pid };
	char type[32];
	int used = 0;

	if (!rest || sscanf(rest, " - %31s", type) != 1 || !keeps_objects(type))
		return 0;
	if (sscanf(line, "%*d %*d %" SCNu32 ":%" SCNu32 " / %n", &device.major, &device.minor, &used) != 2 || !used)
		return 0;
	mount = line + used;
	end = strchr(mount, ' ');
	if (!end)
		return 0;
	*end = '\0';
	unescape(mount);
	device.hugetlb = !strcmp(type, "hugetlbfs");
	device.mount = mount;
	return add(devices, &device);
}

static int add_mounts(struct object_devices *devices, pid_t pid)
{
	char path[32], *line = NULL;
	size_t room = 0;
	FILE *file;
	int ret = 0;

	snprintf(path, sizeof(path), "/proc/%d/mountinfo", pid);
	file = fopen(path, "re");
	while (file && !ret && getline(&line, &room, file) > 0)
		ret = add_line(devices, line, pid);
	free(line);
	if (file)
		fclose(file);
	return ret;
}

/* Was it there already?  If not, it is now. */
static int note_namespace(struct object_devices *devices, uint64_t number, bool *known)
{
	*known = true;
	for (size_t i = 0; i < devices->nr_namespaces; i++)
		if (devices->namespaces[i] == number)
			return 0;
	*known = false;
	if (devices->nr_namespaces == devices->room_namespaces) {
		size_t room = devices->room_namespaces ? 2 * devices->room_namespaces : 16;
		uint64_t *more = reallocarray(devices->namespaces, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		devices->namespaces = more;
		devices->room_namespaces = room;
	}
	devices->namespaces[devices->nr_namespaces++] = number;
	return 0;
}

int object_devices_add(struct object_devices *devices, pid_t pid)
{
	char path[32];
	struct stat info;
	bool known;
	int ret;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	if (stat(path, &info))
		return 0;
	ret = note_namespace(devices, info.st_ino, &known);
	return ret || known ? ret : add_mounts(devices, pid);
}
