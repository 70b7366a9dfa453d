// SPDX-License-Identifier: GPL-2.0
/* why_columns.c - in: two areas that touch, or memory and why it is as it is; out: the columns of them. */
#include <stdio.h>
#include <string.h>

#include "columns/column_text.h"
#include "verbs/pin_holders.h"
#include "verbs/why/why.h"
#include "verbs/why/why_words.h"
#include "vmaview/flags.h"

static const struct why_row *row_of(const struct cell *cell)
{
	return cell->row;
}

/* The seam of a row about two areas; NULL of any other. */
static const struct vmaview_seam *seam_of(const struct cell *cell)
{
	return row_of(cell)->seam;
}

/* A number of a row about two areas. */
#define SEAM_GETTER(name, value) \
	static bool number_##name(const struct cell *cell, uint64_t *number) \
	{ \
		const struct vmaview_seam *seam = seam_of(cell); \
		*number = seam ? (value) : 0; \
		return seam; \
	}

static bool is_huge(const struct cell *cell)
{
	return row_of(cell)->question == WHY_HUGE;
}

/* NULL of a row of the first two questions. */
static const struct why_range *range_of(const struct cell *cell)
{
	return seam_of(cell) || is_huge(cell) ? NULL : &row_of(cell)->range;
}

/* Where what the row is about begins, and ends: of two areas the first. */
static uint64_t start_of(const struct cell *cell)
{
	if (seam_of(cell))
		return seam_of(cell)->start;
	return is_huge(cell) ? row_of(cell)->huge.start : row_of(cell)->range.start;
}

static uint64_t end_of(const struct cell *cell)
{
	if (seam_of(cell))
		return seam_of(cell)->at;
	return is_huge(cell) ? row_of(cell)->huge.end : row_of(cell)->range.end;
}

COLUMN_GETTER(pid, cell->process->pid)
COLUMN_GETTER(start, start_of(cell))
COLUMN_GETTER(end, seam_of(cell) ? seam_of(cell)->end : end_of(cell))
COLUMN_GETTER(size, end_of(cell) - start_of(cell))
SEAM_GETTER(next, seam->at)
SEAM_GETTER(next_size, seam->end - seam->at)

static bool number_small(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->huge.small;
	return is_huge(cell);
}

static bool number_memory(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->range.memory;
	return range_of(cell);
}

/* Of what khugepaged counts. */
static bool counts(const struct cell *cell)
{
	enum huge_reason reason = row_of(cell)->huge.reason;

	return is_huge(cell) &&
	       (reason == HUGE_MAX_NONE || reason == HUGE_MAX_SHARED || reason == HUGE_MAX_SWAP);
}

static bool number_pages(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->huge.pages;
	return counts(cell);
}

static bool number_limit(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->huge.limit;
	return counts(cell);
}

static int put(char *out, size_t room, const char *text)
{
	return snprintf(out, room, "%s", text);
}

static int text_question(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, why_questions[row_of(cell)->question]);
}

static int text_field(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, seam_of(cell) ? why_fields[why_field(seam_of(cell))] : "");
}

static int text_reason(const struct cell *cell, char *out, size_t room)
{
	const struct why_row *row = row_of(cell);

	if (range_of(cell))
		return put(out, room, why_words_of(row->question).word[row->range.reason]);
	return put(out, room, is_huge(cell) ? huge_words[row->huge.reason] : "");
}

static int text_why(const struct cell *cell, char *out, size_t room)
{
	return seam_of(cell) ? text_field(cell, out, room) : text_reason(cell, out, room);
}

static int text_differ(const struct cell *cell, char *out, size_t room)
{
	uint32_t differ = seam_of(cell) ? seam_of(cell)->differ : 0;
	size_t used = 0;

	*out = '\0';
	for (unsigned int i = 0; i < WHY_NOTHING; i++)
		if (differ >> i & 1)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", why_fields[i]);
	return used;
}

/* With which the kernel merges nothing. */
static int text_flags_of(const struct cell *cell, char *out, size_t room)
{
	const struct why_range *range = range_of(cell);

	*out = '\0';
	if (row_of(cell)->question != WHY_KSM || !range || range->reason != KSM_SPECIAL)
		return 0;
	return flags_words(cell->process, ksm_special_flags(cell->process, range->area), out, room);
}

static const struct why_range *kept_of(const struct cell *cell)
{
	return row_of(cell)->question == WHY_KEPT ? range_of(cell) : NULL;
}

