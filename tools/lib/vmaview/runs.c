// SPDX-License-Identifier: GPL-2.0
/* runs.c - in: the runs of a process; out: a part of them, or longer ones. */
#include <string.h>

#include "vmaview/runs.h"

static void skip_pages(__u64 *frame, uint64_t nr)
{
	if (*frame != VMAVIEW_UNKNOWN64)
		*frame += nr;
}

static void clip(struct vmaview_run *run, uint64_t low, uint64_t high, uint64_t page)
{
	uint64_t first = low - low % page, last = high - high % page;

	if (run->start < first) {
		skip_pages(&run->pfn, (first - run->start) / page);
		skip_pages(&run->swap_offset, (first - run->start) / page);
		run->start = first;
	}
	if (run->end - 1 > last)
		run->end = last + page;
}

void runs_clip(struct process *process, uint64_t low, uint64_t high)
{
	uint64_t page = process->page_size ? process->page_size : 4096;
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		struct vmaview_run *run = &process->runs[i];

		if (run->end - 1 < low || run->start > high)
			continue;
		clip(run, low, high, page);
		process->runs[kept++] = *run;
	}
	process->nr_runs = kept;
}

void runs_of_areas(struct process *process)
{
	if (process->nr_areas)
		runs_clip(process, process->areas[0].start, process->areas[process->nr_areas - 1].end - 1);
	else
		process->nr_runs = 0;
}

static bool is_selected(const struct vmaview_request *request, const struct vmaview_run *run)
{
	return (!request->states || request->states >> run->state & 1) &&
	       (!request->origins || request->origins >> run->origin & 1) &&
	       (run->page & request->page_mask) == request->page_value &&
	       (!request->page_any || run->page & request->page_any) &&
	       (run->entry & request->entry_mask) == request->entry_value;
}

void runs_select(struct process *process, const struct vmaview_request *request)
{
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_runs; i++)
		if (is_selected(request, &process->runs[i]))
			process->runs[kept++] = process->runs[i];
	process->nr_runs = kept;
}

static bool same_facts(const struct vmaview_run *a, const struct vmaview_run *b)
{
	const size_t facts = offsetof(struct vmaview_run, page);

	return !memcmp((const char *)a + facts, (const char *)b + facts, sizeof(*a) - facts);
}

void runs_join(struct process *process)
{
	size_t kept = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		struct vmaview_run *run = &process->runs[i];
		struct vmaview_run *last = kept ? &process->runs[kept - 1] : NULL;

		run->pfn = run->swap_offset = VMAVIEW_UNKNOWN64;
		/* Neighbours of two areas stay two. */
		if (last && last->end == run->start && same_facts(last, run) &&
		    !process_find_area(process, run->start))
			last->end = run->end;
		else
			process->runs[kept++] = *run;
	}
	process->nr_runs = kept;
}
