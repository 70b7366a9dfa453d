// SPDX-License-Identifier: GPL-2.0
/* group_order.c - in: rows of groups; out: those with the most memory first.  Pure. */
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/group_order.h"

static uint64_t rank(const struct group_row *row)
{
	uint64_t bytes;

	if (row->knows_frames)
		return row->frames.frames;
	return group_row_sum(row, GROUP_PSS, &bytes) ? bytes : 0;
}

static int by_value(const char *a, const char *b)
{
	return !a || !b ? !!a - !!b : strcmp(a, b);
}

/* Those of equal size have an order, too. */
static int by_rank(const void *a, const void *b)
{
	const struct group_row *x = a, *y = b;
	int ret = (rank(x) < rank(y)) - (rank(x) > rank(y));

	for (size_t i = 0; !ret && i < x->by->nr; i++)
		ret = by_value(x->value[i], y->value[i]);
	return ret;
}

struct group_row *group_order(const struct group_rows *rows)
{
	struct group_row *sorted = calloc((size_t)rows->nr + 1, sizeof(*sorted));

	if (!sorted)
		return NULL;
	if (rows->nr)
		memcpy(sorted, rows->rows, rows->nr * sizeof(*sorted));
	qsort(sorted, rows->nr, sizeof(*sorted), by_rank);
	return sorted;
}
