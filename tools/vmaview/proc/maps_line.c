// SPDX-License-Identifier: GPL-2.0
/* maps_line.c - in: an area; out: the line that begins it in maps and smaps: show_map_vma(). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/maps_line.h"

/* Where the name begins, if the columns before it are not unusually wide: seq_pad() in fs/seq_file.c. */
#define NAME_COLUMN	73

char *maps_line(const struct area *area)
{
	char numbers[128], *line;

	snprintf(numbers, sizeof(numbers), "%08" PRIx64 "-%08" PRIx64 " %s %08" PRIx64 " %02x:%02x %" PRIu64 " ",
		 area->start, area->end, area->perms, area->offset, area->dev_major, area->dev_minor,
		 area->inode);
	return asprintf(&line, "%-*s%s\n", NAME_COLUMN, numbers, area->name) < 0 ? NULL : line;
}

bool maps_line_in_pieces(const struct area *area)
{
	size_t name = strlen(area->name);
	bool in_pieces = true;
	char *line;

	if (area->flags & VMAVIEW_AREA_NAME_CUT || name >= PMAP_PIECE)
		return true;
	if (name + 128 < PMAP_PIECE)	/* the columns before it are never that wide */
		return false;
	line = maps_line(area);
	if (line)
		in_pieces = strlen(line) > PMAP_PIECE;
	free(line);
	return in_pieces;
}
