// SPDX-License-Identifier: GPL-2.0
/* diff_lines.c - in: areas that are not what they were; out: what is shown, each or by kind and mapping.  Pure. */
#include <stdlib.h>
#include <string.h>

#include "verbs/diff/diff_lines.h"

static void fill(struct diff_line *line, const struct diff_row *row)
{
	memset(line, 0, sizeof(*line));
	line->side = diff_side(row);
	line->row = row;
	line->kind = row->kind;
	line->areas = 1;
	line->size = line->side->area->end - line->side->area->start;
	for (int bit = 0; bit < 5; bit++)
		line->changes[bit] = row->change >> bit & 1;
	for (int key = 0; key < KEY_NR; key++)
		if (diff_is_size(key) && diff_delta(row, key, &line->delta[key]))
			line->known |= KEY_BIT(key);
	line->has_pages = row->has_pages;
	memcpy(line->pages, row->pages, sizeof(line->pages));
}

void diff_lines_of(struct diff_line *lines, const struct diff_rows *rows)
{
	for (size_t i = 0; i < rows->nr; i++)
		fill(&lines[i], &rows->rows[i]);
}

/* What is not known of one is not known of the sum. */
static void add(struct diff_line *sum, const struct diff_line *line)
{
	sum->row = NULL;
	sum->areas += line->areas;
	sum->size += line->size;
	for (int bit = 0; bit < 5; bit++)
		sum->changes[bit] += line->changes[bit];
	sum->known &= line->known;
	for (int key = 0; key < KEY_NR; key++)
		sum->delta[key] += line->delta[key];
	sum->has_pages &= line->has_pages;
	for (int event = 0; event < EVENT_NR; event++)
		sum->pages[event] += line->pages[event];
}

static int by_mapping(const void *a, const void *b)
{
	const struct diff_line *one = a, *two = b;

	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	return strcmp(one->side->area->name, two->side->area->name);
}

static uint64_t magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

/* The most memory first, then the most addresses. */
static int by_change(const void *a, const void *b)
{
	const struct diff_line *one = a, *two = b;
	uint64_t first = magnitude(one->delta[KEY_RSS] + one->delta[KEY_SWAP]);
	uint64_t second = magnitude(two->delta[KEY_RSS] + two->delta[KEY_SWAP]);

	if (first == second) {
		first = magnitude(one->delta[KEY_SIZE]);
		second = magnitude(two->delta[KEY_SIZE]);
	}
	if (first != second)
		return first > second ? -1 : 1;
	return by_mapping(a, b);
}

size_t diff_lines_sum(struct diff_line *lines, size_t nr)
{
	size_t kept = 0;

	if (!nr)
		return 0;
	qsort(lines, nr, sizeof(*lines), by_mapping);
	for (size_t i = 1; i < nr; i++) {
		if (!by_mapping(&lines[kept], &lines[i]))
			add(&lines[kept], &lines[i]);
		else
			lines[++kept] = lines[i];
	}
	qsort(lines, kept + 1, sizeof(*lines), by_change);
	return kept + 1;
}

void diff_lines_total(struct diff_line *total, const struct diff_line *lines, size_t nr)
{
	memset(total, 0, sizeof(*total));
	total->has_pages = nr;
	total->known = ~UINT64_C(0);
	for (size_t i = 0; i < nr; i++)
		add(total, &lines[i]);
}
