/* SPDX-License-Identifier: GPL-2.0 */
/* area.h - a vm_area_struct in, the facts of an area out. */
#ifndef VMAVIEW_AREA_H
#define VMAVIEW_AREA_H

#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <vmaview.h>

/**
 * struct area_identity - what must stay the same for a vma to be the same area in the next hold
 *
 * The pointers are compared, never followed.
 */
struct area_identity {
	unsigned long start;
	unsigned long end;
	unsigned long flags;
	unsigned long pgoff;
	const void *file;
	const void *ops;
};

/* Context of both: mmap_lock, or the area's own lock, held for reading. */
void area_identify(struct area_identity *identity, struct vm_area_struct *vma);
bool area_is(const struct area_identity *identity, struct vm_area_struct *vma);

/**
 * area_fill() - the fixed facts of @vma
 * @area: the record; every field that is not such a fact becomes 0
 * @vma: the area
 *
 * Leaves header, ops and name to others. Context: mmap_lock, or the area's own lock, held for reading.
 */
void area_fill(struct vmaview_area *area, struct vm_area_struct *vma);

/* KernelPageSize of smaps.  Context: as area_fill(). */
static inline unsigned long area_page_size(struct vm_area_struct *vma)
{
	return vma->vm_ops ? vma_kernel_pagesize(vma) : PAGE_SIZE;
}

/* The second column of /proc/PID/maps, four characters and no NUL, for an area with these flags.  Any context. */
static inline void area_fill_perms(char *perms, vm_flags_t flags)
{
	/* In the order of the flags as a number. */
	static const char access[8][4] = { "---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx" };

	static_assert(VM_READ == 1 && VM_WRITE == 2 && VM_EXEC == 4);
	memcpy(perms, access[flags & (VM_READ | VM_WRITE | VM_EXEC)], 4);
	perms[3] = flags & VM_MAYSHARE ? 's' : 'p';
}

/**
 * area_name() - the last column of /proc/PID/maps
 * @vma: the area
 * @scratch: PATH_MAX bytes to work in
 *
 * Return: the name, not yet escaped, in @scratch or in the kernel's own memory; NULL for none;
 * an ERR_PTR where it does not fit. Context: mmap_lock, or the area's own lock, held for reading.
 */
const char *area_name(struct vm_area_struct *vma, char *scratch);

#endif
