/* SPDX-License-Identifier: GPL-2.0 */
/* layout.h - a target in, where its program's parts are out. */
#ifndef VMAVIEW_LAYOUT_H
#define VMAVIEW_LAYOUT_H

#include <vmaview.h>

struct mm_struct;
struct task_struct;

/**
 * layout_fill_mm() - the addresses that mm_struct keeps
 * @layout: all but header, the limits and flags of segments is filled
 * @mm: of the target
 *
 * Context: mmap_lock held for reading; takes and drops arg_lock.
 */
void layout_fill_mm(struct vmaview_layout *layout, struct mm_struct *mm);

/* The limits of the process that @task belongs to. */
void layout_fill_limits(struct vmaview_layout *layout, struct task_struct *task);

#endif
