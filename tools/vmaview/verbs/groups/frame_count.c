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
#include "vmaview/frame_words.h"

/* Of one group: as frame_sums, while it grows. */
struct tally {
	uint64_t frames;
	uint64_t inside;
};

/* What happened to the last frames, and will to the next ones of the same past. */
struct step {
	uint32_t from;
	uint32_t missing;		/* of a new frame */
	uint32_t to;			/* NO_PAST: there is none */
	uint64_t nr;			/* frames that went so and are not in the sums yet */
};

struct frame_count {
	struct frame_table table;
	struct pasts pasts;
	struct tally *groups;
	uint32_t room_groups;
	struct step step;
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

/* The step is in the sums then. */
static void end_step(struct frame_count *count)
{
	const struct step *step = &count->step;
	struct past *past = count->pasts.past;
	struct tally *group;

	if (!step->nr)
		return;
	group = &count->groups[count->pasts.mapper.group];
	past[step->to].frames += step->nr;
	if (step->from)
		past[step->from].frames -= step->nr;
	if (!step->from || past[step->from].new_group)
		group->frames += step->nr;
	else if (past[step->from].second)
		group->inside += step->nr;
	count->step.nr = 0;
}

static int begin(struct frame_count *count, const struct mapper *mapper)
{
	const struct mapper *before = &count->pasts.mapper;

	if (count->pasts.epoch && before->group == mapper->group && before->family == mapper->family &&
	    before->process == mapper->process)
		return 0;
	if (mapper->group >= count->room_groups && make_room(count, mapper->group))
		return -ENOMEM;
	end_step(count);
	pasts_begin(&count->pasts, mapper);
	count->step.to = NO_PAST;
	return 0;
}

/* @nr frames go from one past to the next; NO_PAST without memory. */
static uint32_t move(struct frame_count *count, uint32_t from, uint64_t nr, uint32_t missing)
{
	struct step *step = &count->step;

	if (step->to == NO_PAST || step->from != from || (!from && step->missing != missing)) {
		end_step(count);
		*step = (struct step){ .from = from, .missing = missing };
		step->to = from ? pasts_next(&count->pasts, from) : pasts_first(&count->pasts, missing);
	}
	if (step->to != NO_PAST)
		step->nr += nr;
	return step->to;
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

static int add_run(struct frame_count *count, uint64_t frame, uint64_t nr, uint32_t mapcount)
{
	int ret = 0;

	while (!ret && nr) {
		uint64_t piece = nr;
		uint32_t *numbers = frame_table_numbers(&count->table, frame, &piece);

		ret = numbers ? move_all(count, numbers, piece, mapcount ? mapcount - 1 : 0) : -ENOMEM;
		frame += piece;
		nr -= piece;
	}
	return ret;
}

int frame_count_add(struct frame_count *count, const struct mapper *mapper, uint64_t frame, uint64_t nr,
		    uint32_t mapcount)
{
	int ret = begin(count, mapper);

	return ret ? ret : add_run(count, frame, nr, mapcount);
}

/* Is @word of one frame that goes the way of the last step, if it comes from there? */
static bool may_go_again(const struct step *step, uint64_t word)
{
	uint32_t mapcount = frame_word_mapcount(word);

	return step->to != NO_PAST && frame_word_nr(word) == 1 && mapcount != VMAVIEW_FRAMES_MORE &&
	       (step->from || step->missing == (mapcount ? mapcount - 1 : 0));
}

/*
 * How many of @nr words are of single frames, mapped as often as the first one, and go the way of the last step.  What
 * is left of any other word without the first one's mapcount is no frame, and so is not found.
 */
static inline size_t go_again(struct frame_table *table, const struct step *step, const uint64_t *words, size_t nr,
			      bool fresh)
{
	const uint64_t bits = words[0] - frame_word_pfn(words[0]);
	const uint32_t from = fresh ? NO_PAST : step->from, to = step->to;
	size_t done = 0;

	for (; done < nr; done++) {
		uint64_t frame = words[done] - bits;
		struct frame_chunk *chunk = frame_table_find(table, frame);

		if (!chunk || chunk->numbers[frame % FRAME_CHUNK] != from)
			break;
		chunk->numbers[frame % FRAME_CHUNK] = to;
		if (fresh)
			chunk->has |= UINT64_C(1) << frame % FRAME_CHUNK;
	}
	if (fresh)
		table->frames += done;
	return done;
}

/* Most memory is of single frames, and most of them go the way of the one before. Return: how many of @nr do. */
static size_t add_again(struct frame_count *count, const uint64_t *words, size_t nr)
{
	struct step *step = &count->step;
	size_t done;

	if (!may_go_again(step, words[0]))
		return 0;
	done = step->from ? go_again(&count->table, step, words, nr, false) :
			    go_again(&count->table, step, words, nr, true);
	step->nr += done;
	return done;
}

int frame_count_add_words(struct frame_count *count, const struct mapper *mapper, const uint64_t *words, size_t nr)
{
	int ret = begin(count, mapper);
	struct frame_run run;
	size_t took;

	for (; !ret && nr; words += took, nr -= took) {
		took = add_again(count, words, nr);
		if (took)
			continue;
		took = frame_words_next(words, nr, &run);
		if (!took)
			break;
		if (run.mapcount == VMAVIEW_UNKNOWN)
			continue;
		ret = add_run(count, run.pfn, run.nr, run.mapcount + run.pmd_shared);
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

void frame_count_sums(struct frame_count *count, struct frame_sums *groups, uint32_t nr,
		      struct frame_sums *all)
{
	*all = (struct frame_sums){ 0 };
	end_step(count);
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
