/* SPDX-License-Identifier: GPL-2.0 */
/* sharer_rows.h - in: the SHARER records of a process; out: those that are sharers, in the order of rows. */
#ifndef VMAVIEW_SHARER_ROWS_H
#define VMAVIEW_SHARER_ROWS_H

#include "vmaview/model.h"

/* Not a sharer: it says of an area that more may be. */
static inline bool sharer_is_more(const struct vmaview_sharer *sharer)
{
	return sharer->flags & VMAVIEW_SHARER_MORE;
}

/*
 * By area of the target, by process, those without a number last, and by address there.  @rows: room for all that the
 * process has, or these themselves.  How many there are.
 */
size_t sharer_rows(const struct process *process, struct vmaview_sharer *rows);

#endif /* VMAVIEW_SHARER_ROWS_H */
