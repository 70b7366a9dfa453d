// SPDX-License-Identifier: GPL-2.0
/* group_rows.c - in: the keys of processes and areas; out: a row for each group, with the sums of its areas. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/group_rows.h"
#include "vmaview/area_place.h"

/* Of which keys of an area a sum is made; a second one where KEY_NR is not. */
static const enum key keys[GROUP_SUM_NR][2] = {
	[GROUP_RSS] = { KEY_RSS, KEY_NR },
	[GROUP_PSS] = { KEY_PSS, KEY_NR },
	[GROUP_SWAP] = { KEY_SWAP, KEY_NR },
	[GROUP_TABLES] = { KEY_TABLES, KEY_NR },
	[GROUP_COW_DEBT] = { KEY_COW_DEBT, KEY_NR },
	[GROUP_MAYBE_PINNED] = { KEY_MAYBE_PINNED, KEY_NR },
	[GROUP_LOCKED] = { KEY_LOCKED, KEY_NR },
	[GROUP_LAZYFREE] = { KEY_LAZYFREE, KEY_NR },
	[GROUP_HUGETLB] = { KEY_SHARED_HUGETLB, KEY_PRIVATE_HUGETLB },
	[GROUP_RECLAIM_DROP] = { KEY_RECLAIM_DROP, KEY_NR },
	[GROUP_RECLAIM_WRITE] = { KEY_RECLAIM_WRITE, KEY_NR },
	[GROUP_RECLAIM_SWAP] = { KEY_RECLAIM_SWAP, KEY_NR },
	[GROUP_RECLAIM_NEVER] = { KEY_RECLAIM_NEVER, KEY_NR },
};

int group_rows_init(struct group_rows *rows, const struct group_by *by)
{
	*rows = (struct group_rows){ .by = *by, .nr_buckets = 64 };
	rows->buckets = calloc(rows->nr_buckets, sizeof(*rows->buckets));
	rows->total = (struct group_row){ .by = &rows->by, .is_total = true, .knows_areas = true };
	return rows->buckets ? 0 : -ENOMEM;
}

void group_rows_free(struct group_rows *rows)
{
	for (uint32_t i = 0; i < rows->nr; i++) {
		for (size_t j = 0; j < GROUP_BY_MAX; j++)
			free(rows->rows[i].value[j]);
		free(rows->rows[i].place);
	}
	free(rows->total.place);
	free(rows->rows);
	free(rows->buckets);
}

static uint32_t *bucket_of(const struct group_rows *rows, const char *const *values)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < rows->by.nr; i++) {
		for (const char *at = values[i]; at && *at; at++)
			hash = (hash ^ (unsigned char)*at) * 16777619u;
		hash = (hash ^ (values[i] ? 1 : 2)) * 16777619u;
	}
	return &rows->buckets[(hash ^ hash >> 15) & (rows->nr_buckets - 1)];
}

static bool is_equal(const struct group_rows *rows, const struct group_row *row, const char *const *values)
{
	for (size_t i = 0; i < rows->by.nr; i++)
		if (!row->value[i] != !values[i] || (values[i] && strcmp(row->value[i], values[i])))
			return false;
	return true;
}

/* A slow one is no error: without memory the buckets stay as few as they are. */
static void more_buckets(struct group_rows *rows)
{
	uint32_t *buckets = calloc(2 * (size_t)rows->nr_buckets, sizeof(*buckets));

	if (!buckets)
		return;
	free(rows->buckets);
	rows->buckets = buckets;
	rows->nr_buckets *= 2;
	for (uint32_t i = 0; i < rows->nr; i++) {
		uint32_t *bucket = bucket_of(rows, (const char *const *)rows->rows[i].value);

		rows->rows[i].next = *bucket;
		*bucket = i + 1;
	}
}

static struct group_row *new_row(struct group_rows *rows)
{
	uint32_t room = rows->room ? 2 * rows->room : 64;
	struct group_row *more;

