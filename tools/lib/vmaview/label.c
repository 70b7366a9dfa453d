// SPDX-License-Identifier: GPL-2.0
/* label.c - in: an area without a name, its neighbours and threads; out: what it is for, where that can be told. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "vmaview/kind.h"
#include "vmaview/label.h"

/* HEAP_MAX_SIZE of malloc/arena.c in glibc, where a long has 64 bits: each heap of an arena begins at a multiple. */
#define ARENA_SIZE (64ULL << 20)

ptrdiff_t label_thread(const struct process *process, const struct area *area)
{
	for (size_t i = 0; i < process->nr_segments; i++) {
		const struct vmaview_segment *segment = &process->segments[i];

		if (segment->kind == VMAVIEW_SEGMENT_FS && segment->tid != process->pid &&
		    segment->base >= area->start && segment->base < area->end)
			return i;
	}
	return -1;
}

/* What is used of it, and after that the rest without access. */
static bool is_arena(const struct process *process, size_t index)
{
	const struct area *area = &process->areas[index], *next = area + 1;
	uint64_t end = area->start + ARENA_SIZE;

	if (area->start % ARENA_SIZE || strcmp(area->perms, "rw-p") || area->end > end)
		return false;
	if (area->end == end)
		return true;
	return index + 1 < process->nr_areas && next->start == area->end && next->end >= end && !next->name[0] &&
	       !strncmp(next->perms, "---p", 4);
}

enum label label_of_area(const struct process *process, size_t index)
{
	const struct area *area = &process->areas[index];

	if (area->kind == 1 + KIND_OF_THREAD_STACK)
		return LABEL_THREAD;
	if (area->kind != 1 + KIND_OF_ANON)
		return area->kind == 1 + KIND_OF_UNKNOWN ? LABEL_UNKNOWN : LABEL_NONE;
	if (is_arena(process, index))
		return LABEL_ARENA;
	if (area->perms[2] == 'x')
		return LABEL_JIT;
	return process->nr_segments ? LABEL_NONE : LABEL_UNKNOWN;
}

int label_text(const struct process *process, const struct area *area, char *out, size_t room)
{
	static const char *const guesses[LABEL_NR] = { [LABEL_ARENA] = "maybe arena", [LABEL_JIT] = "maybe jit" };
	const struct vmaview_segment *segment;

	if (area->called)
		return snprintf(out, room, "%s", area->called);
	if (!area->kind || area->label == LABEL_UNKNOWN)
		return -1;
	if (area->label != LABEL_THREAD)
		return snprintf(out, room, "%s", guesses[area->label] ? guesses[area->label] : "");
	segment = &process->segments[area->thread];
	return snprintf(out, room, "thread %d %.*s", segment->tid, (int)sizeof(segment->comm), segment->comm);
}
