// SPDX-License-Identifier: GPL-2.0
/* run.c - pages with their facts in, runs of equal ones out.  Any context; takes no lock. */
#include <linux/mm.h>

#include "walk/run.h"

void run_select(struct run_select *select, const struct vmaview_request *request)
{
	*select = (struct run_select){
		.start = request->start,
		.end = request->end,
		.states = request->states ?: VMAVIEW_STATES & ~(1U << VMAVIEW_STATE_NONE),
		.origins = request->origins ?: VMAVIEW_ORIGINS,
		.page_mask = request->page_mask,
		.page_value = request->page_value,
		.page_any = request->page_any,
		.entry_mask = request->entry_mask,
		.entry_value = request->entry_value,
		.join = !!(request->flags & VMAVIEW_REQUEST_JOIN),
		.dense = !!(request->flags & VMAVIEW_REQUEST_DENSE),
	};
}

bool run_is_selected(const struct run_select *select, const struct vmaview_run *run)
{
	return select->states >> run->state & 1 && select->origins >> run->origin & 1 &&
	       (run->page & select->page_mask) == select->page_value &&
	       (!select->page_any || run->page & select->page_any) &&
	       (run->entry & select->entry_mask) == select->entry_value;
}

static u64 run_pages(const struct vmaview_run *run)
{
	return (run->end - run->start) >> PAGE_SHIFT;
}

/* Is @frame, of a page frame or a swap slot, @nr after @first? */
static bool frame_follows(u64 first, u64 nr, u64 frame)
{
	return first == VMAVIEW_UNKNOWN64 ? frame == VMAVIEW_UNKNOWN64 : frame == first + nr;
}

static bool facts_equal(const struct vmaview_run *a, const struct vmaview_run *b)
{
	const size_t facts = offsetof(struct vmaview_run, page);

	return !memcmp((const char *)a + facts, (const char *)b + facts, sizeof(*a) - facts);
}

static bool goes_on(const struct vmaview_run *run, const struct vmaview_run *more)
{
	u64 nr = run_pages(run);

	return run->end == more->start && nr && frame_follows(run->pfn, nr, more->pfn) &&
	       frame_follows(run->swap_offset, nr, more->swap_offset) && facts_equal(run, more);
}

static void skip_pages(u64 *frame, u64 nr)
{
	if (*frame != VMAVIEW_UNKNOWN64)
		*frame += nr;
}

/* What of @run is in the range, of which some is. */
static void clip(struct vmaview_run *run, const struct run_select *select)
{
	u64 nr;

	if (run->start < select->start) {
		nr = (select->start - run->start) >> PAGE_SHIFT;
		skip_pages(&run->pfn, nr);
		skip_pages(&run->swap_offset, nr);
		run->start += nr << PAGE_SHIFT;
	}
	if (run->end > select->end)
		run->end = round_up(select->end, PAGE_SIZE);
}

static bool is_wanted(const struct run_sink *sink)
{
	return sink->selected && sink->run.start != sink->run.end &&
	       sink->run.end > sink->select.start && sink->run.start < sink->select.end;
}

/* What of the run is given is no longer in it. */
static bool finish_dense(struct run_sink *sink)
{
	u64 start;
	bool done;

	clip(&sink->run, &sink->select);
	if (sink->run.pfn == VMAVIEW_UNKNOWN64)
		return true;
	start = sink->run.start;
	done = frames_put(&sink->words, &sink->run);
	sink->given |= sink->run.start != start;
	return done;
}

/* Give the run, leaving room for @spare others. */
static bool finish(struct run_sink *sink, ptrdiff_t spare)
{
	if (!is_wanted(sink))
		return true;
	if (sink->select.dense)
		return finish_dense(sink);
	if (sink->stop - sink->next <= spare)
		return false;
	*sink->next = sink->run;
	clip(sink->next++, &sink->select);
	sink->given = true;
	return true;
}

bool run_flush(struct run_sink *sink)
{
	if (!finish(sink, 0))
		return false;
	sink->run.start = sink->run.end;
	return true;
}

void run_begin(struct run_sink *sink)
{
	sink->run = (struct vmaview_run){ .header = { VMAVIEW_REC_RUN, sizeof(sink->run) } };
	sink->given = false;
	sink->flags_seen = ~0UL;
	sink->memcg_seen = 0;
}

/* The run is finished, or there is no room. */
static bool make_way(struct run_sink *sink, unsigned long addr, ptrdiff_t spare)
{
	if (finish(sink, spare))
		return true;
	sink->full = true;
	sink->resume = addr;
	return false;
}

bool run_finish(struct run_sink *sink, unsigned long addr)
{
	if (!make_way(sink, addr, RUN_SPARE))
		return false;
	sink->run.start = sink->run.end;
	return true;
}

bool run_new_frame(struct run_sink *sink, unsigned long addr, u64 pfn)
{
	if (!make_way(sink, addr, RUN_SPARE))
		return false;
	sink->run.start = addr;
	sink->run.end = addr + PAGE_SIZE;
	sink->run.pfn = pfn;
	return true;
}

bool run_push_known(struct run_sink *sink, const struct vmaview_run *run, bool selected)
{
	if (goes_on(&sink->run, run)) {
		sink->run.end = run->end;
		return true;
	}
	if (!make_way(sink, run->start, run->state == VMAVIEW_STATE_NONE ? 0 : RUN_SPARE))
		return false;
	sink->run = *run;
	sink->selected = selected;
	return true;
}

bool run_push(struct run_sink *sink, const struct vmaview_run *run)
{
	return run_push_known(sink, run, run_is_selected(&sink->select, run));
}
