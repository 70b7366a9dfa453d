// SPDX-License-Identifier: GPL-2.0
/* area_table.c - in: the model; out: rows of cells, titles, totals, the receipt. */
#include <errno.h>
#include <string.h>

#include "draw/area_table.h"
#include "draw/column_table.h"
#include "draw/frame.h"
#include "vmaview/totals.h"

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
		ret = column_table_add(table, options, &cell);
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
	return ret ? ret : column_table_add(table, options, &cell);
}

static int print_process(const struct options *options, const struct process *process)
{
	struct table *table = column_table_new(options, options_head(options, process->nr_areas));
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
	size_t rows = 0;
	struct table *table;
	int ret;

	for (size_t i = 0; i < nr; i++)
		rows += options_head(options, processes[i].nr_areas);
	table = column_table_new(options, rows);
	ret = table ? 0 : -ENOMEM;
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
