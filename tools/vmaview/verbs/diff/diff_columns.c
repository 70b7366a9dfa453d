// SPDX-License-Identifier: GPL-2.0
/* diff_columns.c - in: nothing; out: the columns of diff. */
#include <stdio.h>
#include <string.h>

#include "columns/column_text.h"
#include "verbs/diff/diff_columns.h"
#include "verbs/diff/diff_lines.h"

static const struct diff_line *line_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = line_of(cell)->side->process->pid;
	return line_of(cell)->row;
}

/* Of one area, as it is; NULL: of a sum, or it is gone. */
static const struct area *area_now(const struct cell *cell)
{
	const struct diff_row *row = line_of(cell)->row;

	return row ? row->after.area : NULL;
}

/* As it was; NULL: of a sum, or it is new. */
static const struct area *area_then(const struct cell *cell)
{
	const struct diff_row *row = line_of(cell)->row;

	return row ? row->before.area : NULL;
}

static bool number_start(const struct cell *cell, uint64_t *number)
{
	const struct area *area = area_now(cell);

	*number = area ? area->start : 0;
	return area;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	const struct area *area = area_now(cell);

	*number = area ? area->end : 0;
	return area;
}

static bool number_old_start(const struct cell *cell, uint64_t *number)
{
	const struct area *area = area_then(cell);

	*number = area ? area->start : 0;
	return area;
}

static bool number_old_end(const struct cell *cell, uint64_t *number)
{
	const struct area *area = area_then(cell);

	*number = area ? area->end : 0;
	return area;
}

static bool number_areas(const struct cell *cell, uint64_t *number)
{
	*number = line_of(cell)->areas;
	return true;
}

static bool number_size(const struct cell *cell, uint64_t *number)
{
	*number = line_of(cell)->size;
	return true;
}

/* Below 0 as in two's complement: KIND_DELTA. */
static bool number_delta(const struct cell *cell, enum key key, uint64_t *number)
{
	*number = line_of(cell)->delta[key];
	return line_of(cell)->known & KEY_BIT(key);
}

static bool number_event(const struct cell *cell, enum page_event event, uint64_t *number)
{
	*number = line_of(cell)->pages[event];
	return line_of(cell)->has_pages;
}

#define DELTA(name, key) \
	static bool delta_##name(const struct cell *cell, uint64_t *number) \
	{ \
		return number_delta(cell, key, number); \
	}
#define EVENT(name, event) \
	static bool event_##name(const struct cell *cell, uint64_t *number) \
	{ \
		return number_event(cell, event, number); \
	}

DELTA(size, KEY_SIZE)
DELTA(rss, KEY_RSS)
DELTA(pss, KEY_PSS)
DELTA(swap, KEY_SWAP)
DELTA(anonymous, KEY_ANONYMOUS)
DELTA(huge, KEY_ANON_HUGE_PAGES)
DELTA(locked, KEY_LOCKED)
DELTA(debt, KEY_COW_DEBT)
DELTA(pinned, KEY_MAYBE_PINNED)
DELTA(tables, KEY_TABLES)
EVENT(faulted_in, EVENT_FAULTED_IN)
EVENT(copied, EVENT_COPIED)
EVENT(swapped_out, EVENT_SWAPPED_OUT)
EVENT(swapped_in, EVENT_SWAPPED_IN)
EVENT(dropped, EVENT_DROPPED)
EVENT(collapsed, EVENT_COLLAPSED)
EVENT(split, EVENT_SPLIT)

/* Of a sum each with how many there are. */
static int text_change(const struct cell *cell, char *out, size_t room)
{
	const struct diff_line *line = line_of(cell);
	size_t used = 0;

	*out = '\0';
	for (int bit = 0; bit < 5; bit++) {
		if (!line->changes[bit])
			continue;
		used += snprintf(out + used, room - used, "%s%s", used ? "," : "", change_names[bit]);
		if (!line->row)
			used += snprintf(out + used, room - used, "=%zu", line->changes[bit]);
	}
	return used;
}

static int text_kind(const struct cell *cell, char *out, size_t room)
{
	enum kind kind = line_of(cell)->kind;

	*out = '\0';
	return kind == KIND_OF_UNKNOWN ? -1 : snprintf(out, room, "%s", kind_names[kind]);
}

