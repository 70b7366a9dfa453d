// SPDX-License-Identifier: GPL-2.0
/* sheet.c - in: rows of a verb; out: tables. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "draw/column_table.h"
#include "draw/frame.h"
#include "draw/sheet.h"

struct cell sheet_cell(const struct sheet *sheet, size_t index)
{
	struct cell cell = {
		.process = sheet->process,
		.row = (const char *)sheet->rows + index * sheet->size,
	};

	return cell;
}

void sheet_filter(const struct options *options, struct sheet *sheet)
{
	char *rows = sheet->rows;
	size_t kept = 0;

	for (size_t i = 0; options->filter && i < sheet->nr; i++) {
		struct cell cell = sheet_cell(sheet, i);

		cell.show_path = options->show_path;
		if (filter_holds(options->filter, &cell))
			memmove(rows + kept++ * sheet->size, cell.row, sheet->size);
	}
	if (options->filter)
		sheet->nr = kept;
}

struct order {
	const struct column *column;
	const struct process *process;
	bool show_path;
	bool down;
};

/* Rows that are equal stay in the order of addresses that they came in: their place in memory. */
static int compare(const void *a, const void *b, void *argument)
{
	const struct order *order = argument;
	struct cell cell_a = {
		.process = order->process, .row = *(void *const *)a, .show_path = order->show_path,
	};
	struct cell cell_b = {
		.process = order->process, .row = *(void *const *)b, .show_path = order->show_path,
	};
	int ret = column_compare(order->column, &cell_a, &cell_b);

	if (ret)
		return order->down ? -ret : ret;
	return ((uintptr_t)cell_a.row > (uintptr_t)cell_b.row) -
	       ((uintptr_t)cell_a.row < (uintptr_t)cell_b.row);
}

/* Without memory the rows stay as they are. */
void sheet_sort(const struct options *options, struct sheet *sheet)
{
	struct order order = { options->sort, sheet->process, options->show_path, options->sort_down };
	const void **sorted = options->sort ? calloc(sheet->nr + 1, sizeof(*sorted)) : NULL;
	char *rows = sorted ? calloc(sheet->nr + 1, sheet->size) : NULL;

	if (rows) {
		for (size_t i = 0; i < sheet->nr; i++)
			sorted[i] = sheet_cell(sheet, i).row;
		qsort_r(sorted, sheet->nr, sizeof(*sorted), compare, &order);
		for (size_t i = 0; i < sheet->nr; i++)
			memcpy(rows + i * sheet->size, sorted[i], sheet->size);
		free(sheet->rows);
		sheet->rows = rows;
	}
	free(sorted);
}

static int add_rows(struct table *table, const struct options *options, const struct sheet *sheet)
{
	size_t nr = options_head(options, sheet->nr);
	int ret = 0;

	for (size_t i = 0; !ret && i < nr; i++) {
		struct cell cell = sheet_cell(sheet, i);

		cell.bytes = options->bytes;
		cell.show_path = options->show_path;
		ret = column_table_add(table, options, &cell);
	}
	return ret;
}

/* All sheets in one table, or the one in its own. */
static int print_table(const struct options *options, const struct sheet *sheets, size_t nr)
{
	size_t rows = 0;
	struct table *table;
	int ret;

	for (size_t i = 0; i < nr; i++)
		rows += options_head(options, sheets[i].nr);
	table = column_table_new(options, rows);
	ret = table ? 0 : -ENOMEM;
	for (size_t i = 0; !ret && i < nr; i++)
		ret = add_rows(table, options, &sheets[i]);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}

static int print_framed(const struct options *options, const struct sheet *sheet)
{
	bool framed = sheet->process && !options->quiet;
	int ret = framed ? frame_title(sheet->process) : 0;

	if (!ret)
		ret = print_table(options, sheet, 1);
	if (!ret && framed && sheet->notes && sheet->notes->print)
		sheet->notes->print(options, sheet);
	if (!ret && framed)
		frame_receipt(sheet->process);
	return ret;
}

int sheet_print(const struct options *options, const struct sheet *sheets, size_t nr)
{
	int ret = 0;

	if (options->raw)
		return print_table(options, sheets, nr);
	for (size_t i = 0; !ret && i < nr; i++)
		ret = print_framed(options, &sheets[i]);
	return ret;
}
