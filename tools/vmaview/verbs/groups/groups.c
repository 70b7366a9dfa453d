// SPDX-License-Identifier: GPL-2.0
/* groups.c - in: processes, or none, which is all, and --by; out: an exit code. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "draw/sheet.h"
#include "verbs/groups/groups.h"
#include "verbs/groups/groups_json.h"
#include "verbs/groups/groups_print.h"
#include "verbs/groups/groups_read.h"

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

/* Most memory first; those of equal size have an order, too. */
static int by_rank(const void *a, const void *b)
{
	const struct group_row *x = a, *y = b;
	int ret = (rank(x) < rank(y)) - (rank(x) > rank(y));

	for (size_t i = 0; !ret && i < x->by->nr; i++)
		ret = by_value(x->value[i], y->value[i]);
	return ret;
}

/* With room for the row of all. */
static int fill(struct sheet *sheet, const struct groups *groups)
{
	*sheet = (struct sheet){ .size = sizeof(struct group_row), .nr = groups->rows.nr };
	sheet->rows = calloc(sheet->nr + 1, sheet->size);
	if (!sheet->rows)
		return -ENOMEM;
	if (sheet->nr)
		memcpy(sheet->rows, groups->rows.rows, sheet->nr * sheet->size);
	qsort(sheet->rows, sheet->nr, sheet->size, by_rank);
	return 0;
}

static int show(struct options *options, const struct groups *groups)
{
	struct sheet sheet;
	int ret = fill(&sheet, groups);

	if (!ret) {
		sheet_filter(options, &sheet);
		sheet_sort(options, &sheet);
		sheet.nr = options_head(options, sheet.nr);
		options->head = 0;	/* of groups: the row of all comes after them */
		ret = options->json ? groups_json(options, groups, &sheet) : groups_print(options, groups, &sheet);
	}
	free(sheet.rows);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

int groups_main(struct options *options)
{
	struct group_by by = { .key = { BY_NAME }, .nr = 1 };
	struct groups groups;
	int ret = options->by ? group_by_parse(&by, options->by) : EXIT_DONE;

	if (ret)
		return ret;
	ret = groups_read(&groups, options, &by);
	if (!ret && groups.read)
		ret = show(options, &groups);
	if (!ret)
		ret = groups_exit_code(&groups);
	groups_free(&groups);
	return ret;
}
