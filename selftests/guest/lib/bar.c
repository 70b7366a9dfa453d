// SPDX-License-Identifier: GPL-2.0
/* bar.c - a look at each resource of each PCI device. */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bar.h"

#define DEVICES "/sys/bus/pci/devices"

enum { PAGE_SIZE = 4096, BARS = 6 };

static bool can_be_mapped(int fd, size_t *len)
{
	struct stat info;
	void *page;

	if (fstat(fd, &info) || info.st_size < PAGE_SIZE)
		return false;
	page = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		return false;
	munmap(page, PAGE_SIZE);
	*len = info.st_size;
	return true;
}

static int try_bar(const char *device, int number, size_t *len)
{
	char path[320];
	int fd;

	snprintf(path, sizeof(path), DEVICES "/%s/resource%d", device, number);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0 && !can_be_mapped(fd, len)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int try_device(const char *device, size_t *len)
{
	char path[320];
	int fd = -1;

	snprintf(path, sizeof(path), DEVICES "/%s/driver", device);
	if (device[0] == '.' || !access(path, F_OK))
		return -1;
	for (int number = 0; number < BARS && fd < 0; number++)
		fd = try_bar(device, number, len);
	return fd;
}

int bar_open(size_t *len)
{
	DIR *dir = opendir(DEVICES);
	struct dirent *device;
	int fd = -1;

	while (dir && fd < 0 && (device = readdir(dir)))
		fd = try_device(device->d_name, len);
	if (dir)
		closedir(dir);
	return fd;
}
