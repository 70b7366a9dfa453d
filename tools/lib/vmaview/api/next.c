// SPDX-License-Identifier: GPL-2.0
/* next.c - in: what is open; out: its processes, and their rows, one after the other. */
#include <errno.h>

#include "api/live.h"
#include "api/rows.h"

static int read_file(struct vmaview *handle)
{
	int ret;

	process_free(&handle->process);
	handle->process.source = SOURCE_FILE;
	ret = snapshot_file_read(&handle->file, handle->next, &handle->process);
	return ret ? handle_fail(handle, -ret, handle->file.why) : 0;
}

int vmaview_next_process(struct vmaview *handle)
{
	int ret;

	if (!handle)
		return -EINVAL;
	handle->why = "";
	handle->has_process = false;
	handle->row = 0;
	if (handle->next == handle->end)
		return 0;
	ret = handle->query.file ? read_file(handle) : live_read(handle);
	handle->next++;
	if (!ret)
		ret = rows_make(handle);
	handle->has_process = !ret;
	return ret ? ret : 1;
}

int vmaview_next(struct vmaview *handle)
{
	int ret;

	if (!handle)
		return -EINVAL;
	handle->why = "";
	handle->listed = NULL;
	if (!handle->has_process) {
		ret = vmaview_next_process(handle);
		if (ret <= 0)
			return ret;
	}
	return rows_step(handle);
}
