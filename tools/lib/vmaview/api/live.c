// SPDX-License-Identifier: GPL-2.0
/* live.c - in: a query of a process that lives; out: that process, read from the module. */
#include <errno.h>

#include "api/live.h"
#include "api/query.h"
#include "api/rows.h"
#include "vmaview/snapshot.h"

/* A target that calls exec, or whose areas grow, while it is read is read anew; one that always does is given up. */
#define TRIES 4

/* What the reader says in few words, or, of what is the user's to mend, in more. */
static const char *words_for(int error, const struct reader *reader)
{
	bool opened = reader->version.abi_major;

	switch (error) {
	case -ENOENT:
	case -ENXIO:
	case -ENODEV:
		return "the module is not loaded: there is no " VMAVIEW_DEVICE;
	case -EACCES:
		return "no right to open " VMAVIEW_DEVICE;
	case -EPERM:
		return "CAP_SYS_ADMIN and CAP_SYS_PTRACE are missing, or the kernel is locked down for confidentiality";
	case -ESRCH:
		return "no process has that PID, or it is a zombie";
	case -EINVAL:
		return opened ? "that PID is of a kernel thread" : reader->why;
	}
	return reader->why;
}

static int open_target(struct vmaview *handle, struct reader *reader, const struct vmaview_request *request)
{
	const struct reader_source source = { .device = VMAVIEW_DEVICE, .target = *request };
	int ret = reader_open(reader, &source);

	return ret ? handle_fail(handle, -ret, words_for(ret, reader)) : 0;
}

int live_try(struct vmaview *handle)
{
	struct vmaview_request request = { .target = handle->query.pid, .want = VMAVIEW_WANT_AREAS, .end = UINT64_MAX };
	struct reader reader;
	int ret = open_target(handle, &reader, &request);

	if (!ret)
		reader_close(&reader);
	return ret;
}

/* 0, -EAGAIN: the target called exec or went away; else -errno. */
static int read_once(struct vmaview *handle, const struct vmaview_request *request)
{
	struct reader reader;
	int ret = open_target(handle, &reader, request);

	if (ret)
		return ret;
	process_free(&handle->process);
	handle->process.source = SOURCE_MODULE;
	ret = snapshot_read(&handle->process, &reader);
	reader_close(&reader);
	if (ret)
		handle_fail(handle, -ret, ret == -ESRCH ? "it exited, or called exec, while it was read" : reader.why);
	return ret == -ESRCH ? -EAGAIN : ret;
}

/* The range becomes that of the areas which it overlaps.  true: it is another. */
static bool widen(struct vmaview_request *request, const struct process *process)
{
	const struct vmaview_request before = *request;

	for (size_t i = 0; i < process->nr_areas; i++) {
		if (process->areas[i].start < request->start)
			request->start = process->areas[i].start;
		if (process->areas[i].end > request->end)
			request->end = process->areas[i].end;
	}
	return before.start != request->start || before.end != request->end;
}

/* Where the pages of an area are takes the runs of the whole of it, of which the module gives those of the range. */
static int read_whole_areas(struct vmaview *handle, struct vmaview_request request)
{
	struct vmaview_request find = { .target = request.target, .want = VMAVIEW_WANT_AREAS, .start = request.start,
					.end = request.end };
	int ret = read_once(handle, &find);

	if (ret)
		return ret;
	widen(&request, &handle->process);
	ret = read_once(handle, &request);
	if (!ret && widen(&request, &handle->process))
		return handle_fail(handle, EAGAIN, "its areas grow faster than they can be read");
	return ret;
}

int live_read(struct vmaview *handle)
{
	struct vmaview_request request = query_request(&handle->query);
	bool whole = handle->query.rows == VMAVIEW_ROWS_AREAS &&
		     (handle->query.low || query_high(&handle->query) != UINT64_MAX);
	int ret = -EAGAIN;

	rows_request(handle->kind, &request);
	for (int try = 0; ret == -EAGAIN && try < TRIES; try++)
		ret = whole ? read_whole_areas(handle, request) : read_once(handle, &request);
	return ret;
}
