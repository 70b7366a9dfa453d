// SPDX-License-Identifier: GPL-2.0
/*
 * group.c - in: runs of pages of several processes; out: how much of them is whose.
 *
 * All runs are sorted by page frame and passed once, from the lowest frame to the highest: between
 * two frames at which a run starts or ends, the same processes map the same memory.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/cow/group.h"

/* Page frames that follow each other, as one process maps them. */
struct extent {
	uint64_t pfn;
	uint64_t end;
	uint64_t addr;
	uint32_t member;
	uint32_t area;
	uint32_t mapcount;	/* of each of its pages; VMAVIEW_UNKNOWN */
};

struct sweep {
	struct group *group;
	uint64_t page_size;
	struct extent *extents;
	size_t nr;
	const struct extent **active;	/* those that have the present frame */
	size_t nr_active;
	const struct extent **first;	/* by member: that with the lowest address; NULL */
	uint32_t *present;		/* members that have one */
	uint32_t *before;		/* those of the piece before, whose ... */
	size_t nr_before;
	uint64_t bytes;			/* ... memory is not in group->common yet */
};

/* Is the run in the area?  Both ascend, @area is the first that does not end before the last run. */
static bool in_area(const struct process *process, size_t area, const struct vmaview_run *run)
{
	return area < process->nr_areas && process->areas[area].start <= run->start;
}

/* Memory that belongs to somebody. */
static bool counts(const struct vmaview_run *run)
{
	return run->state == VMAVIEW_STATE_PRESENT && run->pfn != VMAVIEW_UNKNOWN64 &&
	       run->node != VMAVIEW_UNKNOWN && run->origin != VMAVIEW_ORIGIN_ZERO &&
	       run->origin != VMAVIEW_ORIGIN_HUGE_ZERO && run->origin != VMAVIEW_ORIGIN_SPECIAL;
}

static size_t count_runs(const struct process *processes, size_t nr)
{
	size_t sum = 0;

	for (size_t i = 0; i < nr; i++)
		sum += processes[i].nr_runs;
	return sum;
}

static void add_process(struct sweep *sweep, uint32_t member, const struct process *process)
{
	uint32_t area = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		while (area < process->nr_areas && process->areas[area].end <= run->start)
			area++;
		if (!in_area(process, area, run) || !counts(run))
			continue;
		sweep->extents[sweep->nr++] = (struct extent){
			run->pfn, run->pfn + (run->end - run->start) / sweep->page_size, run->start,
			member, area, run->page_mapcount,
		};
	}
}

static int by_frame(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	if (x->pfn != y->pfn)
		return x->pfn < y->pfn ? -1 : 1;
	return x->member < y->member ? -1 : x->member > y->member;
}

/* Who shares with whom, for as many pieces as have the same processes. */
static void flush_common(struct sweep *sweep)
{
	struct group *group = sweep->group;

	for (size_t i = 0; i < sweep->nr_before; i++)
		for (size_t j = 0; j < sweep->nr_before; j++)
			group->common[sweep->before[i] * group->nr + sweep->before[j]] += sweep->bytes;
	sweep->bytes = 0;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void note_common(struct sweep *sweep, size_t nr, uint64_t bytes)
{
	qsort(sweep->present, nr, sizeof(*sweep->present), by_number);
	if (nr != sweep->nr_before || memcmp(sweep->present, sweep->before, nr * sizeof(*sweep->present))) {
		flush_common(sweep);
		memcpy(sweep->before, sweep->present, nr * sizeof(*sweep->present));
		sweep->nr_before = nr;
	}
	sweep->bytes += bytes;
}

static void note_outside(struct sweep *sweep, uint64_t bytes)
{
	struct group *group = sweep->group;
	uint32_t mapcount = sweep->active[0]->mapcount;

	if (mapcount == VMAVIEW_UNKNOWN)
		group->knows_outside = false;
	else if (mapcount > sweep->nr_active)
		group->outside += bytes;
}

/* @bytes that just the active extents map. */
static void note_piece(struct sweep *sweep, uint64_t bytes)
{
	struct group *group = sweep->group;
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_active; i++) {
		const struct extent *extent = sweep->active[i], **first = &sweep->first[extent->member];

		if (!*first)
			sweep->present[nr++] = extent->member;
		if (!*first || extent->addr < (*first)->addr)
			*first = extent;
	}
	for (size_t i = 0; i < nr; i++) {
		const struct extent *extent = sweep->first[sweep->present[i]];
		struct usage *usage = &group->members[extent->member].areas[extent->area];

		usage->mapped += bytes;
		*(nr == 1 ? &usage->unique : &usage->shared) += bytes;
		group->of[extent->member * (group->nr + 1) + nr] += bytes;
		sweep->first[extent->member] = NULL;
	}
	group->total += bytes;
	group->by[nr] += bytes;
	note_outside(sweep, bytes);
	note_common(sweep, nr, bytes);
}

