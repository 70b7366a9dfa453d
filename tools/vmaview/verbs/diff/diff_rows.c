// SPDX-License-Identifier: GPL-2.0
/* diff_rows.c - in: two states of processes; out: a row for each area that is not what it was.  Pure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/diff/area_pairs.h"
#include "verbs/diff/diff_rows.h"
#include "vmaview/grow.h"

const char *const change_names[5] = { "new", "gone", "moved", "resized", "changed" };

/*
 * What others, or the kernel by itself, change all the time makes no row: who else maps a page, and what reclaim thinks
 * of it.  Once there is a row, it has these, too.
 */
#define KEYS_OF_OTHERS \
	(KEY_BIT(KEY_PSS) | KEY_BIT(KEY_PSS_DIRTY) | KEY_BIT(KEY_SHARED_CLEAN) | KEY_BIT(KEY_SHARED_DIRTY) | \
	 KEY_BIT(KEY_PRIVATE_CLEAN) | KEY_BIT(KEY_PRIVATE_DIRTY) | KEY_BIT(KEY_REFERENCED) | KEY_BIT(KEY_LOCKED) | \
	 KEY_BIT(KEY_COW_REUSE) | KEY_BIT(KEY_COW_MAYBE) | KEY_BIT(KEY_UNEVICTABLE) | KEY_BIT(KEY_WRITEBACK) | \
	 KEY_BIT(KEY_SHARED_HUGETLB) | KEY_BIT(KEY_PRIVATE_HUGETLB) | KEY_BIT(KEY_RECLAIM_DROP) | \
	 KEY_BIT(KEY_RECLAIM_WRITE) | KEY_BIT(KEY_RECLAIM_SWAP) | KEY_BIT(KEY_RECLAIM_NEVER))

bool diff_is_size(enum key key)
{
	return key_rows[key].unit == UNIT_BYTES && key_rows[key].sum == SUM_ADD;
}

bool diff_delta(const struct diff_row *row, enum key key, int64_t *delta)
{
	const struct area *before = row->before.area, *after = row->after.area;

	*delta = 0;
	if ((before && !area_knows(before, key)) || (after && !area_knows(after, key)))
		return false;
	*delta = (after ? area_get(after, key) : 0) - (before ? area_get(before, key) : 0);
	return true;
}

static bool has_delta(const struct diff_row *row)
{
	int64_t delta;

	for (int key = 0; key < KEY_NR; key++)
		if (diff_is_size(key) && key != KEY_SIZE && !(KEYS_OF_OTHERS & KEY_BIT(key)) &&
		    diff_delta(row, key, &delta) && delta)
			return true;
	return false;
}

static bool has_event(const struct diff_row *row)
{
	for (int event = 0; row->has_pages && event < EVENT_NR; event++)
		if (row->pages[event])
			return true;
	return false;
}

bool diff_perms_differ(const struct area *before, const struct area *after)
{
	for (int i = 0; i < 4; i++)
		if (before->perms[i] != after->perms[i] && before->perms[i] != '?' && after->perms[i] != '?')
			return true;
	return false;
}

static bool other_name(const struct area *before, const struct area *after)
{
	return !((before->lacks | after->lacks) & AREA_LACKS_NAME) && strcmp(before->name, after->name);
}

static bool is_changed(const struct diff_row *row)
{
	const struct area *before = row->before.area, *after = row->after.area;
	bool both = before->facts & after->facts & AREA_KNOWS_FLAGS;

	return diff_perms_differ(before, after) || other_name(before, after) ||
	       (both && before->vm_flags != after->vm_flags) || has_delta(row) || has_event(row);
}

/* An end that stays where it is, or a place that both have, is no move. */
static bool is_moved(const struct area *before, const struct area *after)
{
	return before->start != after->start && before->end != after->end &&
	       (before->end - before->start == after->end - after->start || before->start >= after->end ||
		after->start >= before->end);
}

static uint32_t change_of(const struct diff_row *row)
{
	const struct area *before = row->before.area, *after = row->after.area;
	uint32_t change = 0;

	if (!before || !after)
		return before ? CHANGE_GONE : CHANGE_NEW;
	change |= is_moved(before, after) ? CHANGE_MOVED : 0;
	change |= before->end - before->start != after->end - after->start ? CHANGE_RESIZED : 0;
	return change | (is_changed(row) ? CHANGE_CHANGED : 0);
}

/* Where a place of before is now.  A stack is fixed at its end, a file at its offset. */
static uint64_t shift_of(const struct area *before, const struct area *after)
{
	if (!before || !after)
		return 0;
	if (before->inode)
		return (after->start - after->offset) - (before->start - before->offset);
	if (!strcmp(before->name, "[stack]"))
		return after->end - before->end;
	return is_moved(before, after) ? after->start - before->start : 0;
}

static void count_pages(struct diff_row *row)
{
	const struct process *before = row->before.process, *after = row->after.process;

	row->has_pages = before->has_runs && after->has_runs && before->page_size &&
			 before->page_size == after->page_size;
	if (row->has_pages)
		page_events_count(&row->before, &row->after, shift_of(row->before.area, row->after.area), row->pages);
}

/* @before and @after: indices, or NO_AREA. */
static int add(struct diff_rows *rows, const struct diff_row *blank, size_t before, size_t after)
{
	struct diff_row row = *blank;

	row.before.area = before == NO_AREA ? NULL : &row.before.process->areas[before];
	row.after.area = after == NO_AREA ? NULL : &row.after.process->areas[after];
	count_pages(&row);
	row.change = change_of(&row);
	if (!row.change)
		return 0;
	row.kind = row.after.area ? kind_of_area(row.after.process, after) : kind_of_area(row.before.process, before);
	if (!grow(&rows->rows, rows->nr, &rows->room, sizeof(row)))
		return -ENOMEM;
	rows->rows[rows->nr++] = row;
	return 0;
}

/* The gate area is no part of the mm, and only one of two sources has it. */
static size_t areas_of(const struct process *process)
{
	return process->nr_areas - !!process_gate(process);
}

static int add_all(struct diff_rows *rows, const struct process *before, const struct process *after,
		   const struct area_pairs *pairs)
{
	struct diff_row blank = { .before.process = before, .after.process = after };
	size_t nr_before = areas_of(before), nr_after = areas_of(after), i = 0;
	int ret = 0;

	for (size_t j = 0; !ret && j < nr_after; j++) {
		for (; !ret && i < nr_before && before->areas[i].start < after->areas[j].start; i++)
			if (pairs->new_of[i] == NO_AREA)
				ret = add(rows, &blank, i, NO_AREA);
		if (!ret)
			ret = add(rows, &blank, pairs->old_of[j], j);
	}
	for (; !ret && i < nr_before; i++)
		if (pairs->new_of[i] == NO_AREA)
			ret = add(rows, &blank, i, NO_AREA);
	return ret;
}

int diff_rows_add(struct diff_rows *rows, const struct process *before, const struct process *after)
{
	struct area_pairs pairs;
	int ret = area_pairs_find(&pairs, before, after);

	if (!ret)
		ret = add_all(rows, before, after, &pairs);
	area_pairs_free(&pairs);
	return ret;
}

void diff_rows_free(struct diff_rows *rows)
{
	free(rows->rows);
}
