// SPDX-License-Identifier: GPL-2.0
/* area_pairs.c - in: a process before and after; out: which area of the one is which of the other.  Pure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/diff/area_pairs.h"
#include "verbs/diff/page_events.h"

struct matching {
	struct area_pairs *pairs;
	const struct process *before;
	const struct process *after;
};

/* A core has but the names of files. */
static bool has_file(const struct area *area)
{
	if (area->lacks & AREA_LACKS_FILE)
		return area->name[0] && area->name[0] != '[';
	return area->inode || area->dev_major || area->dev_minor;
}

static bool is_special(const struct area *area)
{
	return !has_file(area) && area->name[0] == '[' && strncmp(area->name, "[anon", 5);
}

static bool is_anonymous(const struct area *area)
{
	return !has_file(area) && !is_special(area);
}

static bool same_file(const struct area *a, const struct area *b)
{
	if ((a->lacks | b->lacks) & AREA_LACKS_FILE)
		return has_file(a) && has_file(b) && !strcmp(a->name, b->name);
	return a->inode == b->inode && a->dev_major == b->dev_major && a->dev_minor == b->dev_minor;
}

/* The same thing, wherever in it and at whatever place. */
static bool same_thing(const struct area *a, const struct area *b)
{
	if (has_file(a) || has_file(b))
		return same_file(a, b);
	return (a->lacks | b->lacks) & AREA_LACKS_NAME || !strcmp(a->name, b->name);
}

/* The same part of it at the same address: the offset counts from one place. */
static bool same_part(const struct area *a, const struct area *b)
{
	return same_thing(a, b) && (!has_file(a) || a->start - a->offset == b->start - b->offset);
}

static void pair(struct matching *matching, size_t before, size_t after)
{
	matching->pairs->new_of[before] = after;
	matching->pairs->old_of[after] = before;
}

static bool are_free(const struct matching *matching, size_t before, size_t after)
{
	return matching->pairs->new_of[before] == NO_AREA && matching->pairs->old_of[after] == NO_AREA;
}

/* Both lists are in the order of addresses: @at gives what is compared of an area, its start or its end. */
static void match_by(struct matching *matching, uint64_t (*at)(const struct area *area))
{
	size_t i = 0, j = 0;

	while (i < matching->before->nr_areas && j < matching->after->nr_areas) {
		const struct area *a = &matching->before->areas[i], *b = &matching->after->areas[j];

		if (at(a) == at(b) && are_free(matching, i, j) && same_part(a, b))
			pair(matching, i, j);
		if (at(a) <= at(b))
			i++;
		else
			j++;
	}
}

static uint64_t start_of(const struct area *area)
{
	return area->start;
}

static uint64_t end_of(const struct area *area)
{
	return area->end;
}

/* Anonymous memory at the same place from end to end is the same, also by another name. */
static void match_renamed(struct matching *matching)
{
	for (size_t i = 0; i < matching->before->nr_areas; i++) {
		const struct area *a = &matching->before->areas[i];
		const struct area *b = process_find_area(matching->after, a->start);
		size_t j = b ? (size_t)(b - matching->after->areas) : 0;

		if (b && b->end == a->end && is_anonymous(a) && is_anonymous(b) && are_free(matching, i, j))
			pair(matching, i, j);
	}
}

/* What has some addresses in common. */
static void match_overlapping(struct matching *matching)
{
	size_t i = 0, j = 0;

	while (i < matching->before->nr_areas && j < matching->after->nr_areas) {
		const struct area *a = &matching->before->areas[i], *b = &matching->after->areas[j];

		if (a->start < b->end && b->start < a->end && are_free(matching, i, j) && same_part(a, b))
			pair(matching, i, j);
		if (a->end <= b->end)
			i++;
		else
			j++;
	}
}

