// SPDX-License-Identifier: GPL-2.0
/* sort.c - in: areas by address; out: areas by a column. */
#include <stdlib.h>

#include "columns/sort.h"

struct order {
	const struct sort_order *by;
	const struct process *process;
};

static int compare(const void *a, const void *b, void *argument)
{
	const struct order *order = argument;
	struct cell cell_a = { .process = order->process, .area = a, .show_path = order->by->show_path };
	struct cell cell_b = { .process = order->process, .area = b, .show_path = order->by->show_path };
	int ret = column_compare(order->by->column, &cell_a, &cell_b);

	if (ret)
		return order->by->down ? -ret : ret;
	return (cell_a.area->start > cell_b.area->start) -
	       (cell_a.area->start < cell_b.area->start);
}

void sort_areas(struct process *process, const struct sort_order *by)
{
	struct order order = { by, process };

	if (process->nr_areas)
		qsort_r(process->areas, process->nr_areas, sizeof(*process->areas), compare,
			&order);
}
