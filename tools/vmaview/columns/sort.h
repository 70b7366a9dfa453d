/* SPDX-License-Identifier: GPL-2.0 */
/* sort.h - in: a process and a column; out: its areas in that order, equal ones by address. */
#ifndef VMAVIEW_SORT_H
#define VMAVIEW_SORT_H

#include "columns/columns.h"

/* As it is shown: @show_path, whether that is with whole paths. */
void sort_areas(struct process *process, const struct column *column, bool show_path);

#endif /* VMAVIEW_SORT_H */
