/* SPDX-License-Identifier: GPL-2.0 */
/* stream_total.h - the sums of all areas in one record, for whoever wants none of one area. */
#ifndef VMAVIEW_STREAM_TOTAL_H
#define VMAVIEW_STREAM_TOTAL_H

#include <linux/types.h>
#include <vmaview.h>

#include "walk/walk.h"

struct stream;
struct vm_area_struct;

/**
 * struct total - the sums of the areas that were walked, and of the one that is being walked
 * @sums: they, and the facts of that one area which the walk needs
 * @before: what they were before it, where it may take several holds: @kept
 * @kept: @before is such
 * @size: bytes of the areas that are done
 * @alike: pages that are not in the sums yet
 */
struct total {
	struct vmaview_area sums;
	struct vmaview_area before;
	bool kept;
	u64 size;
	struct walk_alike alike[WALK_ALIKE_NR];
};

/* @vma begins, in the sums.  Context: mmap_lock, or the area's own lock, held for reading. */
void total_begin(struct stream *stream, struct vm_area_struct *vma);

/* What was walked of the area that is begun does not count. */
void total_undo(struct total *total);

/* The area is done, up to its end. */
void total_end(struct stream *stream);

/* The total becomes a record, an AREA that starts at 0 and has no name.  The buffer is empty. */
void total_put(struct stream *stream);

#endif
