/* SPDX-License-Identifier: GPL-2.0 */
/* sharers_cut.h - in: what was read of a process; out: areas of which not all were looked at. */
#ifndef VMAVIEW_SHARERS_CUT_H
#define VMAVIEW_SHARERS_CUT_H

#include "vmaview/sharer_rows.h"

/* Areas of which not all were looked at who may share them. */
static inline size_t sharers_nr_cut(const struct process *process)
{
	size_t nr = 0;

	for (size_t i = 0; i < process->nr_sharers; i++)
		nr += sharer_is_more(&process->sharers[i]);
	return nr;
}

#endif /* VMAVIEW_SHARERS_CUT_H */
