// SPDX-License-Identifier: GPL-2.0
/*
 * metrics_print.c - in: groups; out: gauges in the text that OpenMetrics and Prometheus both take.
 *
 * A family has its HELP, TYPE and, where its name ends in one, UNIT, then a sample for each group.  What is not known
 * has no sample: a 0 would be a number.
 */
#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text/escape.h"
#include "verbs/groups/metrics_print.h"

/* The labels of each row, with the braces left out. */
struct series {
	char **text;
	size_t nr;
	void *seen;			/* the same in a tree, by which they are freed */
};

struct family {
	const char *name;		/* after vmaview_ */
	const char *unit;		/* NULL: none */
	const char *help;
	const char *label;		/* one more, and what it is; NULL */
	bool (*number)(const struct metrics *metrics, const struct group_row *row, uint64_t *number);
};

#define OF_SUM(name, sum) \
	static bool number_##name(const struct metrics *metrics, const struct group_row *row, uint64_t *number) \
	{ \
		(void)metrics; \
		return group_row_sum(row, sum, number); \
	}

OF_SUM(rss, GROUP_RSS)
OF_SUM(pss, GROUP_PSS)
OF_SUM(swap, GROUP_SWAP)
OF_SUM(debt, GROUP_COW_DEBT)
OF_SUM(pinned, GROUP_MAYBE_PINNED)
OF_SUM(locked, GROUP_LOCKED)
OF_SUM(lazyfree, GROUP_LAZYFREE)
OF_SUM(tables, GROUP_TABLES)
OF_SUM(drop, GROUP_RECLAIM_DROP)
OF_SUM(write, GROUP_RECLAIM_WRITE)
OF_SUM(by_swap, GROUP_RECLAIM_SWAP)
OF_SUM(never, GROUP_RECLAIM_NEVER)

#define OF_ROW(name, what, known) \
	static bool number_##name(const struct metrics *metrics, const struct group_row *row, uint64_t *number) \
	{ \
		(void)metrics; \
		*number = what; \
		return known; \
	}

OF_ROW(frames, row->frames.frames, row->knows_frames)
OF_ROW(unique, row->frames.unique, row->knows_frames)
OF_ROW(outside, row->frames.frames - row->frames.unique, row->knows_frames)
OF_ROW(processes, row->processes, true)
OF_ROW(areas, row->areas, row->knows_areas)
OF_ROW(limit, row->processes * metrics->areas_limit, metrics->areas_limit)

static const struct family families[] = {
	{ "frames_bytes", "bytes", "Present memory, each page frame once.", NULL, number_frames },
	{ "unique_bytes", "bytes", "Of the frames, those that nobody outside of the group maps.", NULL, number_unique },
	{ "shared_outside_bytes", "bytes", "Of the frames, those that others map, too.", NULL, number_outside },
	{ "resident_bytes", "bytes", "Sum of Rss, which counts what many map many times.", NULL, number_rss },
	{ "proportional_bytes", "bytes", "Sum of Pss.", NULL, number_pss },
	{ "swap_bytes", "bytes", "Sum of Swap.", NULL, number_swap },
	{ "cow_debt_bytes", "bytes", "New memory if all that is present were written.", NULL, number_debt },
	{ "maybe_pinned_bytes", "bytes", "Memory that is probably pinned.", NULL, number_pinned },
	{ "locked_bytes", "bytes", "Share of locked memory.", NULL, number_locked },
	{ "lazyfree_bytes", "bytes", "Memory given up by MADV_FREE.", NULL, number_lazyfree },
	{ "page_tables_bytes", "bytes", "Page tables.", NULL, number_tables },
	{ "reclaim_bytes", "bytes", "What the kernel could take back, and how.", "how=\"drop\"", number_drop },
	{ "reclaim_bytes", NULL, NULL, "how=\"write\"", number_write },
	{ "reclaim_bytes", NULL, NULL, "how=\"swap\"", number_by_swap },
	{ "reclaim_bytes", NULL, NULL, "how=\"never\"", number_never },
	{ "processes", NULL, "Processes; those with one address space are one.", NULL, number_processes },
	{ "areas", NULL, "Areas of memory.", NULL, number_areas },
	{ "areas_limit", NULL, "How many areas the processes may have together: vm.max_map_count of each.", NULL,
	  number_limit },
};

/* A backslash with three octal digits after it is one that was spelled: where a name has just that, it becomes one. */
static void spell_backslashes(const char *text, char *out)
{
	size_t used = 0;

	for (; *text; text++) {
		out[used++] = *text;
		if (*text == '\\' && strspn(text + 1, "01234567") >= 3) {
			memcpy(out + used, "134", 3);
			used += 3;
		}
	}
	out[used] = '\0';
}

