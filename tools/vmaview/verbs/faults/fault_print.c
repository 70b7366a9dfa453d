// SPDX-License-Identifier: GPL-2.0
/* fault_print.c - in: rows of faults; out: what the options chose to see of them. */
#include <stdio.h>
#include <string.h>

#include "draw/frame.h"
#include "draw/json.h"
#include "draw/sheet.h"
#include "verbs/faults/fault_columns.h"
#include "verbs/faults/fault_histogram.h"
#include "verbs/faults/fault_print.h"

static const char *const stream_columns[] = {
	"Time", "Tid", "At", "Access", "Kind", "Latency", "Address", "Mapping",
};

static void choose_for_stream(struct options *options)
{
	size_t nr = sizeof(stream_columns) / sizeof(stream_columns[0]);

	for (size_t i = 0; i < nr; i++)
		options->columns[i] = column_find(&fault_columns, stream_columns[i],
						  strlen(stream_columns[i]));
	options->nr_columns = nr;
}

/* Rows of several intervals follow each other without a word: each says when. */
static void choose_for_raw(struct options *options)
{
	options_choose(options, COL_DEFAULT);
	memmove(options->columns + 1, options->columns,
		options->nr_columns++ * sizeof(options->columns[0]));
	options->columns[0] = column_find(&fault_columns, "Time", 4);
}

static void choose(struct options *options)
{
	if (options->nr_columns || options->json)
		return;
	if (options->stream)
		choose_for_stream(options);
	else if (options->raw)
		choose_for_raw(options);
	else
		options_choose(options, COL_DEFAULT);
}

static void print_headings(const struct options *options)
{
	for (size_t i = 0; i < options->nr_columns; i++)
		printf("%s%s", i ? " " : "", options->columns[i]->name);
	putchar('\n');
}

int fault_print_begin(struct options *options, const struct process *process)
{
	int ret = 0;

	choose(options);
	if (options->json)
		return 0;
	if (options->stream) {
		if (!options->noheadings)
			print_headings(options);
	} else if (!options->raw && !options->quiet) {
		ret = frame_title(process);
	}
	flush_stdout();
	return ret;
}

/* As raw tables have it: a blank in a cell would begin the next. */
static void print_cell(const char *text, int length)
{
	for (int i = 0; i < length; i++)
		if (text[i] == ' ')
			fputs("\\x20", stdout);
		else
			putchar(text[i]);
}

void fault_print_row(const struct options *options, const struct fault_row *row)
{
	struct cell cell = { .row = row, .show_path = options->show_path };
	char text[CELL_MAX];

	if (options->json) {
		json_row_line(options, &cell);
		return;
	}
	for (size_t i = 0; i < options->nr_columns; i++) {
		int length = column_text(options->columns[i], &cell, text, sizeof(text));

		if (i)
			putchar(' ');
		print_cell(text, length);
	}
	putchar('\n');
}

static int print_sums(const struct options *options, struct fault_sums *sums)
{
	struct sheet sheet = {
		.rows = sums->rows,
		.nr = sums->nr,
		.size = sizeof(*sums->rows),
	};

	if (!sums->nr)
		return 0;
	sheet_sort(options, &sheet);
	sums->rows = sheet.rows;
	return sheet_print(options, &sheet, 1);
}

int fault_print_interval(struct options *options, struct fault_sums *sums, uint64_t time)
{
	int ret;

	if (!options->raw)
		printf("%.3f s: %llu faults\n", time / 1e9, (unsigned long long)sums->faults);
	ret = print_sums(options, sums);
	/* Headings once, above all rows. */
	if (options->raw && sums->nr)
		options->noheadings = true;
	flush_stdout();
	return ret;
}

int fault_print_total(const struct options *options, const struct process *process,
		      struct fault_sums *sums, uint64_t time)
{
	struct sheet sheet = {
		.process = process,
		.rows = sums->rows,
		.nr = sums->nr,
		.size = sizeof(*sums->rows),
	};
	int ret;

	if (options->json) {
		if (sums->nr)
			sheet_sort(options, &sheet);
		sums->rows = sheet.rows;
		json_sheets(options, "faults", &sheet, 1);
		return 0;
	}
	if (options->raw || (options->quiet && !options->histogram))
		return 0;
	if (!options->quiet)
		printf("total in %.3f s: %llu faults\n", time / 1e9, (unsigned long long)sums->faults);
	ret = options->quiet ? 0 : print_sums(options, sums);
	if (!ret && options->histogram)
		fault_histograms(options, sums);
	return ret;
}
