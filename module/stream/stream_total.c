// SPDX-License-Identifier: GPL-2.0
/*
 * stream_total.c - areas that are walked into one record, instead of a record each, out.
 *
 * A walk adds to its area, or raises a maximum, and takes nothing away.  So all areas may be walked into one; only
 * what is walked anew has to be taken out of it, by going back to what the sums were before.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>

#include "mm/area.h"
#include "stream/stream_state.h"
#include "stream/stream_total.h"

/* One table of small pages is always finished in the hold in which it is begun. */
static bool may_take_holds(struct vm_area_struct *vma)
{
	return (vma->vm_start ^ (vma->vm_end - 1)) & PMD_MASK || is_vm_hugetlb_page(vma);
}

void total_begin(struct stream *stream, struct vm_area_struct *vma)
{
	struct total *total = stream->total;

	total->kept = may_take_holds(vma);
	if (total->kept) {
		walk_settle(&stream->walk, &total->sums);
		total->before = total->sums;
	}
	total->sums.start = vma->vm_start;
	total->sums.end = vma->vm_end;
	total->sums.kernel_page_size = area_page_size(vma);
}

void total_undo(struct total *total)
{
	unsigned int i;

	if (!total->kept)
		return;		/* walked to its end in the hold in which it began: never */
	total->sums = total->before;
	for (i = 0; i < WALK_ALIKE_NR; i++)
		total->alike[i].nr = 0;
}

void total_end(struct stream *stream)
{
	struct total *total = stream->total;

	stream->areas++;
	total->size += total->sums.end - total->sums.start;
}

void total_put(struct stream *stream)
{
	struct vmaview_area *record = stream_put(stream, VMAVIEW_REC_AREA, sizeof(*record));
	struct total *total = stream->total;

	walk_settle(&stream->walk, &total->sums);
	total->sums.header = record->header;
	total->sums.start = 0;
	total->sums.end = total->size;
	*record = total->sums;
}
