// SPDX-License-Identifier: GPL-2.0
/* model.c - in: areas, operations and text one by one; out: a process that holds them all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "vmaview/grow.h"
#include "vmaview/model.h"

/* Text is never freed singly, so it is cut from blocks. */
struct pool {
	struct pool *next;
	size_t used;
	size_t room;
	char text[];
};

#define POOL_BLOCK (64 * 1024)

const char *const mm_fact_json[MM_FACT_NR] = {
	[MM_TOTAL_VM] = "total_vm",
	[MM_LOCKED_VM] = "locked_vm",
	[MM_PINNED_VM] = "pinned_vm",
	[MM_DATA_VM] = "data_vm",
	[MM_EXEC_VM] = "exec_vm",
	[MM_STACK_VM] = "stack_vm",
	[MM_MAP_COUNT] = "map_count",
	[MM_PGTABLES] = "pgtables",
	[MM_MINOR_FAULTS] = "minor_faults",
	[MM_MAJOR_FAULTS] = "major_faults",
};

void process_init(struct process *process)
{
	memset(process, 0, sizeof(*process));
	process->comm = "";
	process->title = "";
	process->release = "";
	process->memcg = VMAVIEW_UNKNOWN64;
	process->range_end = UINT64_MAX;
}

void process_free(struct process *process)
{
	while (process->pool) {
		struct pool *next = process->pool->next;

		free(process->pool);
		process->pool = next;
	}
	while (process->ops) {
		struct ops *next = process->ops->next;

		free(process->ops);
		process->ops = next;
	}
	free(process->areas);
	free(process->runs);
	free(process->frames);
	free(process->sharers);
	free(process->segments);
	free(process->uffd);
	free(process->seams);
	process_init(process);
}

void process_take_spare(struct process *process, struct process_spare *spare)
{
	process->frames = spare->frames;
	process->room_frames = spare->room_frames;
	*spare = (struct process_spare){ .frames = NULL };
}

void process_leave_spare(struct process *process, struct process_spare *spare)
{
	if (process->frames) {
		free(spare->frames);
		*spare = (struct process_spare){ process->frames, process->room_frames };
		process->frames = NULL;
	}
	process_free(process);
}

void process_spare_free(struct process_spare *spare)
{
	free(spare->frames);
	*spare = (struct process_spare){ .frames = NULL };
}

char *process_room(struct process *process, size_t length)
{
	struct pool *pool = process->pool;
	char *text;

	if (!pool || pool->room - pool->used <= length) {
		size_t room = length < POOL_BLOCK ? POOL_BLOCK : length + 1;

		pool = malloc(sizeof(*pool) + room);
		if (!pool)
			return NULL;
		pool->next = process->pool;
		pool->used = 0;
		pool->room = room;
		process->pool = pool;
	}
	text = pool->text + pool->used;
	text[length] = '\0';
	pool->used += length + 1;
	return text;
}

char *process_keep(struct process *process, const char *text, size_t length)
{
	char *copy = process_room(process, length);

	return copy ? memcpy(copy, text, length) : NULL;
}

struct area *process_add_area(struct process *process)
{
	struct area *area;

	if (!grow(&process->areas, process->nr_areas, &process->room_areas, sizeof(*process->areas)))
		return NULL;
	area = &process->areas[process->nr_areas++];
	memset(area, 0, sizeof(*area));
	area->name = "";
	return area;
}

struct vmaview_run *process_add_run(struct process *process)
{
	if (!grow(&process->runs, process->nr_runs, &process->room_runs, sizeof(*process->runs)))
		return NULL;
	return &process->runs[process->nr_runs++];
}

int process_add_frames(struct process *process, const uint64_t *words, size_t nr)
{
	size_t room = process->room_frames ? process->room_frames : 1024;
	uint64_t *frames;

	while (room < process->nr_frames + nr)
		room *= 2;
	if (room != process->room_frames) {
		frames = reallocarray(process->frames, room, sizeof(*frames));
		if (!frames)
			return -ENOMEM;
		process->frames = frames;
		process->room_frames = room;
	}
	memcpy(process->frames + process->nr_frames, words, nr * sizeof(*words));
	process->nr_frames += nr;
	return 0;
}

struct vmaview_sharer *process_add_sharer(struct process *process)
{
	if (!grow(&process->sharers, process->nr_sharers, &process->room_sharers, sizeof(*process->sharers)))
		return NULL;
	return &process->sharers[process->nr_sharers++];
}

const struct area *process_area_at(const struct process *process, uint64_t addr)
{
	size_t low = 0, high = process->nr_areas;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (process->areas[middle].end <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < process->nr_areas && process->areas[low].start <= addr ? &process->areas[low] : NULL;
}

const struct area *process_find_area(const struct process *process, uint64_t start)
{
	const struct area *area = process_area_at(process, start);

	return area && area->start == start ? area : NULL;
}

struct vmaview_segment *process_add_segment(struct process *process)
{
	if (!grow(&process->segments, process->nr_segments, &process->room_segments, sizeof(*process->segments)))
		return NULL;
	return &process->segments[process->nr_segments++];
}

struct vmaview_uffd *process_add_uffd(struct process *process)
{
	if (!grow(&process->uffd, process->nr_uffd, &process->room_uffd, sizeof(*process->uffd)))
		return NULL;
	return &process->uffd[process->nr_uffd++];
}

struct vmaview_seam *process_add_seam(struct process *process)
{
	if (!grow(&process->seams, process->nr_seams, &process->room_seams, sizeof(*process->seams)))
		return NULL;
	return &process->seams[process->nr_seams++];
}

/* Areas point at operations, so each has a place of its own. */
struct ops *process_add_ops(struct process *process)
{
	struct ops *ops = calloc(1, sizeof(*ops));

	if (!ops)
		return NULL;
	ops->next = process->ops;
	process->ops = ops;
	return ops;
}

const struct ops *process_find_ops(const struct process *process, uint32_t id)
{
	const struct ops *ops = process->ops;

	while (ops && ops->id != id)
		ops = ops->next;
	return ops;
}
