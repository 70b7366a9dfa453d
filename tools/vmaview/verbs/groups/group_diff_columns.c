// SPDX-License-Identifier: GPL-2.0
/* group_diff_columns.c - in: what has changed of a group; out: the columns of it. */
#include <stdio.h>

#include "verbs/groups/group_changes.h"
#include "verbs/groups/group_diff_columns.h"
#include "verbs/groups/groups_columns.h"

static const struct group_change *change_of(const struct cell *cell)
{
	return cell->row;
}

static int text_change(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", group_change_name(change_of(cell)));
}

static int text_value(const struct cell *cell, size_t index, char *out, size_t room)
{
	const char *value = group_change_row(change_of(cell))->value[index];

	*out = '\0';
	return value ? snprintf(out, room, "%s", value) : -1;
}

static int text_first(const struct cell *cell, char *out, size_t room)
{
	return text_value(cell, 0, out, room);
}

static int text_second(const struct cell *cell, char *out, size_t room)
{
	return text_value(cell, 1, out, room);
}

#define DELTA(name, count) \
	static bool number_##name(const struct cell *cell, uint64_t *number) \
	{ \
		*number = change_of(cell)->delta[count]; \
		return change_of(cell)->known >> (count) & 1; \
	}

DELTA(frames, COUNT_FRAMES)
DELTA(unique, COUNT_UNIQUE)
DELTA(outside, COUNT_OUTSIDE)
DELTA(rss, COUNT_SUMS + GROUP_RSS)
DELTA(pss, COUNT_SUMS + GROUP_PSS)
DELTA(swap, COUNT_SUMS + GROUP_SWAP)
DELTA(debt, COUNT_SUMS + GROUP_COW_DEBT)

/* Processes are no bytes. */
static int text_processes(const struct cell *cell, char *out, size_t room)
{
	const struct group_change *change = change_of(cell);
	long long delta = change->delta[COUNT_PROCESSES];

	*out = '\0';
	return snprintf(out, room, delta ? "%+lld" : "%lld", delta);
}

static const struct column change_column =
	COLUMN_TEXT("Change", NULL, "change", TEXT, 0, text_change, "new, gone or changed");

static const struct column delta_columns[] = {
	COLUMN_TEXT("DProcs", NULL, "processes", TEXT, 0, text_processes, "processes more or fewer"),
	COLUMN_NUMBER("DFrames", NULL, "frames", DELTA, 0, number_frames, "present memory, each frame once"),
	COLUMN_NUMBER("DUnique", NULL, "unique", DELTA, 0, number_unique, "of it, what nobody outside maps"),
	COLUMN_NUMBER("DOutside", NULL, "outside", DELTA, 0, number_outside, "of it, what others map, too"),
	COLUMN_NUMBER("DRSS", NULL, "rss", DELTA, 0, number_rss, "sum of Rss"),
	COLUMN_NUMBER("DPss", NULL, "pss", DELTA, 0, number_pss, "sum of Pss"),
	COLUMN_NUMBER("DSwap", NULL, "swap", DELTA, 0, number_swap, "sum of Swap"),
	COLUMN_NUMBER("DDebt", NULL, "cow_debt", DELTA, 0, number_debt, "new memory if all were written"),
};

size_t group_diff_columns(const struct group_by *by, struct group_diff_keys *keys, const struct column **shown)
{
	size_t nr = 0;

	shown[nr++] = &change_column;
	for (size_t i = 0; i < by->nr; i++) {
		keys->key[i] = *groups_key_column(by->key[i]);
		keys->key[i].text = i ? text_second : text_first;
		shown[nr++] = &keys->key[i];
	}
	for (size_t i = 0; i < sizeof(delta_columns) / sizeof(delta_columns[0]); i++)
		shown[nr++] = &delta_columns[i];
	return nr;
}

const char *group_count_json(int count)
{
	static const char *const names[COUNT_NR] = {
		[COUNT_PROCESSES] = "processes", [COUNT_AREAS] = "areas", [COUNT_FRAMES] = "frames",
		[COUNT_UNIQUE] = "unique", [COUNT_OUTSIDE] = "outside", [COUNT_INSIDE] = "inside",
		[COUNT_SUMS + GROUP_RSS] = "rss", [COUNT_SUMS + GROUP_PSS] = "pss", [COUNT_SUMS + GROUP_SWAP] = "swap",
		[COUNT_SUMS + GROUP_TABLES] = "tables", [COUNT_SUMS + GROUP_COW_DEBT] = "cow_debt",
		[COUNT_SUMS + GROUP_MAYBE_PINNED] = "maybe_pinned", [COUNT_SUMS + GROUP_LOCKED] = "locked",
		[COUNT_SUMS + GROUP_LAZYFREE] = "lazyfree", [COUNT_SUMS + GROUP_HUGETLB] = "hugetlb",
		[COUNT_SUMS + GROUP_RECLAIM_DROP] = "reclaim_drop",
		[COUNT_SUMS + GROUP_RECLAIM_WRITE] = "reclaim_write",
		[COUNT_SUMS + GROUP_RECLAIM_SWAP] = "reclaim_swap",
		[COUNT_SUMS + GROUP_RECLAIM_NEVER] = "reclaim_never",
	};

	return names[count];
}