/*
 * What is no UTF-8 is \ooo, as is what some readers take for the end of a line.  No two names are spelled alike, and
 * how one is does not depend on which others are there.  NULL without memory; free it.
 */
static char *spell(const char *text)
{
	char *plain = malloc(escape_room(text)), *safe = NULL;

	if (plain) {
		spell_backslashes(text, plain);
		safe = malloc(escape_room(plain));
	}
	if (safe)
		escape_text(plain, safe, escape_room(plain));
	free(plain);
	return safe;
}

/* As both formats have it: backslash, quote and newline have a backslash before them. */
static bool put_value(FILE *out, const char *text)
{
	char *safe = spell(text);

	if (!safe)
		return false;
	for (const char *at = safe; *at; at++) {
		if (!strncmp(at, "\\012", 4)) {
			fputs("\\n", out);
			at += 3;
		} else if (*at == '\\' || *at == '"') {
			fprintf(out, "\\%c", *at);
		} else {
			fputc(*at, out);
		}
	}
	free(safe);
	return true;
}

/* @again: other rows that look alike: one whose name is empty, and one whose name is not known. */
static char *make_label(const struct group_row *row, unsigned int again)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	bool whole = true;

	if (!out)
		return NULL;
	for (size_t i = 0; i < row->by->nr; i++) {
		fprintf(out, "%s%s=\"", i ? "," : "", group_key_names[row->by->key[i]]);
		if (row->value[i])
			whole &= put_value(out, row->value[i]);
		if (again && i + 1 == row->by->nr)
			fprintf(out, "~%u", again + 1);
		fputc('"', out);
	}
	if (!fclose(out) && whole)
		return text;
	free(text);
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* A series that is there twice makes a reader drop them all. */
static int add_series(struct series *series, const struct group_row *row)
{
	for (unsigned int again = 0;; again++) {
		char *text = make_label(row, again), **node = text ? tsearch(text, &series->seen, by_text) : NULL;

		if (node && *node == text) {
			series->text[series->nr++] = text;
			return 0;
		}
		free(text);
		if (!node)
			return -ENOMEM;
	}
}

static int make_series(struct series *series, const struct metrics *metrics)
{
	int ret;

	*series = (struct series){ .text = calloc(metrics->nr + 1, sizeof(*series->text)) };
	ret = series->text ? 0 : -ENOMEM;
	for (size_t i = 0; !ret && i < metrics->nr; i++)
		ret = add_series(series, &metrics->rows[i]);
	return ret;
}

static void free_series(struct series *series)
{
	tdestroy(series->seen, free);
	free(series->text);
}

static void put_head(FILE *file, const char *name, const char *unit, const char *help)
{
	fprintf(file, "# HELP vmaview_%s %s\n# TYPE vmaview_%s gauge\n", name, help, name);
	if (unit)
		fprintf(file, "# UNIT vmaview_%s %s\n", name, unit);
}

static void put_sample(FILE *file, const struct family *family, const char *label, uint64_t number)
{
	fprintf(file, "vmaview_%s{%s%s%s} %" PRIu64 "\n", family->name, label, family->label ? "," : "",
		family->label ? family->label : "", number);
}

static void put_family(FILE *file, const struct family *family, const struct metrics *metrics,
		       const struct series *series)
{
	uint64_t number;

	if (family->help)
		put_head(file, family->name, family->unit, family->help);
	for (size_t i = 0; i < metrics->nr; i++)
		if (family->number(metrics, &metrics->rows[i], &number))
			put_sample(file, family, series->text[i], number);
	if (metrics->rest && family->number(metrics, metrics->rest, &number))
		put_sample(file, family, "other=\"true\"", number);
}

static void put_reading(FILE *file, const struct metrics *metrics)
{
	const struct groups *groups = metrics->groups;

	if (groups->elapsed) {
		put_head(file, "longest_hold_seconds", "seconds", "Longest hold of a process's lock.");
		fprintf(file, "vmaview_longest_hold_seconds %.9f\n", groups->longest_hold / 1e9);
	}
	put_head(file, "read_seconds", "seconds", "How long the reading took.");
	fprintf(file, "vmaview_read_seconds %.6f\n", metrics->seconds);
	put_head(file, "processes_unreadable", NULL, "Processes that could not be read, or not in time.");
	fprintf(file, "vmaview_processes_unreadable %zu\n", groups->missing.failed);
}

int metrics_print(FILE *file, const struct metrics *metrics)
{
	struct series series;
	int ret = make_series(&series, metrics);

	for (size_t i = 0; !ret && i < sizeof(families) / sizeof(families[0]); i++)
		put_family(file, &families[i], metrics, &series);
	if (!ret) {
		put_reading(file, metrics);
		fputs("# EOF\n", file);
	}
	free_series(&series);
	return ret;
}
