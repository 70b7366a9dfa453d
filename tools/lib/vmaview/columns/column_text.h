/* SPDX-License-Identifier: GPL-2.0 */
/* column_text.h - in: a cell; out: the text of a column, or its number.  For columns.c. */
#ifndef VMAVIEW_COLUMN_TEXT_H
#define VMAVIEW_COLUMN_TEXT_H

#include "columns/columns.h"

int text_mode(const struct cell *cell, char *out, size_t room);
int text_perms(const struct cell *cell, char *out, size_t room);
int text_cow(const struct cell *cell, char *out, size_t room);
int text_fault(const struct cell *cell, char *out, size_t room);
int text_area_label(const struct cell *cell, char *out, size_t room);
int text_kind_of_area(const struct cell *cell, char *out, size_t room);
int text_ops(const struct cell *cell, char *out, size_t room);
int text_callbacks(const struct cell *cell, char *out, size_t room);
int text_notable(const struct cell *cell, char *out, size_t room);
int text_flags(const struct cell *cell, char *out, size_t room);
int text_vmflags(const struct cell *cell, char *out, size_t room);
int text_device(const struct cell *cell, char *out, size_t room);
int text_name(const struct cell *cell, char *out, size_t room);
int text_mapping(const struct cell *cell, char *out, size_t room);
int text_caveats(const struct cell *cell, char *out, size_t room);

/* @text of @area, for a row that is no area itself; -1 where it has none. */
int text_with_area(const struct cell *cell, const struct area *area,
		   int (*text)(const struct cell *cell, char *out, size_t room), char *out, size_t room);

/* A text of a column, text_@name: @text of the area that @area finds for @cell. */
#define TEXT_WITH_AREA(name, area, text) \
	static int text_##name(const struct cell *cell, char *out, size_t room) \
	{ \
		return text_with_area(cell, area, text, out, room); \
	}

/* What of a place is on which node, in kB or bytes. */
int text_nodes(const struct area_place *place, bool bytes, char *out, size_t room);

#endif /* VMAVIEW_COLUMN_TEXT_H */
