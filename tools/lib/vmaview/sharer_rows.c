// SPDX-License-Identifier: GPL-2.0
/* sharer_rows.c - in: the SHARER records of a process; out: those that are sharers, in the order of rows. */
#include <stdlib.h>

#include "vmaview/sharer_rows.h"

static int compare(const void *a, const void *b)
{
	const struct vmaview_sharer *x = a, *y = b;

	if (x->area != y->area)
		return x->area < y->area ? -1 : 1;
	if (x->pid != y->pid)
		return (uint32_t)x->pid < (uint32_t)y->pid ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

size_t sharer_rows(const struct process *process, struct vmaview_sharer *rows)
{
	size_t nr = 0;

	for (size_t i = 0; i < process->nr_sharers; i++)
		if (!sharer_is_more(&process->sharers[i]))
			rows[nr++] = process->sharers[i];
	if (nr)
		qsort(rows, nr, sizeof(*rows), compare);
	return nr;
}
