// SPDX-License-Identifier: GPL-2.0
/* group_changes.c - in: groups of two states; out: those that are not what they were.  Pure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/group_changes.h"

/* False where it is not known. */
static bool count_of(const struct group_row *row, enum group_count count, uint64_t *number)
{
	const struct frame_sums *frames = &row->frames;

	switch (count) {
	case COUNT_PROCESSES:
		*number = row->processes;
		return true;
	case COUNT_AREAS:
		*number = row->areas;
		return row->knows_areas;
	case COUNT_FRAMES:
		*number = frames->frames;
		return row->knows_frames;
	case COUNT_UNIQUE:
		*number = frames->unique;
		return row->knows_frames;
	case COUNT_OUTSIDE:
		*number = frames->frames - frames->unique;
		return row->knows_frames;
	case COUNT_INSIDE:
		*number = frames->inside;
		return row->knows_frames;
	default:
		return group_row_sum(row, (enum group_sum)(count - COUNT_SUMS), number);
	}
}

static void compare(struct group_change *change, const struct group_row *before, const struct group_row *after)
{
	*change = (struct group_change){ .before = before, .after = after };
	for (int count = 0; count < COUNT_NR; count++) {
		uint64_t was = 0, is = 0;

		if ((before && !count_of(before, count, &was)) || (after && !count_of(after, count, &is)))
			continue;
		change->known |= 1u << count;
		change->delta[count] = is - was;
	}
}

static bool is_change(const struct group_change *change)
{
	if (!change->before || !change->after)
		return true;
	for (int count = 0; count < COUNT_NR; count++)
		if (change->delta[count])
			return true;
	return false;
}

static int by_text(const char *a, const char *b)
{
	return !a || !b ? !!a - !!b : strcmp(a, b);
}

static int by_keys(const struct group_row *a, const struct group_row *b)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < a->by->nr; i++)
		ret = by_text(a->value[i], b->value[i]);
	return ret;
}

static int compare_rows(const void *a, const void *b)
{
	return by_keys(*(const struct group_row *const *)a, *(const struct group_row *const *)b);
}

static const struct group_row **sorted(const struct group_rows *rows)
{
	const struct group_row **list = calloc((size_t)rows->nr + 1, sizeof(*list));

	for (uint32_t i = 0; list && i < rows->nr; i++)
		list[i] = &rows->rows[i];
	if (list)
		qsort(list, rows->nr, sizeof(*list), compare_rows);
	return list;
}

/* In memory: frames, or without them what smaps adds up. */
static uint64_t rank(const struct group_change *change)
{
	static const enum group_count counts[] = { COUNT_FRAMES, COUNT_SUMS + GROUP_PSS, COUNT_SUMS + GROUP_RSS };

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (change->known >> counts[i] & 1)
			return llabs(change->delta[counts[i]]);
	return 0;
}

static int by_rank(const void *a, const void *b)
{
	const struct group_change *x = a, *y = b;
	int ret = (rank(x) < rank(y)) - (rank(x) > rank(y));

	return ret ? ret : by_keys(group_change_row(x), group_change_row(y));
}

/* Both lists end with NULL. */
static void match(struct group_changes *changes, const struct group_row **before, const struct group_row **after)
{
	while (*before || *after) {
		struct group_change *change = &changes->changes[changes->nr];
		int order = !*before ? 1 : !*after ? -1 : by_keys(*before, *after);

		compare(change, order <= 0 ? *before : NULL, order >= 0 ? *after : NULL);
		changes->nr += is_change(change);
		before += order <= 0;
		after += order >= 0;
	}
}

int group_changes_find(struct group_changes *changes, const struct group_rows *before, const struct group_rows *after)
{
	const struct group_row **old = sorted(before), **new = sorted(after);

	*changes = (struct group_changes){ .nr = 0 };
	changes->changes = calloc((size_t)before->nr + after->nr + 1, sizeof(*changes->changes));
	if (old && new && changes->changes) {
		match(changes, old, new);
		qsort(changes->changes, changes->nr, sizeof(*changes->changes), by_rank);
		compare(&changes->total, &before->total, &after->total);
	}
	free(old);
	free(new);
	return old && new && changes->changes ? 0 : -ENOMEM;
}

void group_changes_free(struct group_changes *changes)
{
	free(changes->changes);
	changes->changes = NULL;
}

const char *group_change_name(const struct group_change *change)
{
	return !change->before ? "new" : !change->after ? "gone" : "changed";
}