static void drop_ended(struct sweep *sweep, uint64_t pfn)
{
	size_t kept = 0;

	for (size_t i = 0; i < sweep->nr_active; i++)
		if (sweep->active[i]->end > pfn)
			sweep->active[kept++] = sweep->active[i];
	sweep->nr_active = kept;
}

static void pass(struct sweep *sweep)
{
	uint64_t pfn = 0;
	size_t next = 0;

	while (next < sweep->nr || sweep->nr_active) {
		uint64_t stop;

		if (!sweep->nr_active)
			pfn = sweep->extents[next].pfn;
		while (next < sweep->nr && sweep->extents[next].pfn == pfn)
			sweep->active[sweep->nr_active++] = &sweep->extents[next++];
		stop = next < sweep->nr ? sweep->extents[next].pfn : UINT64_MAX;
		for (size_t i = 0; i < sweep->nr_active; i++)
			if (sweep->active[i]->end < stop)
				stop = sweep->active[i]->end;
		note_piece(sweep, (stop - pfn) * sweep->page_size);
		drop_ended(sweep, stop);
		pfn = stop;
	}
	flush_common(sweep);
}

static int sweep_all(struct group *group, const struct process *processes, size_t nr)
{
	size_t runs = count_runs(processes, nr) + 1;
	struct sweep sweep = {
		.group = group,
		.page_size = nr && processes->page_size ? processes->page_size : 4096,
		.extents = calloc(runs, sizeof(*sweep.extents)),
		.active = calloc(runs, sizeof(*sweep.active)),
		.first = calloc(nr + 1, sizeof(*sweep.first)),
		.present = calloc(nr + 1, sizeof(*sweep.present)),
		.before = calloc(nr + 1, sizeof(*sweep.before)),
	};
	bool done = sweep.extents && sweep.active && sweep.first && sweep.present && sweep.before;

	if (done) {
		for (size_t i = 0; i < nr; i++)
			add_process(&sweep, i, &processes[i]);
		qsort(sweep.extents, sweep.nr, sizeof(*sweep.extents), by_frame);
		pass(&sweep);
	}
	free(sweep.extents);
	free(sweep.active);
	free(sweep.first);
	free(sweep.present);
	free(sweep.before);
	return done ? 0 : -ENOMEM;
}

static void usage_add(struct usage *sum, const struct usage *usage)
{
	sum->mapped += usage->mapped;
	sum->unique += usage->unique;
	sum->shared += usage->shared;
	sum->debt += usage->debt;
	sum->same += usage->same;
	sum->copied += usage->copied;
	sum->fresh += usage->fresh;
}

static void sum_up(struct group *group)
{
	for (size_t i = 0; i < group->nr; i++) {
		struct member *member = &group->members[i];

		member->sum = (struct usage){ 0 };
		for (size_t j = 0; j < member->process->nr_areas; j++)
			usage_add(&member->sum, &member->areas[j]);
	}
}

