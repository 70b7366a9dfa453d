/* SPDX-License-Identifier: GPL-2.0 */
/* fault_backing.h - in: an area, and files of this machine; out: what its memory is of. */
#ifndef VMAVIEW_FAULT_BACKING_H
#define VMAVIEW_FAULT_BACKING_H

#include "verbs/faults/fault_kind.h"
#include "vmaview/model.h"

/* A filesystem, or a file of it, by what maps shows. */
struct file_place {
	bool known;
	uint32_t major;
	uint32_t minor;
	uint64_t inode;		/* 0: any */
};

#define HUGETLB_PLACES 3

/*
 * What the kernel's own files are known by where the module does not say it: not by their names, "/memfd:x" or
 * "/dev/zero", which are those of any file in a root folder, or a /dev, that somebody has made for himself.
 */
struct fault_places {
	struct file_place shmem;	/* memfd, System V, shared anonymous memory: one mount of the kernel's */
	struct file_place posix;	/* /dev/shm */
	struct file_place hugetlb[HUGETLB_PLACES];	/* memory of MAP_HUGETLB, a mount for each size */
	struct file_place zero;		/* /dev/zero */
};

void fault_places_find(struct fault_places *places);

/*
 * From what the module says of @area, or the line of maps.  @hugetlb: the bit of that in vm_flags, 0 where
 * they are not known.
 */
enum fault_backing fault_backing(const struct area *area, uint64_t hugetlb, const struct fault_places *places);

#endif /* VMAVIEW_FAULT_BACKING_H */
