/* SPDX-License-Identifier: GPL-2.0 */
/* sharers_cut.h - in: what was read of a process; out: areas of which not all were looked at. */
#ifndef VMAVIEW_SHARERS_CUT_H
#define VMAVIEW_SHARERS_CUT_H

#include "vmaview/model.h"

/* Not a sharer: it says of an area that more may be. */
static inline bool sharer_is_more(const struct vmaview_sharer *sharer)
{
	return sharer->flags & VMAVIEW_SHARER_MORE;
}

/* Areas of which not all were looked at who may share them. */
static inline size_t sharers_nr_cut(const struct process *process)
{
	size_t nr = 0;

	for (size_t i = 0; i < process->nr_sharers; i++)
		nr += sharer_is_more(&process->sharers[i]);
	return nr;
}

#endif /* VMAVIEW_SHARERS_CUT_H */
