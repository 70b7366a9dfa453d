// SPDX-License-Identifier: GPL-2.0
/* fault_backing.c - in: an area; out: anonymous, shared or huge memory, or a file. */
#include <linux/magic.h>
#include <linux/memfd.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "verbs/faults/fault_backing.h"

static struct file_place place_of(const struct stat *st, uint64_t inode)
{
	return (struct file_place){ true, major(st->st_dev), minor(st->st_dev), inode };
}

static struct file_place place_of_memfd(unsigned int flags)
{
	struct file_place place = { .known = false };
	int fd = memfd_create("vmaview", MFD_CLOEXEC | flags);
	struct stat st;

	if (fd < 0)
		return place;
	if (!fstat(fd, &st))
		place = place_of(&st, 0);
	close(fd);
	return place;
}

void fault_places_find(struct fault_places *places)
{
	static const unsigned int sizes[HUGETLB_PLACES] = { 0, MFD_HUGE_2MB, MFD_HUGE_1GB };
	struct statfs fs;
	struct stat st;

	*places = (struct fault_places){ .shmem = place_of_memfd(0) };
	for (size_t i = 0; i < HUGETLB_PLACES; i++)
		places->hugetlb[i] = place_of_memfd(MFD_HUGETLB | sizes[i]);
	if (!statfs("/dev/shm", &fs) && fs.f_type == TMPFS_MAGIC && !stat("/dev/shm", &st))
		places->posix = place_of(&st, 0);
	if (!stat("/dev/zero", &st) && S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 5))
		places->zero = place_of(&st, st.st_ino);
}

static bool is_at(const struct area *area, const struct file_place *place)
{
	return place->known && area->dev_major == place->major && area->dev_minor == place->minor &&
	       (!place->inode || area->inode == place->inode);
}

static bool begins(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

static enum fault_backing backing_of_ops(const struct area *area)
{
	if (!area->ops)
		return BACKING_ANON;
	if (begins(area->ops->symbol, "shmem_"))
		return BACKING_SHMEM;
	if (begins(area->ops->symbol, "hugetlb_"))
		return BACKING_HUGETLB;
	return area->inode ? BACKING_FILE : BACKING_UNKNOWN;
}

/* Without a file a name is the kernel's: a path would begin with a slash, and have an inode. */
static enum fault_backing backing_of_name(const char *name)
{
	return !name[0] || begins(name, "[heap]") || begins(name, "[stack") || begins(name, "[anon:") ?
	       BACKING_ANON : BACKING_UNKNOWN;
}

/* Files of a tmpfs at another place, and of a hugetlbfs, look like any others. */
static enum fault_backing backing_of_place(const struct area *area, const struct fault_places *places)
{
	for (size_t i = 0; i < HUGETLB_PLACES; i++)
		if (is_at(area, &places->hugetlb[i]))
			return BACKING_HUGETLB;
	if (is_at(area, &places->shmem) || is_at(area, &places->posix))
		return BACKING_SHMEM;
	return is_at(area, &places->zero) ? BACKING_ANON : BACKING_FILE;
}

enum fault_backing fault_backing(const struct area *area, uint64_t hugetlb, const struct fault_places *places)
{
	if (area->vm_flags & hugetlb)
		return BACKING_HUGETLB;
	if (area->facts & AREA_KNOWS_OPS)
		return backing_of_ops(area);
	return area->inode ? backing_of_place(area, places) : backing_of_name(area->name);
}
