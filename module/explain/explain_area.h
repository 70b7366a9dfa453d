/* SPDX-License-Identifier: GPL-2.0 */
/* explain_area.h - an area and an address in, what serves a fault there out. */
#ifndef VMAVIEW_EXPLAIN_AREA_H
#define VMAVIEW_EXPLAIN_AREA_H

struct explain;
struct vmaview_explain;
struct vm_area_struct;

/* What @vma says for the facts of @explain, and for @answer where it has @address. */
void explain_area(struct explain *explain, struct vmaview_explain *answer,
		  struct vm_area_struct *vma, unsigned long address);

#endif