static int text_reasons(const struct cell *cell, char *out, size_t room)
{
	const struct why_range *range = kept_of(cell);
	size_t used = 0;

	*out = '\0';
	for (uint64_t all = range ? range->all : 0; all; all &= all - 1)
		used += snprintf(out + used, room - used, "%s%s", used ? " " : "",
				 kept_words[__builtin_ctzll(all)]);
	return used;
}

static int text_keeps(const struct cell *cell, char *out, size_t room)
{
	static const char *const words[] = {
		"reclaim", "migrate", "compact", "maybe-reclaim", "maybe-migrate", "maybe-compact",
	};
	const struct why_range *range = kept_of(cell);
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; range && i < sizeof(words) / sizeof(words[0]); i++)
		if (range->keeps >> i & 1)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", words[i]);
	return used;
}

static int text_movable(const struct cell *cell, char *out, size_t room)
{
	const struct why_range *range = kept_of(cell);

	if (!range)
		return put(out, room, "");
	if (range->keeps & KEEPS_MIGRATE)
		return put(out, room, "no");
	return put(out, room, range->keeps & KEEPS_MIGRATE * KEEPS_MAYBE ? "maybe" : "yes");
}

/* What of the process may have the references that nothing explains. */
static int text_holders(const struct cell *cell, char *out, size_t room)
{
	const struct why_range *range = range_of(cell);
	struct held held;

	*out = '\0';
	if (!range || !range->how || !row_of(cell)->holders)
		return 0;
	held = pin_held(cell->process, range->start, range->end, range->order);
	held.how = range->how;
	return holders_text(row_of(cell)->holders, &held, out, room);
}

static const struct why_range *forked_of(const struct cell *cell)
{
	return row_of(cell)->question == WHY_FORKS ? range_of(cell) : NULL;
}

static bool number_mapped(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->range.mapcount;
	return forked_of(cell);
}

static bool number_unfound(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->range.unfound;
	return forked_of(cell) && row_of(cell)->pids;
}

/* As many as there is room for. */
static int text_held_by(const struct cell *cell, char *out, size_t room)
{
	const struct why_range *range = forked_of(cell);
	size_t used = 0;

	*out = '\0';
	if (range && range->reason == FORK_MAPPED && !row_of(cell)->pids)
		return -1;
	for (uint32_t i = 0; range && row_of(cell)->pids && i < range->nr_pids && used + 16 < room; i++)
		used += snprintf(out + used, room - used, "%s%d", used ? " " : "", row_of(cell)->pids[i]);
	return used;
}

static int text_count(const struct cell *cell, uint64_t count, char *out, size_t room)
{
	return counts(cell) ? snprintf(out, room, "%llu", (unsigned long long)count) : put(out, room, "");
}

/* Of counted pages how many there are; of the first of two areas; flags; what is kept from it; or who has it. */
static int text_left(const struct cell *cell, char *out, size_t room)
{
	if (seam_of(cell))
		return why_text_side(cell->process, row_of(cell), 0, out, room);
	if (kept_of(cell))
		return text_keeps(cell, out, room);
	if (forked_of(cell))
		return text_held_by(cell, out, room);
	if (range_of(cell))
		return text_flags_of(cell, out, room);
	return text_count(cell, row_of(cell)->huge.pages, out, room);
}

static int text_right(const struct cell *cell, char *out, size_t room)
{
	if (seam_of(cell))
		return why_text_side(cell->process, row_of(cell), 1, out, room);
	if (range_of(cell))
		return text_holders(cell, out, room);
	return text_count(cell, row_of(cell)->huge.limit, out, room);
}

/* The area that the row is of. */
static const struct area *first_of(const struct cell *cell)
{
	if (range_of(cell))
		return range_of(cell)->area;
	return seam_of(cell) ? row_of(cell)->below : row_of(cell)->huge.area;
}

