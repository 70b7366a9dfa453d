/* SPDX-License-Identifier: GPL-2.0 */
/* shmem.h - is this file memory? */
#ifndef VMAVIEW_COMPAT_SHMEM_H
#define VMAVIEW_COMPAT_SHMEM_H

#include <linux/shmem_fs.h>

static inline bool vv_vma_is_shmem(struct vm_area_struct *vma)
{
#if HAVE_SHMEM_MAPPING
	return vma->vm_file && shmem_mapping(vma->vm_file->f_mapping);
#else
#error "neither shmem_mapping() nor what it is made of is exported"
#endif
}

#endif
