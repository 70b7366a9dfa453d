// SPDX-License-Identifier: GPL-2.0
/* area_table.c - in: the model; out: rows of cells, titles, totals, the receipt. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "draw/area_table.h"
#include "draw/frame.h"
#include "draw/table.h"
#include "vmaview/totals.h"

static struct table *new_table(const struct options *options, size_t rows)
{
	struct table_style style = {
		.raw = options->raw,
		.noheadings = options->noheadings,
		.color = color_wanted(options->color),
		.rows = rows,
	};
	struct table *table = table_new(&style);

	for (size_t i = 0; table && i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		bool right = column->kind == KIND_SIZE || column->kind == KIND_COUNT;

		if (table_add_column(table, column_heading(column, options->bytes), right,
				     column->flags & COL_TRUNC)) {
			table_free(table);
			return NULL;
		}
	}
	return table;
}

static int add_row(struct table *table, const struct options *options, const struct cell *cell)
{
	char text[CELL_MAX];
	int ret = table_add_row(table);

	for (size_t i = 0; !ret && i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		bool word = !i && cell->is_total && !column_has_total(column);
		int length = word ? snprintf(text, sizeof(text), "total") :
			column_text(column, cell, text, sizeof(text));

		ret = table_set(table, i, text, length,
				table_has_color(table) ? color_of_cell(column, cell, text) : NULL);
	}
	return ret;
}

static struct cell cell_of(const struct options *options, const struct process *process)
{
	struct cell cell = {
		.process = process,
		.bytes = options->bytes,
		.show_path = options->show_path,
	};

	return cell;
}

static int add_areas(struct table *table, const struct options *options,
		     const struct process *process)
{
	struct cell cell = cell_of(options, process);
	size_t nr = options_head(options, process->nr_areas);
	int ret = 0;

	for (size_t i = 0; !ret && i < nr; i++) {
		cell.area = &process->areas[i];
		ret = add_row(table, options, &cell);
	}
	return ret;
}

/* Dashes under the numbers, and the sums under these; the word "total" where it fits. */
static int add_total(struct table *table, const struct options *options,
		     const struct process *process)
{
	struct cell cell = cell_of(options, process);
	struct area total;
	int ret = table_add_row(table);

	totals_sum(process, &total);
	cell.area = &total;
	cell.is_total = true;
	for (size_t i = 0; !ret && i < options->nr_columns; i++) {
		const char *dashes = options->columns[i]->kind == KIND_ADDRESS ?
			"----------------" : "-----";

		if (!i || column_has_total(options->columns[i]))
			ret = table_set(table, i, dashes, strlen(dashes), NULL);
	}
	return ret ? ret : add_row(table, options, &cell);
}

static int print_process(const struct options *options, const struct process *process)
{
	struct table *table = new_table(options, options_head(options, process->nr_areas));
	int ret = table ? 0 : -ENOMEM;

	if (!ret)
		ret = add_areas(table, options, process);
	if (!ret && !options->quiet)
		ret = add_total(table, options, process);
	if (!ret && !options->quiet)
		ret = frame_title(process);
	if (!ret)
		ret = table_print(table);
	if (!ret && !options->quiet)
		frame_receipt(process);
	table_free(table);
	return ret;
}

static int print_raw(const struct options *options, const struct process *processes, size_t nr)
{
	struct table *table = new_table(options, 0);
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < nr; i++)
		ret = add_areas(table, options, &processes[i]);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}

int area_table_print(const struct options *options, const struct process *processes, size_t nr)
{
	int ret = 0;

	if (options->raw)
		return print_raw(options, processes, nr);
	for (size_t i = 0; !ret && i < nr; i++)
		ret = print_process(options, &processes[i]);
	return ret;
}