TEXT_WITH_AREA(first_name, first_of(cell), text_name)
TEXT_WITH_AREA(next_name, seam_of(cell) ? row_of(cell)->above : NULL, text_name)
TEXT_WITH_AREA(first_mapping, first_of(cell), text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, COL_VIEW, number_pid, "the process"),
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start,
		      "first address of an area, or of a part of one"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D, number_size, "its size"),
	COLUMN_TEXT("Question", NULL, "question", TEXT, D | COL_VIEW, text_question,
		    "merge: why it and the next one are two; huge, ksm, kept, forks: why its memory is as it is"),
	COLUMN_NUMBER("Next", NULL, "next", ADDRESS, 0, number_next, "where it ends and the next one begins"),
	COLUMN_NUMBER("Next_Size", NULL, "next_size", SIZE, 0, number_next_size, "size of that"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "end of that, or of the part"),
	COLUMN_TEXT("Why", NULL, "why", TEXT, D | COL_VIEW, text_why, "Field, or Reason"),
	COLUMN_TEXT("Field", NULL, "field", TEXT, 0, text_field,
		    "why they are two: flags, file, offset, anon_vma, policy, uffd, name, ops; none: for no reason"),
	COLUMN_TEXT("Reason", NULL, "reason", TEXT, 0, text_reason,
		    "why it is so: thp-off, prctl, too-small, not-advised, ksm-stopped, ...: see vmaview(8)"),
	COLUMN_TEXT("Left", NULL, "left", TEXT, D | COL_TRUNC, text_left,
		    "what the first has of it; or how many pages are so in the worst place; Flags, Keeps, HeldBy"),
	COLUMN_TEXT("Right", NULL, "right", TEXT, D | COL_TRUNC, text_right,
		    "what the next one has of it; or how many may be; or MayHold"),
	COLUMN_TEXT("Differ", NULL, "differ", WORDS, 0, text_differ, "all in which they differ"),
	COLUMN_NUMBER("Small", NULL, "small", SIZE, D, number_small,
		      "memory of it in small pages, or swapped out; of hugetlb what is reserved"),
	COLUMN_NUMBER("Memory", NULL, "memory", SIZE, D, number_memory,
		      "memory of it, of a row that is about neither merge nor huge, there or swapped out"),
	COLUMN_TEXT("Flags", NULL, "flags", WORDS, 0, text_flags_of,
		    "of the reason special: flags of the area with which KSM merges nothing"),
	COLUMN_TEXT("Reasons", NULL, "reasons", WORDS, 0, text_reasons, "of kept: all that hold"),
	COLUMN_TEXT("Keeps", NULL, "keeps", WORDS, 0, text_keeps,
		    "of kept: reclaim, migrate, compact: what cannot be done with it, or maybe-reclaim, ..."),
	COLUMN_TEXT("Movable", NULL, "movable", TEXT, 0, text_movable, "of kept: yes, no or maybe"),
	COLUMN_TEXT("HeldBy", "Held_By", "held_by", WORDS, 0, text_held_by, "of forks: who else maps it, PIDs"),
	COLUMN_NUMBER("Mapped", NULL, "mapped", COUNT, 0, number_mapped, "of forks: how often each page is mapped"),
	COLUMN_NUMBER("Unfound", NULL, "unfound", COUNT, 0, number_unfound, "... of which by others than HeldBy has"),
	COLUMN_TEXT("MayHold", "Holders", "may_hold", WORDS, 0, text_holders,
		    "what of this process may hold it, with its descriptors"),
	COLUMN_NUMBER("Pages", NULL, "pages", COUNT, 0, number_pages, "of a max-ptes reason what Left shows"),
	COLUMN_NUMBER("Limit", NULL, "limit", COUNT, 0, number_limit, "and what Right shows"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, 0, text_first_name,
		    "name of the area, or of the first, as maps shows it"),
	COLUMN_TEXT("Next_Name", NULL, "next_name", TEXT, 0, text_next_name, "name of the next one"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_first_mapping,
		    "name of the area, or of the first"),
};

/* Columns that are not of all questions. */
static const struct {
	const char *json;
	unsigned int questions;
} only[] = {
#define OF(question) (1u << WHY_##question)
#define OF_RANGES (OF(KSM) | OF(KEPT) | OF(FORKS))
	{ "next", OF(MERGE) },
	{ "next_size", OF(MERGE) },
	{ "field", OF(MERGE) },
	{ "left", OF(MERGE) },
	{ "right", OF(MERGE) },
	{ "differ", OF(MERGE) },
	{ "next_name", OF(MERGE) },
	{ "reason", OF(HUGE) | OF_RANGES },
	{ "small", OF(HUGE) },
	{ "pages", OF(HUGE) },
	{ "limit", OF(HUGE) },
	{ "memory", OF_RANGES },
	{ "flags", OF(KSM) },
	{ "reasons", OF(KEPT) },
	{ "keeps", OF(KEPT) },
	{ "movable", OF(KEPT) },
	{ "held_by", OF(FORKS) },
	{ "mapped", OF(FORKS) },
	{ "unfound", OF(FORKS) },
	{ "may_hold", OF(KEPT) | OF(FORKS) },
};

bool why_column_of(const struct column *column, size_t group)
{
	for (size_t i = 0; i < sizeof(only) / sizeof(only[0]); i++)
		if (!strcmp(column->json, only[i].json))
			return only[i].questions >> group & 1;
	return true;
}

const struct column_set why_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
