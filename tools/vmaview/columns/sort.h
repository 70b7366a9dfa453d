/* SPDX-License-Identifier: GPL-2.0 */
/* sort.h - in: a process and a column; out: its areas in that order, equal ones by address. */
#ifndef VMAVIEW_SORT_H
#define VMAVIEW_SORT_H

#include "columns/columns.h"

void sort_areas(struct process *process, const struct column *column);

#endif /* VMAVIEW_SORT_H */
