// SPDX-License-Identifier: GPL-2.0
/* color.c - in: what a cell shows; out: what deserves attention, and what does not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "columns/columns.h"
#include "command/color.h"

#define DIM	"\033[2m"
#define BOLD	"\033[1m"
#define RED	"\033[31m"
#define YELLOW	"\033[33m"
#define MAGENTA	"\033[35m"
#define CYAN	"\033[36m"

bool color_wanted(enum color_when when)
{
	const char *no_color = getenv("NO_COLOR");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	return !(no_color && *no_color) && isatty(STDOUT_FILENO);
}

static bool writable_code(const struct cell *cell)
{
	return cell->area->perms[1] == 'w' && cell->area->perms[2] == 'x';
}

const char *color_of_cell(const struct column *column, const struct cell *cell, const char *text)
{
	if (cell->is_total)
		return BOLD;
	if (!strcmp(text, "0") || !strcmp(text, "-") || !strcmp(text, "."))
		return DIM;
	if (!cell->area)
		return NULL;
	if (column_key(column) == KEY_COW_DEBT)
		return YELLOW;
	if (column_key(column) == KEY_MAYBE_PINNED)
		return MAGENTA;
	if (!strcmp(column->name, "Mode"))
		return writable_code(cell) ? RED : NULL;
	if (!strcmp(column->name, "COW"))
		return strcmp(text, "own") && strcmp(text, "empty") ? YELLOW : NULL;
	if (!strcmp(column->name, "Notable"))
		return CYAN;
	return NULL;
}
