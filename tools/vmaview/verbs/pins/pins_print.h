/* SPDX-License-Identifier: GPL-2.0 */
/* pins_print.h - in: the sums and holders of a process; out: lines of text, or members in JSON. */
#ifndef VMAVIEW_PINS_PRINT_H
#define VMAVIEW_PINS_PRINT_H

#include "draw/sheet.h"

extern const struct sheet_notes pin_notes;

#endif /* VMAVIEW_PINS_PRINT_H */