/* "rw-p", or where they are others now "r--p>rw-p". */
static int text_perms_change(const struct cell *cell, char *out, size_t room)
{
	const struct area *before = area_then(cell), *after = area_now(cell);

	*out = '\0';
	if (before && after && diff_perms_differ(before, after))
		return snprintf(out, room, "%.4s>%.4s", before->perms, after->perms);
	return before || after ? snprintf(out, room, "%.4s", (after ? after : before)->perms) : -1;
}

static int text_pages(const struct cell *cell, char *out, size_t room)
{
	const struct diff_line *line = line_of(cell);
	size_t used = 0;

	*out = '\0';
	if (!line->has_pages)
		return -1;
	for (int event = 0; event < EVENT_NR; event++)
		if (line->pages[event])
			used += snprintf(out + used, room - used, "%s%s=%llu", used ? " " : "", page_event_names[event],
					 (unsigned long long)line->pages[event] >> (cell->bytes ? 0 : 10));
	return used;
}

static int text_area_mapping(const struct cell *cell, char *out, size_t room)
{
	struct cell area = *cell;

	area.process = line_of(cell)->side->process;
	area.area = line_of(cell)->side->area;
	return text_mapping(&area, out, room);
}

#define D COL_DEFAULT
#define V COL_VIEW

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, V, number_pid, "the process"),
	COLUMN_TEXT("Change", NULL, "change", TEXT, D, text_change, "new, gone, moved, resized, changed"),
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, D, number_start, "where it begins"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "first address after it"),
	COLUMN_NUMBER("Was", NULL, "old_start", ADDRESS, D, number_old_start, "where it began before"),
	COLUMN_NUMBER("Was_End", NULL, "old_end", ADDRESS, 0, number_old_end, "first address after it before"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, 0, text_perms_change, "what it allows; before > after"),
	COLUMN_NUMBER("Areas", NULL, "areas", COUNT, 0, number_areas, "how many areas it is of"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, 0, number_size, "size; of what is gone: as it was"),
	COLUMN_NUMBER("DSize", NULL, "d_size", DELTA, D, delta_size, "how much its size has changed"),
	COLUMN_NUMBER("DRSS", NULL, "d_rss", DELTA, D, delta_rss, "... the memory present"),
	COLUMN_NUMBER("DSwap", NULL, "d_swap", DELTA, D, delta_swap, "... what is swapped out"),
	COLUMN_NUMBER("DPss", NULL, "d_pss", DELTA, 0, delta_pss, "... Pss"),
	COLUMN_NUMBER("DAnonymous", NULL, "d_anonymous", DELTA, 0, delta_anonymous, "... anonymous memory"),
	COLUMN_NUMBER("DHuge", NULL, "d_huge", DELTA, 0, delta_huge, "... memory in huge anonymous pages"),
	COLUMN_NUMBER("DLocked", NULL, "d_locked", DELTA, 0, delta_locked, "... Locked"),
	COLUMN_NUMBER("DDebt", NULL, "d_debt", DELTA, 0, delta_debt, "... what writing all of it would cost"),
	COLUMN_NUMBER("DPinned", NULL, "d_pinned", DELTA, 0, delta_pinned, "... what is probably pinned"),
	COLUMN_NUMBER("DTables", NULL, "d_tables", DELTA, 0, delta_tables, "... page tables"),
	COLUMN_TEXT("Pages", NULL, "pages", SIZES, D, text_pages, "what happened to its pages; needs those of both"),
	COLUMN_NUMBER("Faulted_In", NULL, "faulted_in", SIZE, 0, event_faulted_in, "there now, and was not"),
	COLUMN_NUMBER("Copied", NULL, "copied", SIZE, 0, event_copied, "its own now, and was shared or a file's"),
	COLUMN_NUMBER("Swapped_Out", NULL, "swapped_out", SIZE, 0, event_swapped_out, "in swap now"),
	COLUMN_NUMBER("Swapped_In", NULL, "swapped_in", SIZE, 0, event_swapped_in, "there now, and was in swap"),
	COLUMN_NUMBER("Dropped", NULL, "dropped", SIZE, 0, event_dropped, "no longer there"),
	COLUMN_NUMBER("Collapsed", NULL, "collapsed", SIZE, 0, event_collapsed, "mapped by larger entries now"),
	COLUMN_NUMBER("Split", NULL, "split", SIZE, 0, event_split, "mapped by smaller entries now"),
	COLUMN_TEXT("Kind", NULL, "kind", TEXT, D, text_kind, "text, data, bss, heap, stack, anon, file, shmem ..."),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_TRUNC, text_area_mapping, "what is mapped"),
};

const struct column_set diff_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