/* What is looked for elsewhere. */
struct lost {
	const struct area *area;
	size_t index;
	uint64_t offset;	/* of the first frame in it ... */
	uint64_t frame;		/* ... and that one; VMAVIEW_UNKNOWN64: it has none, or none is known */
};

typedef int lost_order(const void *a, const void *b);

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int order_of_things(const struct area *a, const struct area *b)
{
	int ret = COMPARE(a->inode, b->inode);

	ret = ret ? ret : COMPARE(a->dev_major, b->dev_major);
	ret = ret ? ret : COMPARE(a->dev_minor, b->dev_minor);
	ret = ret ? ret : has_file(a) ? 0 : strcmp(a->name, b->name);
	return ret ? ret : COMPARE(a->offset, b->offset);
}

/* Files and names: by what they are; equal ones in the order of addresses. */
static int by_thing(const void *a, const void *b)
{
	return order_of_things(((const struct lost *)a)->area, ((const struct lost *)b)->area);
}

/* The same where one side has but names. */
static int by_name(const void *a, const void *b)
{
	const struct area *one = ((const struct lost *)a)->area, *two = ((const struct lost *)b)->area;
	int ret = strcmp(one->name, two->name);

	return ret ? ret : COMPARE(one->offset, two->offset);
}

static int by_frame(const void *a, const void *b)
{
	const struct lost *one = a, *two = b;
	int ret = COMPARE(one->frame, two->frame);

	return ret ? ret : COMPARE(one->offset, two->offset);
}

static uint64_t value_of(const struct area *area, enum key key)
{
	return area_knows(area, key) ? area_get(area, key) : 0;
}

static int by_size(const void *a, const void *b)
{
	const struct area *one = ((const struct lost *)a)->area, *two = ((const struct lost *)b)->area;
	int ret = COMPARE(one->end - one->start, two->end - two->start);

	ret = ret ? ret : COMPARE(value_of(one, KEY_RSS), value_of(two, KEY_RSS));
	ret = ret ? ret : COMPARE(value_of(one, KEY_SWAP), value_of(two, KEY_SWAP));
	ret = ret ? ret : memcmp(one->perms, two->perms, 4);
	return ret ? ret : strcmp(one->name, two->name);
}

/* In order, equal ones in the order of addresses. */
static int full_order(const void *a, const void *b, void *order)
{
	const struct lost *one = a, *two = b;
	int ret = ((lost_order *)*(lost_order **)order)(a, b);

	return ret ? ret : COMPARE(one->area->start, two->area->start);
}

static void find_frame(struct lost *lost, const struct process *process)
{
	const struct vmaview_run *run = page_events_first(process, lost->area);

	lost->frame = run ? run->pfn : VMAVIEW_UNKNOWN64;
	lost->offset = run ? run->start - lost->area->start : 0;
}

/* All that is matched with nothing and for which @kind holds, in order; NULL without memory. */
static struct lost *collect(const struct process *process, const size_t *other, bool (*kind)(const struct area *area),
			    size_t *nr)
{
	struct lost *lost = calloc(process->nr_areas + 1, sizeof(*lost));

	*nr = 0;
	for (size_t i = 0; lost && i < process->nr_areas; i++) {
		if (other[i] != NO_AREA || !kind(&process->areas[i]))
			continue;
		lost[*nr] = (struct lost){ .area = &process->areas[i], .index = i };
		find_frame(&lost[(*nr)++], process);
	}
	return lost;
}

/* How many equals there are from here on. */
static size_t equals(const struct lost *lost, size_t nr, lost_order *order)
{
	size_t same = 1;

	while (same < nr && !order(lost, lost + same))
		same++;
	return same;
}

/* Are so many equals of each side the same, one by one? */
typedef bool lost_rule(const struct lost *before, size_t nr_before, const struct lost *after, size_t nr_after);

static bool one_by_one(const struct lost *before, size_t nr_before, const struct lost *after, size_t nr_after)
{
	(void)before, (void)nr_before, (void)after, (void)nr_after;
	return true;
}

