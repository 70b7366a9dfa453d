/* SPDX-License-Identifier: GPL-2.0 */
/* sort.h - in: a process and a column; out: its areas in that order, equal ones by address. */
#ifndef VMAVIEW_SORT_H
#define VMAVIEW_SORT_H

#include "columns/columns.h"

struct sort_order {
	const struct column *column;
	bool down;		/* the most first; equal ones stay as they are */
	bool show_path;		/* as it is shown: with whole paths? */
};

void sort_areas(struct process *process, const struct sort_order *order);

#endif /* VMAVIEW_SORT_H */