	if (rows->nr < rows->room)
		return &rows->rows[rows->nr];
	more = reallocarray(rows->rows, room, sizeof(*more));
	if (!more)
		return NULL;
	rows->rows = more;
	rows->room = room;
	return &rows->rows[rows->nr];
}

static uint32_t add_row(struct group_rows *rows, const char *const *values)
{
	struct group_row *row = new_row(rows);
	uint32_t *bucket;

	if (!row)
		return UINT32_MAX;
	*row = (struct group_row){ .by = &rows->by, .knows_areas = true };
	rows->nr++;
	for (size_t i = 0; i < rows->by.nr; i++) {
		row->value[i] = values[i] ? strdup(values[i]) : NULL;
		if (values[i] && !row->value[i])
			return UINT32_MAX;
	}
	bucket = bucket_of(rows, values);
	row->next = *bucket;
	*bucket = rows->nr;
	if (rows->nr > rows->nr_buckets)
		more_buckets(rows);
	return rows->nr - 1;
}

uint32_t group_rows_find(struct group_rows *rows, const char *const *values)
{
	uint32_t at = *bucket_of(rows, values);

	while (at && !is_equal(rows, &rows->rows[at - 1], values))
		at = rows->rows[at - 1].next;
	return at ? at - 1 : add_row(rows, values);
}

void group_row_add_process(struct group_row *row, uint32_t number)
{
	if (row->last_process == number + 1)
		return;
	row->last_process = number + 1;
	row->processes++;
}

static void add_key(struct group_row *row, enum group_sum sum, const struct area *area, enum key key)
{
	if (key == KEY_NR)
		return;
	if (area_knows(area, key))
		row->sum[sum] += area->value[key];
	else
		row->unknown |= 1u << sum;
}

void group_row_add_area(struct group_row *row, const struct area *area, bool tables)
{
	row->areas++;
	for (enum group_sum sum = 0; sum < GROUP_SUM_NR; sum++) {
		if (sum == GROUP_TABLES && !tables)
			continue;
		add_key(row, sum, area, keys[sum][0]);
		add_key(row, sum, area, keys[sum][1]);
	}
}

void group_row_add_tables(struct group_row *row, int64_t bytes)
{
	if (bytes < 0)
		row->unknown |= 1u << GROUP_TABLES;
	else
		row->sum[GROUP_TABLES] += bytes;
}

int group_row_add_place(struct group_row *row, const struct area_place *place)
{
	const uint32_t had = row->place ? row->place->nr_nodes : 0;
	struct area_place *sum = row->place;

	if (!sum || had < place->nr_nodes) {
		sum = realloc(sum, sizeof(*sum) + place->nr_nodes * sizeof(sum->node[0]));
		if (!sum)
			return -ENOMEM;
		if (!row->place)
			memset(sum, 0, sizeof(*sum));
		memset(&sum->node[had], 0, (place->nr_nodes - had) * sizeof(sum->node[0]));
		sum->nr_nodes = place->nr_nodes;
		row->place = sum;
	}
	place_add(sum, place);
	return 0;
}

void group_row_merge(struct group_row *row, const struct group_row *from)
{
	row->processes += from->processes;
	row->areas += from->areas;
	row->knows_frames &= from->knows_frames;
	row->knows_areas &= from->knows_areas;
	row->frames.frames += from->frames.frames;
	row->frames.unique += from->frames.unique;
	row->frames.inside += from->frames.inside;
	for (enum group_sum sum = 0; sum < GROUP_SUM_NR; sum++)
		row->sum[sum] += from->sum[sum];
	row->unknown |= from->unknown;
}

bool group_row_sum(const struct group_row *row, enum group_sum sum, uint64_t *bytes)
{
	*bytes = row->sum[sum] >> key_rows[keys[sum][0]].shift;
	return !(row->unknown >> sum & 1);
}
