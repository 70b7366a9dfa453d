// SPDX-License-Identifier: GPL-2.0
/* top_frame.c - in: two moments; out: what is new, gone, larger or smaller. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/top/top_frame.h"
#include "vmaview/grow.h"

bool top_footprint(const struct area *area, uint64_t *bytes)
{
	static const enum key keys[] = { KEY_RSS, KEY_SWAP, KEY_SHARED_HUGETLB, KEY_PRIVATE_HUGETLB };

	*bytes = 0;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (area_knows(area, keys[i]))
			*bytes += area_get(area, keys[i]);
	return area_knows(area, KEY_RSS);
}

void top_frame_free(struct top_frame *frame)
{
	for (size_t i = 0; i < frame->nr_processes; i++) {
		free(frame->processes[i].comm);
		free(frame->processes[i].title);
	}
	free(frame->processes);
	free(frame->lines);
	if (frame->has_process)
		process_free(&frame->process);
	*frame = (struct top_frame){ .lines = NULL };
}

/* A process of the same PID that began later is another one. */
static bool is_same(enum top_level level, const struct top_line *a, const struct top_line *b)
{
	const struct top_process *process_a = a->cell.row, *process_b = b->cell.row;

	if (a->key != b->key)
		return false;
	return level != TOP_PROCESSES || process_a->started == process_b->started;
}

/* For its columns. */
static void keep_growth(struct top_process *process, uint64_t now, uint64_t then)
{
	process->knows_grown = true;
	process->grown = now > then ? now - then : 0;
	process->shrunk = now < then ? then - now : 0;
}

static void compare_one(struct top_frame *frame, struct top_line *line, const struct top_line *before)
{
	uint64_t now, then;

	if (!line->cell.area || !top_footprint(line->cell.area, &now) || !top_footprint(before->cell.area, &then))
		return;
	if (frame->level == TOP_PROCESSES)
		keep_growth(&frame->processes[line - frame->lines], now, then);
	line->change = now > then ? TOP_GREW : now < then ? TOP_SHRANK : TOP_SAME;
}

/* @before has what it shows, as long as @frame is there. */
static int add_gone(struct top_frame *frame, const struct top_line *gone)
{
	struct top_line *line;

	if (!grow(&frame->lines, frame->nr, &frame->room, sizeof(*frame->lines)))
		return -ENOMEM;
	line = &frame->lines[frame->nr++];
	*line = *gone;
	line->change = TOP_GONE;
	return 0;
}

static const struct top_line *find(const struct top_line *lines, size_t nr, uint64_t key)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lines[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < nr && lines[low].key == key ? &lines[low] : NULL;
}

/* Lines are by key in both; those of @before that were gone then come after the others, and are left out. */
int top_frame_compare(struct top_frame *frame, const struct top_frame *before)
{
	size_t nr = frame->nr;
	int ret = 0;

	for (size_t i = 0; i < nr; i++) {
		const struct top_line *then = find(before->lines, before->nr_live, frame->lines[i].key);

		if (then && is_same(frame->level, &frame->lines[i], then))
			compare_one(frame, &frame->lines[i], then);
		else
			frame->lines[i].change = TOP_NEW;
	}
	for (size_t i = 0; !ret && i < before->nr_live; i++) {
		const struct top_line *now = find(frame->lines, nr, before->lines[i].key);

		if (!now || !is_same(frame->level, now, &before->lines[i]))
			ret = add_gone(frame, &before->lines[i]);
	}
	return ret;
}
