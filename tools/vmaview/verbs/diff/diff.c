// SPDX-License-Identifier: GPL-2.0
/* diff.c - in: OLD and NEW; out: what differs between them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/sheet.h"
#include "verbs/diff/diff.h"
#include "verbs/diff/diff_json.h"
#include "verbs/diff/diff_lines.h"
#include "verbs/diff/diff_sides.h"

struct difference {
	struct diff_sides sides;
	struct process absent;		/* stands for one that is on the other side alone */
	struct diff_rows rows;
	struct diff_line *lines;	/* one a row */
	struct diff_line *sums;		/* by kind and mapping */
	size_t nr_sums;
};

/* A process that has no area, but everything else like the other. */
static const struct process *absent(struct difference *difference, const struct process *other)
{
	difference->absent.pid = other->pid;
	difference->absent.page_size = other->page_size;
	difference->absent.has_runs = other->has_runs;
	return &difference->absent;
}

static int compare(struct difference *difference)
{
	const struct process *before, *after;
	int ret = 0;

	for (size_t i = 0; !ret; i++) {
		diff_sides_pair(&difference->sides, i, &before, &after);
		if (!before && !after)
			return 0;
		if (!before)
			before = absent(difference, after);
		if (!after)
			after = absent(difference, before);
		ret = diff_rows_add(&difference->rows, before, after);
	}
	return ret;
}

static int sum_up(struct difference *difference)
{
	size_t nr = difference->rows.nr;

	difference->lines = calloc(nr + 1, sizeof(*difference->lines));
	difference->sums = calloc(nr + 1, sizeof(*difference->sums));
	if (!difference->lines || !difference->sums)
		return -ENOMEM;
	diff_lines_of(difference->lines, &difference->rows);
	memcpy(difference->sums, difference->lines, nr * sizeof(*difference->sums));
	difference->nr_sums = diff_lines_sum(difference->sums, nr);
	return 0;
}

/* Those of the table of sums. */
static void choose_of_sums(struct options *options)
{
	static const char *const names[] = {
		"Kind", "Areas", "Change", "DSize", "DRSS", "DSwap", "Pages", "Mapping",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		options->columns[options->nr_columns++] =
			column_find(options->row->columns, names[i], strlen(names[i]));
}

static void choose_columns(struct options *options, const struct difference *difference)
{
	if (options->nr_columns)
		return;
	if (options->stat) {
		choose_of_sums(options);
		return;
	}
	options->several_saved = difference->sides.side[0].nr > 1 || difference->sides.side[1].nr > 1;
	options_choose_default(options);
	if (options->several_saved && !options->raw) {
		memmove(options->columns + 1, options->columns, options->nr_columns++ * sizeof(options->columns[0]));
		options->columns[0] = column_find(options->row->columns, "Pid", 3);
	}
}

static void print_total(const struct difference *difference)
{
	struct diff_line total;

	diff_lines_total(&total, difference->lines, difference->rows.nr);
	if (!total.areas) {
		puts("\nnothing differs");
		return;
	}
	printf("\n%zu area%s:", total.areas, total.areas == 1 ? "" : "s");
	for (int bit = 0; bit < 5; bit++)
		if (total.changes[bit])
			printf(" %zu %s", total.changes[bit], change_names[bit]);
	if (total.known & KEY_BIT(KEY_RSS))
		printf("; Rss %+lld kB", (long long)total.delta[KEY_RSS] / 1024);
	if (total.known & KEY_BIT(KEY_SWAP))
		printf(", Swap %+lld kB", (long long)total.delta[KEY_SWAP] / 1024);
	puts("");
}

static int print(struct options *options, struct difference *difference)
{
	struct sheet sheet = {
		.rows = options->stat ? difference->sums : difference->lines,
		.nr = options->stat ? difference->nr_sums : difference->rows.nr, .size = sizeof(struct diff_line),
	};
	int ret;

	choose_columns(options, difference);
	/* Sorting may put them elsewhere in memory. */
	sheet_sort(options, &sheet);
	if (options->stat)
		difference->sums = sheet.rows;
	else
		difference->lines = sheet.rows;
	ret = sheet_print(options, &sheet, 1);
	if (!ret && !options->quiet && !options->raw)
		print_total(difference);
	return ret;
}

static int show(struct options *options, struct difference *difference)
{
	struct diff_document document = {
		.sides = &difference->sides, .lines = difference->lines, .nr = difference->rows.nr,
		.sums = options->stat ? difference->sums : NULL, .nr_sums = difference->nr_sums,
	};

	if (!options->json)
		return print(options, difference);
	diff_json(&document);
	return 0;
}

static int check(const struct options *options)
{
	if (options->labels) {
		say("--labels has no effect but with --by label");
		return EXIT_USAGE;
	}
	if (!options->json || !(options->nr_columns || options->sort || options->head))
		return EXIT_DONE;
	say("diff -J prints all that differs; it takes no -o, -O, --sort or --head");
	return EXIT_USAGE;
}

static int differ(struct options *options, struct difference *difference)
{
	int ret = compare(difference);

	if (!ret)
		ret = sum_up(difference);
	if (!ret)
		ret = show(options, difference);
	if (ret) {
		say("out of memory");
		return EXIT_FAILED;
	}
	return options->exit_code && difference->rows.nr ? EXIT_DIFFERS : EXIT_DONE;
}

int diff_main(struct options *options)
{
	struct difference difference = { .nr_sums = 0 };
	int ret = check(options);

	process_init(&difference.absent);
	if (!ret)
		ret = diff_sides_parse(&difference.sides, options->words);
	if (!ret)
		ret = diff_sides_read(&difference.sides);
	if (!ret)
		ret = differ(options, &difference);
	free(difference.lines);
	free(difference.sums);
	diff_rows_free(&difference.rows);
	diff_sides_free(&difference.sides);
	return ret;
}
