/* SPDX-License-Identifier: GPL-2.0 */
/* seam.h - two areas that touch in, what keeps them apart out. */
#ifndef VMAVIEW_SEAM_H
#define VMAVIEW_SEAM_H

#include <linux/mm.h>
#include <vmaview.h>

/**
 * seam_fill() - the facts of a seam
 * @seam: every field but the header is set
 * @left: ends where @right begins
 * @right: the next area of the same mm
 *
 * Context: mmap_lock held for reading; takes and drops page_table_lock of the mm.
 */
void seam_fill(struct vmaview_seam *seam, struct vm_area_struct *left, struct vm_area_struct *right);

#endif
