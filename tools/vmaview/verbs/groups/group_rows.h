/* SPDX-License-Identifier: GPL-2.0 */
/* group_rows.h - in: the keys of processes and areas; out: a row for each group, with the sums of its areas. */
#ifndef VMAVIEW_GROUP_ROWS_H
#define VMAVIEW_GROUP_ROWS_H

#include "verbs/groups/frame_count.h"
#include "verbs/groups/group_by.h"

/* What is added up as it is: smaps has most of it, and what many map counts many times. */
enum group_sum {
	GROUP_RSS,
	GROUP_PSS,
	GROUP_SWAP,
	GROUP_TABLES,
	GROUP_COW_DEBT,
	GROUP_MAYBE_PINNED,
	GROUP_LOCKED,
	GROUP_LAZYFREE,
	GROUP_HUGETLB,
	GROUP_RECLAIM_DROP,
	GROUP_RECLAIM_WRITE,
	GROUP_RECLAIM_SWAP,
	GROUP_RECLAIM_NEVER,
	GROUP_SUM_NR
};

struct group_row {
	const struct group_by *by;
	char *value[GROUP_BY_MAX];		/* of each key; NULL: not known */
	bool is_total;
	bool knows_frames;
	bool knows_areas;
	uint32_t next;			/* of equal hash, plus 1 */
	uint32_t last_process;		/* that was counted, plus 1 */
	uint64_t processes;
	uint64_t areas;
	struct frame_sums frames;	/* in bytes */
	uint64_t sum[GROUP_SUM_NR];	/* as kept: see group_row_sum() */
	uint32_t unknown;		/* bits of enum group_sum */
	struct area_place *place;	/* the sum of those of its areas that have one; NULL: none has */
};

struct group_rows {
	struct group_by by;
	struct group_row *rows;
	uint32_t nr;
	uint32_t room;
	uint32_t *buckets;
	uint32_t nr_buckets;
	struct group_row total;
};

int group_rows_init(struct group_rows *rows, const struct group_by *by);
void group_rows_free(struct group_rows *rows);

/* The number of the row with these values, which are copied; UINT32_MAX without memory. */
uint32_t group_rows_find(struct group_rows *rows, const char *const *values);

/* Process @number has something in the row. */
void group_row_add_process(struct group_row *row, uint32_t number);

/* All sums but those that a process has as a whole: GROUP_TABLES, where @tables is false. */
void group_row_add_area(struct group_row *row, const struct area *area, bool tables);

/* The page tables of a process; -1: not known. */
void group_row_add_tables(struct group_row *row, int64_t bytes);

/* Where the pages of an area are.  0 or -ENOMEM. */
int group_row_add_place(struct group_row *row, const struct area_place *place);

/* What @from has is in @row, too, but for places; frames that both have are there twice. */
void group_row_merge(struct group_row *row, const struct group_row *from);

/* In bytes; false where it is not known. */
bool group_row_sum(const struct group_row *row, enum group_sum sum, uint64_t *bytes);

#endif /* VMAVIEW_GROUP_ROWS_H */