/* The module's own sum, which the view shows too: what is no page frame has to be copied as well. */
static void take_debt(struct member *member)
{
	const struct process *process = member->process;

	member->knows_debt = true;
	for (size_t i = 0; i < process->nr_areas; i++) {
		member->areas[i].debt = area_get(&process->areas[i], KEY_COW_DEBT);
		member->knows_debt &= area_knows(&process->areas[i], KEY_COW_DEBT);
	}
}

int group_fill(struct group *group, const struct process *processes, size_t nr)
{
	int ret = 0;

	*group = (struct group){
		.members = calloc(nr + 1, sizeof(*group->members)),
		.by = calloc(nr + 2, sizeof(*group->by)),
		.of = calloc((nr + 1) * (nr + 1), sizeof(*group->of)),
		.common = calloc(nr * nr + 1, sizeof(*group->common)),
		.knows_outside = true,
	};
	if (!group->members || !group->by || !group->of || !group->common)
		return -ENOMEM;
	group->nr = nr;
	for (size_t i = 0; !ret && i < nr; i++) {
		struct member *member = &group->members[i];

		member->process = &processes[i];
		member->parent = NO_PARENT;
		member->areas = calloc(processes[i].nr_areas + 1, sizeof(*member->areas));
		ret = member->areas ? 0 : -ENOMEM;
		if (!ret)
			take_debt(member);
	}
	if (!ret)
		ret = sweep_all(group, processes, nr);
	if (!ret)
		sum_up(group);
	return ret;
}

/* Anonymous memory from @addr to @end of a run, and what the parent has there, from its run @at on. */
static void compare_run(struct usage *usage, const struct vmaview_run *run, const struct process *parent,
			size_t at, uint64_t page_size)
{
	uint64_t addr = run->start;

	for (; addr < run->end; at++) {
		const struct vmaview_run *theirs = &parent->runs[at];
		uint64_t start = at < parent->nr_runs && theirs->start < run->end ? theirs->start : run->end;
		uint64_t end;

		if (start > addr) {
			usage->fresh += start - addr;
			addr = start;
		}
		if (addr >= run->end)
			return;
		end = theirs->end < run->end ? theirs->end : run->end;
		if (!counts(theirs))
			usage->fresh += end - addr;
		else if (theirs->pfn + (addr - theirs->start) / page_size ==
			 run->pfn + (addr - run->start) / page_size)
			usage->same += end - addr;
		else
			usage->copied += end - addr;
		addr = end;
	}
}

static bool is_anonymous(const struct vmaview_run *run)
{
	return counts(run) && run->cow != VMAVIEW_COW_NOT &&
	       (run->origin == VMAVIEW_ORIGIN_ANON || run->origin == VMAVIEW_ORIGIN_KSM ||
		run->origin == VMAVIEW_ORIGIN_HUGETLB);
}

static void compare_member(struct member *member, const struct process *parent)
{
	const struct process *process = member->process;
	uint64_t page_size = process->page_size ? process->page_size : 4096;
	size_t area = 0, at = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		while (area < process->nr_areas && process->areas[area].end <= run->start)
			area++;
		while (at < parent->nr_runs && parent->runs[at].end <= run->start)
			at++;
		if (in_area(process, area, run) && is_anonymous(run))
			compare_run(&member->areas[area], run, parent, at, page_size);
	}
}

void group_compare(struct group *group)
{
	for (size_t i = 0; i < group->nr; i++)
		if (group->members[i].parent != NO_PARENT)
			compare_member(&group->members[i], group->members[group->members[i].parent].process);
	sum_up(group);
}

void group_free(struct group *group)
{
	for (size_t i = 0; group->members && i < group->nr; i++)
		free(group->members[i].areas);
	free(group->members);
	free(group->by);
	free(group->of);
	free(group->common);
	*group = (struct group){ 0 };
}
