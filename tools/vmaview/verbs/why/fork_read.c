// SPDX-License-Identifier: GPL-2.0
/* fork_read.c - in: a process that lives; out: which of its pages a write would copy, and who else has them. */
#include <errno.h>
#include <stdlib.h>

#include "read/collect.h"
#include "verbs/why/fork_read.h"
#include "vmaview/grow.h"
#include "vmaview/sharer_rows.h"

/* What @pid has in [@low, @high], page by page; @more: what else is wanted of it. */
static int read_frames(struct process *process, pid_t pid, uint64_t low, uint64_t high, uint32_t more)
{
	struct collector collector;

	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_RUNS | more;
	collector.select = fork_select;
	collector.low = low;
	collector.high = high;
	collector.module_only = true;
	collector.nameless = true;
	return collect_process(&collector, process, pid) == COLLECTED ? 0 : -ESRCH;
}

/* The one of @pid; sharers of an area come by PID. */
static struct fork_sharer *sharer_of(struct fork_holders *holders, pid_t pid)
{
	struct fork_sharer *last = holders->nr ? &holders->sharer[holders->nr - 1] : NULL;

	if (last && last->pid == pid)
		return last;
	if (!grow(&holders->sharer, holders->nr, &holders->room, sizeof(*holders->sharer)))
		return NULL;
	holders->sharer[holders->nr] = (struct fork_sharer){ .pid = pid };
	return &holders->sharer[holders->nr++];
}

/* One that has ended meanwhile holds nothing. */
static int add_sharer(struct fork_holders *holders, const struct vmaview_sharer *record)
{
	struct fork_sharer *sharer = sharer_of(holders, record->pid);
	struct process process;
	int ret = 0;

	if (!sharer)
		return -ENOMEM;
	if (!read_frames(&process, record->pid, record->start, record->end - 1, 0))
		ret = fork_sharer_add(sharer, &process);
	process_free(&process);
	return ret;
}

static void free_holders(struct fork_holders *holders)
{
	for (size_t i = 0; i < holders->nr; i++)
		free(holders->sharer[i].extent);
	free(holders->sharer);
}

/* Those that have no number here cannot be asked. */
static int find_holders(struct fork_holders *holders, struct process *process)
{
	int ret = 0;

	process->nr_sharers = sharer_rows(process, process->sharers);
	for (size_t i = 0; !ret && i < process->nr_sharers; i++)
		if (process->sharers[i].pid > 0 && process->sharers[i].pid != process->pid)
			ret = add_sharer(holders, &process->sharers[i]);
	for (size_t i = 0; i < holders->nr; i++)
		fork_sharer_sort(&holders->sharer[i]);
	return ret;
}

static int add_runs(struct fork_ranges *ranges, const struct process *process, const struct process *part,
		    const struct fork_holders *holders)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < part->nr_runs; i++)
		ret = fork_ranges_add(ranges, process, &part->runs[i], holders);
	return ret;
}

/* Of [@low, @high] in one area. */
static int read_part(struct fork_ranges *ranges, const struct process *process, uint64_t low, uint64_t high)
{
	struct fork_holders holders = { .nr = 0 };
	struct process part;
	int ret = read_frames(&part, process->pid, low, high, VMAVIEW_WANT_SHARERS);

	if (!ret)
		ret = find_holders(&holders, &part);
	if (!ret)
		ret = add_runs(ranges, process, &part, &holders);
	free_holders(&holders);
	process_free(&part);
	return ret;
}

int fork_read(struct fork_ranges *ranges, const struct process *process, uint64_t low, uint64_t high)
{
	size_t run = 0;
	int ret = 0;

	*ranges = (struct fork_ranges){ .knows_holders = process->kernel_knows & VMAVIEW_KNOW_SHARERS };
	for (size_t i = 0; !ret && i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];
		bool any = false;

		for (; run < process->nr_runs && process->runs[run].start < area->end; run++)
			any |= process->runs[run].start <= high && process->runs[run].end > low &&
			       process->runs[run].start >= area->start && fork_is_shared(&process->runs[run]);
		if (any)
			ret = read_part(ranges, process, area->start > low ? area->start : low,
					area->end - 1 < high ? area->end - 1 : high);
	}
	return ret;
}
