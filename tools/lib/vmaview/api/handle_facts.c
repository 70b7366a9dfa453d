// SPDX-License-Identifier: GPL-2.0
/* handle_facts.c - in: what is open; out: what is known of its process beside its rows. */
#include <errno.h>
#include <string.h>

#include "api/handle.h"

static const struct process *process_of(const struct vmaview *handle)
{
	return handle && handle->has_process ? &handle->process : NULL;
}

const char *vmaview_message(const struct vmaview *handle)
{
	return handle ? handle->why : "out of memory";
}

uint32_t vmaview_moments(const struct vmaview *handle)
{
	return handle && handle->query.file ? handle->file.moments : 0;
}

int vmaview_pid(const struct vmaview *handle)
{
	return process_of(handle) ? handle->process.pid : 0;
}

static const char *text_or_none(const char *text)
{
	return text ? text : "";
}

const char *vmaview_comm(const struct vmaview *handle)
{
	return process_of(handle) ? text_or_none(handle->process.comm) : "";
}

const char *vmaview_kernel(const struct vmaview *handle)
{
	return process_of(handle) ? text_or_none(handle->process.release) : "";
}

uint64_t vmaview_page_size(const struct vmaview *handle)
{
	return process_of(handle) ? handle->process.page_size : 0;
}

uint64_t vmaview_time(const struct vmaview *handle)
{
	return process_of(handle) ? handle->process.time : 0;
}

size_t vmaview_more(const struct vmaview *handle)
{
	return process_of(handle) ? handle->more : 0;
}

int vmaview_receipt(const struct vmaview *handle, const char *name, uint64_t *number)
{
	static const struct {
		const char *name;
		size_t offset;
	} parts[] = {
		{ "elapsed_ns", offsetof(struct vmaview_end, elapsed) },
		{ "longest_hold_ns", offsetof(struct vmaview_end, longest_hold) },
		{ "holds", offsetof(struct vmaview_end, holds) },
		{ "entries", offsetof(struct vmaview_end, entries) },
		{ "retries", offsetof(struct vmaview_end, retries) },
		{ "restarts", offsetof(struct vmaview_end, restarts) },
	};
	const struct process *process = process_of(handle);

	if (!process || !name || !number)
		return -EINVAL;
	if (!strcmp(name, "changed")) {
		*number = process->receipt.changed == VMAVIEW_CHANGED_YES;
		return process->has_receipt && process->receipt.changed < VMAVIEW_CHANGED_UNKNOWN;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strcmp(parts[i].name, name))
			continue;
		memcpy(number, (const char *)&process->receipt + parts[i].offset, sizeof(*number));
		return process->has_receipt;
	}
	return -EINVAL;
}
