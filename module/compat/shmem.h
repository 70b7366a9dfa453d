/* SPDX-License-Identifier: GPL-2.0 */
/* shmem.h - is this file memory, and how much of it is a swap entry in its cache? */
#ifndef VMAVIEW_COMPAT_SHMEM_H
#define VMAVIEW_COMPAT_SHMEM_H

#include <linux/shmem_fs.h>
#include <linux/xarray.h>

static inline bool vv_vma_is_shmem(struct vm_area_struct *vma)
{
#if HAVE_SHMEM_MAPPING
	return vma->vm_file && shmem_mapping(vma->vm_file->f_mapping);
#else
#error "neither shmem_mapping() nor what it is made of is exported"
#endif
}

/* Where it cannot be asked, shmem splits what it swaps, and each entry is of one page.  Under RCU. */
static inline unsigned int vv_swap_order(struct xa_state *xas)
{
#if HAVE_XAS_GET_ORDER
	return xas_get_order(xas);
#else
	return 0;
#endif
}

#endif
