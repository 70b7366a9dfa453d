/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim_print.h - in: the sums of a process; out: lines of text, or members in JSON. */
#ifndef VMAVIEW_RECLAIM_PRINT_H
#define VMAVIEW_RECLAIM_PRINT_H

#include "draw/sheet.h"

extern const struct sheet_notes reclaim_notes;

#endif /* VMAVIEW_RECLAIM_PRINT_H */
