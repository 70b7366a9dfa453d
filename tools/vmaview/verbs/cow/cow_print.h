/* SPDX-License-Identifier: GPL-2.0 */
/* cow_print.h - in: a group of processes; out: its tables and sums, on stdout. */
#ifndef VMAVIEW_COW_PRINT_H
#define VMAVIEW_COW_PRINT_H

#include "command/options.h"
#include "verbs/cow/cow_read.h"

/* 0 or -ENOMEM. */
int cow_print(struct options *options, const struct cow *cow);

#endif /* VMAVIEW_COW_PRINT_H */
