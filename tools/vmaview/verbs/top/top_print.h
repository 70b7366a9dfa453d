/* SPDX-License-Identifier: GPL-2.0 */
/* top_print.h - in: a frame of processes; out: it as text on stdout, with when it was. */
#ifndef VMAVIEW_TOP_PRINT_H
#define VMAVIEW_TOP_PRINT_H

#include "command/options.h"
#include "verbs/top/top_list.h"

/* The columns that are chosen.  0 or -ENOMEM. */
int top_print(const struct options *options, const struct top_frame *frame, const struct top_list *list);

#endif /* VMAVIEW_TOP_PRINT_H */
