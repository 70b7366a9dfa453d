/* SPDX-License-Identifier: GPL-2.0 */
/* cow_columns.h - in: a process of a group, or an area of one; out: its columns. */
#ifndef VMAVIEW_COW_COLUMNS_H
#define VMAVIEW_COW_COLUMNS_H

#include "columns/columns.h"
#include "verbs/cow/group.h"

/* A row: a process, or one area of it. */
struct cow_row {
	const struct member *member;
	const struct area *area;	/* NULL: the whole process */
	pid_t parent;			/* 0: not of the group */
	const struct usage *usage;
};

extern const struct column_set cow_columns;

#endif /* VMAVIEW_COW_COLUMNS_H */
