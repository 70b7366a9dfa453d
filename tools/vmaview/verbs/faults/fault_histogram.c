// SPDX-License-Identifier: GPL-2.0
/* fault_histogram.c - in: rows of faults; out: a bar for each range of durations. */
#include <stdio.h>
#include <string.h>

#include "verbs/faults/fault_columns.h"
#include "verbs/faults/fault_histogram.h"

#define BAR 40		/* signs of the longest */

/* "1.5 us": at most three digits before the unit. */
static const char *duration(char text[24], uint64_t ns)
{
	static const char *const units[] = { "ns", "us", "ms", "s" };
	double number = ns;
	int unit = 0;

	for (; number >= 1000 && unit < 3; unit++)
		number /= 1000;
	snprintf(text, 24, unit && number < 10 ? "%.1f %s" : "%.0f %s", number, units[unit]);
	return text;
}

static void print_name(const struct options *options, const struct fault_row *row)
{
	static const char *const names[] = { "Kind", "Address", "Mapping" };
	struct cell cell = { .row = row, .show_path = options->show_path };
	char text[CELL_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (i && !row->has_area)
			break;
		column_text(column_find(&fault_columns, names[i], strlen(names[i])), &cell, text, sizeof(text));
		printf("%s%s", i ? " " : "", text);
	}
}

static uint64_t most(const struct fault_times *times)
{
	uint64_t most = 0;

	for (int range = 0; range < FAULT_RANGES; range++)
		if (times->in_range[range] > most)
			most = times->in_range[range];
	return most;
}

/* A range that has some is never without a sign. */
static int length_of(uint64_t number, uint64_t most)
{
	return number ? 1 + (int)((double)(BAR - 1) * number / most) : 0;
}

static void print_ranges(const struct fault_times *times)
{
	int first = 0, last = FAULT_RANGES - 1;
	char text[24];

	while (!times->in_range[first])
		first++;
	while (!times->in_range[last])
		last--;
	for (int range = first; range <= last; range++)
		printf("%10s %10llu %.*s\n", duration(text, fault_range_start(range)),
		       (unsigned long long)times->in_range[range],
		       length_of(times->in_range[range], most(times)), "########################################");
}

static void print_row(const struct options *options, const struct fault_row *row)
{
	const struct fault_times *times = &row->times;
	char text[24];

	print_name(options, row);
	printf(": %llu", (unsigned long long)times->nr);
	printf(", half within %s", duration(text, fault_times_percentile(times, 50)));
	printf(", 99 of 100 within %s", duration(text, fault_times_percentile(times, 99)));
	printf(", longest %s\n", duration(text, times->max));
	print_ranges(times);
}

void fault_histograms(const struct options *options, const struct fault_sums *sums)
{
	for (size_t i = 0; i < sums->nr; i++)
		if (sums->rows[i].times.nr)
			print_row(options, &sums->rows[i]);
}
