/* SPDX-License-Identifier: GPL-2.0 */
/* why_print.h - in: sums by reason, room, mappings; out: lines of text, or members in JSON. */
#ifndef VMAVIEW_WHY_PRINT_H
#define VMAVIEW_WHY_PRINT_H

#include "draw/sheet.h"

extern const struct sheet_notes why_notes;

#endif /* VMAVIEW_WHY_PRINT_H */
