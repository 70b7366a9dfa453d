/* SPDX-License-Identifier: GPL-2.0 */
/* handle.h - what is behind a struct vmaview: the query, the source, the process that was read, the row. */
#ifndef VMAVIEW_HANDLE_H
#define VMAVIEW_HANDLE_H

#include <libvmaview.h>

#include "columns/columns.h"
#include "vmaview/snapshot_file.h"

struct rows_kind;

struct vmaview {
	struct vmaview_query query;
	const struct rows_kind *kind;
	struct snapshot_file file;	/* where query.file is set */
	size_t next;			/* the process that comes: of the file its stream, else 0 or 1 */
	size_t end;			/* after the last */
	bool has_process;		/* @process was read */
	struct process process;
	size_t more;			/* areas of which not all sharers are known */
	size_t row;			/* that @cell is of, from 1; 0: none */
	struct cell cell;
	const char *why;		/* what the last error was about */
	const struct column *listed;	/* whose items these are */
	struct vmaview_item *items;
	size_t nr_items;
	size_t room_items;
	char text[CELL_MAX];		/* what items, or the last text, consist of */
};

/* -@error, with @why for vmaview_message(). */
static inline int handle_fail(struct vmaview *handle, int error, const char *why)
{
	handle->why = why;
	return -error;
}

#endif /* VMAVIEW_HANDLE_H */
