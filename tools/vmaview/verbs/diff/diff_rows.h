/* SPDX-License-Identifier: GPL-2.0 */
/* diff_rows.h - in: two states of processes; out: a row for each area that is not what it was.  Pure. */
#ifndef VMAVIEW_DIFF_ROWS_H
#define VMAVIEW_DIFF_ROWS_H

#include "verbs/diff/page_events.h"
#include "vmaview/kind.h"

enum change {
	CHANGE_NEW	= 1,
	CHANGE_GONE	= 2,
	CHANGE_MOVED	= 4,
	CHANGE_RESIZED	= 8,
	CHANGE_CHANGED	= 16,	/* what it may, or what is in it */
	CHANGE_ALL	= 31,
};

/* By bit. */
extern const char *const change_names[5];

struct diff_row {
	struct page_side before;	/* .process is there always; .area NULL: new */
	struct page_side after;		/* .area NULL: gone */
	uint32_t change;		/* enum change */
	enum kind kind;
	bool has_pages;
	uint64_t pages[EVENT_NR];	/* bytes; only with @has_pages */
};

struct diff_rows {
	struct diff_row *rows;
	size_t nr;
	size_t room;
};

/*
 * All rows of one process, those that are there in the order of addresses, those that are gone at their old one.
 * 0 or -ENOMEM; diff_rows_free() whatever comes.
 */
int diff_rows_add(struct diff_rows *rows, const struct process *before, const struct process *after);
void diff_rows_free(struct diff_rows *rows);

/* Is it a number of bytes that adds up? */
bool diff_is_size(enum key key);

/* How much more of it there is; false: it is not known of both. */
bool diff_delta(const struct diff_row *row, enum key key, int64_t *delta);

/* May something else be done there?  What one side does not know is no difference. */
bool diff_perms_differ(const struct area *before, const struct area *after);

/* The area that stands for the row: as it is, or as it was. */
static inline const struct page_side *diff_side(const struct diff_row *row)
{
	return row->after.area ? &row->after : &row->before;
}

#endif /* VMAVIEW_DIFF_ROWS_H */
