// SPDX-License-Identifier: GPL-2.0
/* top_print.c - in: a frame of processes; out: it as text on stdout, with when it was. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "draw/table.h"
#include "verbs/top/top_print.h"

static void print_when(const struct options *options, const struct top_frame *frame)
{
	time_t began = frame->began;
	char text[40] = "";
	struct tm tm;

	if (localtime_r(&began, &tm))
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S%z", &tm);
	printf("%s%s: %zu process%s, %zu unreadable, %zu ended meanwhile; %.3f ms of a processor\n",
	       options->raw ? "# " : "", text, frame->nr_live, frame->nr_live == 1 ? "" : "es", frame->unreadable,
	       frame->ended, frame->cost * 1e3);
}

static struct table *new_table(const struct options *options, size_t rows)
{
	struct table_style style = {
		.raw = options->raw, .noheadings = options->noheadings, .color = color_wanted(options->color),
		.rows = rows,
	};
	struct table *table = table_new(&style);

	for (size_t i = 0; table && i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		bool right = column->kind == KIND_SIZE || column->kind == KIND_COUNT;

		if (table_add_column(table, column_heading(column, options->bytes), right, column->flags & COL_TRUNC)) {
			table_free(table);
			return NULL;
		}
	}
	return table;
}

static int add_line(struct table *table, const struct options *options, const struct top_line *line)
{
	struct cell cell = line->cell;
	char text[CELL_MAX];
	int ret = table_add_row(table);

	cell.bytes = options->bytes;
	for (size_t i = 0; !ret && i < options->nr_columns; i++)
		ret = table_set(table, i, text, column_text(options->columns[i], &cell, text, sizeof(text)), NULL);
	return ret;
}

int top_print(const struct options *options, const struct top_frame *frame, const struct top_list *list)
{
	size_t shown = 0, most = options_head(options, list->nr);
	struct table *table;
	int ret;

	print_when(options, frame);
	table = new_table(options, most);
	ret = table ? 0 : -ENOMEM;
	for (size_t i = 0; !ret && i < list->nr && shown < most; i++) {
		if (list->lines[i]->change == TOP_GONE)
			continue;
		ret = add_line(table, options, list->lines[i]);
		shown++;
	}
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}
