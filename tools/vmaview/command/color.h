/* SPDX-License-Identifier: GPL-2.0 */
/* color.h - in: --color, NO_COLOR, the terminal, a cell; out: the colour, if any, that it gets. */
#ifndef VMAVIEW_COLOR_H
#define VMAVIEW_COLOR_H

#include <stdbool.h>

enum color_when {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

struct column;
struct cell;

/* Whether stdout shall be coloured. */
bool color_wanted(enum color_when when);

/* An escape sequence for a cell that shows @text, or NULL. */
const char *color_of_cell(const struct column *column, const struct cell *cell, const char *text);

#endif /* VMAVIEW_COLOR_H */
