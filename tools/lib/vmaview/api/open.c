// SPDX-License-Identifier: GPL-2.0
/* open.c - in: a query; out: what it names, opened, and its processes one after the other. */
#include <errno.h>
#include <stdlib.h>

#include "api/live.h"
#include "api/query.h"
#include "api/rows.h"

static int open_file(struct vmaview *handle)
{
	size_t nr = 0;
	int ret = snapshot_file_open(&handle->file, handle->query.file);

	if (!ret)
		ret = snapshot_file_moment(&handle->file, handle->query.moment, &handle->next, &nr);
	handle->end = handle->next + nr;
	return ret ? handle_fail(handle, -ret, handle->file.why) : 0;
}

static int open_query(struct vmaview *handle, const struct vmaview_query *query)
{
	int ret = query_take(handle, query);

	if (ret) {
		handle->query.file = NULL;
		return ret;
	}
	handle->kind = rows_kind(handle->query.rows);
	if (handle->query.file)
		return open_file(handle);
	handle->end = 1;
	return live_try(handle);
}

int vmaview_open(struct vmaview **handle, const struct vmaview_query *query)
{
	int ret;

	if (!handle)
		return -EINVAL;
	*handle = calloc(1, sizeof(**handle));
	if (!*handle)
		return -ENOMEM;
	process_init(&(*handle)->process);
	(*handle)->why = "";
	ret = query ? open_query(*handle, query) : handle_fail(*handle, EINVAL, "there is no query");
	if (ret)
		(*handle)->end = (*handle)->next = 0;
	return ret;
}

void vmaview_close(struct vmaview **handle)
{
	if (!handle || !*handle)
		return;
	if ((*handle)->query.file)
		snapshot_file_close(&(*handle)->file);
	process_free(&(*handle)->process);
	free((*handle)->items);
	free(*handle);
	*handle = NULL;
}
