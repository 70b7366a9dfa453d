// SPDX-License-Identifier: GPL-2.0
/*
 * frame_count.c - in: who maps which page frames; out: of each group, and of all, each frame once.  Pure.
 *
 * A frame has the number of its past.  What is only known at the end, that nobody else came, is read off the
 * pasts then; the rest is counted where a mapping makes one past another.
 */
#include <errno.h>
#include <stdlib.h>

#include "verbs/groups/frame_count.h"
#include "verbs/groups/frame_table.h"
#include "verbs/groups/past.h"

/* Of one group: as frame_sums, while it grows. */
struct tally {
	uint64_t frames;
	uint64_t inside;
};

struct frame_count {
	struct frame_table table;
	struct pasts pasts;
	struct tally *groups;
	uint32_t room_groups;
	uint32_t first;			/* the past of a new frame, with @first_missing */
	uint32_t first_missing;
};

struct frame_count *frame_count_new(void)
{
	struct frame_count *count = calloc(1, sizeof(*count));

	if (!count)
		return NULL;
	frame_table_init(&count->table);
	if (!pasts_init(&count->pasts))
		return count;
	frame_count_free(count);
	return NULL;
}

void frame_count_free(struct frame_count *count)
{
	if (!count)
		return;
	frame_table_free(&count->table);
	pasts_free(&count->pasts);
	free(count->groups);
	free(count);
}

static int make_room(struct frame_count *count, uint32_t group)
{
	uint32_t room = count->room_groups ? count->room_groups : 16;
	struct tally *groups;

	while (room <= group)
		room *= 2;
	groups = reallocarray(count->groups, room, sizeof(*groups));
	if (!groups)
		return -ENOMEM;
	for (uint32_t i = count->room_groups; i < room; i++)
		groups[i] = (struct tally){ 0 };
	count->groups = groups;
	count->room_groups = room;
	return 0;
}

static int begin(struct frame_count *count, const struct mapper *mapper)
{
	const struct mapper *before = &count->pasts.mapper;

	if (count->pasts.epoch && before->group == mapper->group && before->family == mapper->family &&
	    before->process == mapper->process)
		return 0;
	if (mapper->group >= count->room_groups && make_room(count, mapper->group))
		return -ENOMEM;
	pasts_begin(&count->pasts, mapper);
	count->first = NO_PAST;
	return 0;
}

/* The past of a frame that nobody has mapped before. */
static uint32_t first_past(struct frame_count *count, uint32_t missing)
{
	if (!count->first || count->first_missing != missing) {
		count->first = pasts_first(&count->pasts, missing);
		count->first_missing = missing;
	}
	return count->first;
}

/* @nr frames go from one past to the next. */
static uint32_t move(struct frame_count *count, uint32_t from, uint64_t nr, uint32_t missing)
{
	struct tally *group = &count->groups[count->pasts.mapper.group];
	uint32_t to = from ? pasts_next(&count->pasts, from) : first_past(count, missing);
	struct past *past = count->pasts.past;

	if (!to)
		return to;
	past[to].frames += nr;
	if (from)
		past[from].frames -= nr;
	if (!from || past[from].new_group)
		group->frames += nr;
	else if (past[from].second)
		group->inside += nr;
	return to;
}

/* Frames side by side mostly have one past. */
static int move_all(struct frame_count *count, uint32_t *numbers, uint64_t nr, uint32_t missing)
{
	uint64_t done = 0, end;

	for (; done < nr; done = end) {
		uint32_t from = numbers[done], to;

		for (end = done + 1; end < nr && numbers[end] == from;)
			end++;
		to = move(count, from, end - done, missing);
		if (!to)
			return -ENOMEM;
		while (done < end)
			numbers[done++] = to;
	}
	return 0;
}

int frame_count_add(struct frame_count *count, const struct mapper *mapper, uint64_t frame, uint64_t nr,
		    uint32_t mapcount)
{
	int ret = begin(count, mapper);

	while (!ret && nr) {
		uint64_t piece = nr;
		uint32_t *numbers = frame_table_numbers(&count->table, frame, &piece);

		ret = numbers ? move_all(count, numbers, piece, mapcount ? mapcount - 1 : 0) : -ENOMEM;
		frame += piece;
		nr -= piece;
	}
	return ret;
}

static void add_past(const struct past *past, struct frame_sums *groups, uint32_t nr, struct frame_sums *all)
{
	all->frames += past->frames;
	if (!past->missing)
		all->unique += past->frames;
	if (past_is_shared(past))
		all->inside += past->frames;
	if (!past->missing && !past->others && past->nr == 1 && past->parts->group < nr)
		groups[past->parts->group].unique += past->frames;
}

void frame_count_sums(const struct frame_count *count, struct frame_sums *groups, uint32_t nr,
		      struct frame_sums *all)
{
	*all = (struct frame_sums){ 0 };
	for (uint32_t i = 0; i < nr; i++) {
		groups[i] = (struct frame_sums){ 0 };
		if (i >= count->room_groups)
			continue;
		groups[i].frames = count->groups[i].frames;
		groups[i].inside = count->groups[i].inside;
	}
	for (uint32_t i = 1; i < count->pasts.nr; i++)
		if (count->pasts.past[i].frames)
			add_past(&count->pasts.past[i], groups, nr, all);
}

uint64_t frame_count_bytes(const struct frame_count *count)
{
	return count->table.bytes + pasts_bytes(&count->pasts) + count->room_groups * sizeof(*count->groups);
}

uint64_t frame_count_frames(const struct frame_count *count)
{
	return count->table.frames;
}
