// SPDX-License-Identifier: GPL-2.0
/* rows.c - in: a process that was read; out: the rows that were asked for, one after the other. */
#include <errno.h>

#include "api/query.h"
#include "api/rows.h"
#include "columns/run_columns.h"
#include "columns/sharer_columns.h"
#include "vmaview/area_place.h"
#include "vmaview/kind.h"
#include "vmaview/range.h"
#include "vmaview/runs.h"
#include "vmaview/sharer_rows.h"

struct rows_kind {
	uint32_t want;			/* enum vmaview_want */
	const struct column_set *columns;
	int (*make)(struct vmaview *handle);
	size_t (*nr)(const struct process *process);
	void (*show)(struct cell *cell, const struct process *process, size_t row);
};

/* Runs are read to find where pages are, and are not kept. */
static int make_areas(struct vmaview *handle)
{
	struct process *process = &handle->process;

	if (places_of_runs(process))
		return handle_fail(handle, ENOMEM, "out of memory");
	process->nr_runs = 0;
	process->has_runs = false;
	kinds_find(process);
	areas_cut(process, handle->query.low, query_high(&handle->query));
	return 0;
}

/* Of a live process the module has done most of it; again it changes nothing. */
static int make_pages(struct vmaview *handle)
{
	const struct vmaview_request request = query_request(&handle->query);
	struct process *process = &handle->process;

	if (!process->has_runs)
		return handle_fail(handle, EOPNOTSUPP, "no pages are in it: vmaview record --pages saves them");
	runs_clip(process, handle->query.low, query_high(&handle->query));
	runs_select(process, &request);
	if (handle->query.flags & VMAVIEW_QUERY_JOIN)
		runs_join(process);
	return 0;
}

static int make_sharers(struct vmaview *handle)
{
	struct process *process = &handle->process;

	if (!process->has_sharers)
		return handle_fail(handle, EOPNOTSUPP, "no sharers are in it: vmaview record --pages saves them");
	if (!(process->kernel_knows & VMAVIEW_KNOW_SHARERS))
		return handle_fail(handle, EOPNOTSUPP,
				   "this kernel does not say whose memory is whose (it lacks CONFIG_MEMCG)");
	areas_cut(process, handle->query.low, query_high(&handle->query));
	sharers_cut(process);
	handle->more = process->nr_sharers;
	process->nr_sharers = sharer_rows(process, process->sharers);
	handle->more -= process->nr_sharers;
	return 0;
}

static size_t nr_areas(const struct process *process)
{
	return process->nr_areas;
}

static size_t nr_pages(const struct process *process)
{
	return process->nr_runs;
}

static size_t nr_sharers(const struct process *process)
{
	return process->nr_sharers;
}

static void show_area(struct cell *cell, const struct process *process, size_t row)
{
	cell->area = &process->areas[row];
}

static void show_page(struct cell *cell, const struct process *process, size_t row)
{
	cell->row = &process->runs[row];
}

static void show_sharer(struct cell *cell, const struct process *process, size_t row)
{
	cell->row = &process->sharers[row];
}

static const struct rows_kind kinds[] = {
	[VMAVIEW_ROWS_AREAS] = {
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM | VMAVIEW_WANT_VMFLAGS |
			VMAVIEW_WANT_LAYOUT | VMAVIEW_WANT_RUNS,
		.columns = &area_columns, .make = make_areas, .nr = nr_areas, .show = show_area,
	},
	[VMAVIEW_ROWS_PAGES] = {
		.want = VMAVIEW_WANT_RUNS,
		.columns = &run_columns, .make = make_pages, .nr = nr_pages, .show = show_page,
	},
	[VMAVIEW_ROWS_SHARERS] = {
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS,
		.columns = &sharer_columns, .make = make_sharers, .nr = nr_sharers, .show = show_sharer,
	},
};

const struct rows_kind *rows_kind(int rows)
{
	return rows >= VMAVIEW_ROWS_AREAS && rows <= VMAVIEW_ROWS_SHARERS ? &kinds[rows] : NULL;
}

const struct column_set *rows_columns(const struct rows_kind *kind)
{
	return kind->columns;
}

/* Runs that only say where pages are go on as long as node and cgroup stay the same. */
void rows_request(const struct rows_kind *kind, struct vmaview_request *request)
{
	request->want = kind->want;
	if (kind->make == make_areas) {
		request->flags |= VMAVIEW_REQUEST_JOIN;
		request->states = 1u << VMAVIEW_STATE_PRESENT;
	}
}

bool rows_at_one(const struct vmaview *handle)
{
	return handle->has_process && handle->row && handle->row <= handle->kind->nr(&handle->process);
}

int rows_make(struct vmaview *handle)
{
	handle->more = 0;
	handle->row = 0;
	handle->listed = NULL;
	handle->cell = (struct cell){ .process = &handle->process, .bytes = true };
	return handle->kind->make(handle);
}

int rows_step(struct vmaview *handle)
{
	const size_t nr = handle->kind->nr(&handle->process);

	if (handle->row <= nr)
		handle->row++;
	if (handle->row > nr)
		return 0;
	handle->kind->show(&handle->cell, &handle->process, handle->row - 1);
	return 1;
}