static bool have_a_frame(const struct lost *before, size_t nr_before, const struct lost *after, size_t nr_after)
{
	(void)after;
	return before->frame != VMAVIEW_UNKNOWN64 && nr_before == 1 && nr_after == 1;
}

/* Nothing says that they are two; that both have frames and not the same does. */
static bool is_the_only_one(const struct lost *before, size_t nr_before, const struct lost *after, size_t nr_after)
{
	return nr_before == 1 && nr_after == 1 &&
	       (value_of(before->area, KEY_RSS) || value_of(before->area, KEY_SWAP)) &&
	       (before->frame == VMAVIEW_UNKNOWN64 || after->frame == VMAVIEW_UNKNOWN64);
}

static int match_lost(struct matching *matching, bool (*kind)(const struct area *area), lost_order *order,
		      lost_rule *rule)
{
	size_t nr_before, nr_after;
	struct lost *before = collect(matching->before, matching->pairs->new_of, kind, &nr_before);
	struct lost *after = collect(matching->after, matching->pairs->old_of, kind, &nr_after);
	size_t i = 0, j = 0;

	if (before && after) {
		qsort_r(before, nr_before, sizeof(*before), full_order, &order);
		qsort_r(after, nr_after, sizeof(*after), full_order, &order);
	}
	while (before && after && i < nr_before && j < nr_after) {
		size_t same_before = equals(before + i, nr_before - i, order);
		size_t same_after = equals(after + j, nr_after - j, order);
		int compared = order(before + i, after + j);

		if (!compared && rule(before + i, same_before, after + j, same_after))
			for (size_t k = 0; k < same_before && k < same_after; k++)
				pair(matching, before[i + k].index, after[j + k].index);
		i += compared <= 0 ? same_before : 0;
		j += compared >= 0 ? same_after : 0;
	}
	free(before);
	free(after);
	return before && after ? 0 : -ENOMEM;
}

static bool is_no_anonymous(const struct area *area)
{
	return !is_anonymous(area);
}

/* The rest of a program's data, anonymous, follows on the part that is in the file. */
static void match_followers(struct matching *matching)
{
	for (size_t i = 1; i < matching->before->nr_areas; i++) {
		const struct area *a = &matching->before->areas[i], *b;
		size_t j = matching->pairs->new_of[i - 1];

		if (j == NO_AREA || ++j >= matching->after->nr_areas || !are_free(matching, i, j))
			continue;
		b = &matching->after->areas[j];
		if (is_anonymous(a) && is_anonymous(b) && has_file(a - 1) && a[-1].end == a->start &&
		    b[-1].end == b->start)
			pair(matching, i, j);
	}
}

static size_t *new_indices(size_t nr)
{
	size_t *indices = calloc(nr + 1, sizeof(*indices));

	if (!indices)
		return NULL;
	for (size_t i = 0; i < nr; i++)
		indices[i] = NO_AREA;
	return indices;
}

int area_pairs_find(struct area_pairs *pairs, const struct process *before, const struct process *after)
{
	struct matching matching = { pairs, before, after };
	int ret;

	pairs->new_of = new_indices(before->nr_areas);
	pairs->old_of = new_indices(after->nr_areas);
	if (!pairs->new_of || !pairs->old_of)
		return -ENOMEM;
	match_by(&matching, start_of);
	match_by(&matching, end_of);
	match_renamed(&matching);
	ret = match_lost(&matching, is_anonymous, by_frame, have_a_frame);
	match_overlapping(&matching);
	if (!ret)
		ret = match_lost(&matching, is_no_anonymous, before->is_core || after->is_core ? by_name : by_thing,
				 one_by_one);
	match_followers(&matching);
	return ret ? ret : match_lost(&matching, is_anonymous, by_size, is_the_only_one);
}

void area_pairs_free(struct area_pairs *pairs)
{
	free(pairs->new_of);
	free(pairs->old_of);
}
