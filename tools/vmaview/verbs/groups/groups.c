// SPDX-License-Identifier: GPL-2.0
/* groups.c - in: processes, or none, which is all, and --by; out: an exit code. */
#include <errno.h>
#include <stdlib.h>

#include "draw/sheet.h"
#include "verbs/groups/group_order.h"
#include "verbs/groups/groups.h"
#include "verbs/groups/groups_json.h"
#include "verbs/groups/groups_print.h"
#include "verbs/groups/groups_read.h"

static int show(struct options *options, const struct groups *groups)
{
	struct sheet sheet = {
		.size = sizeof(struct group_row), .nr = groups->rows.nr, .rows = group_order(&groups->rows),
	};
	int ret = sheet.rows ? 0 : -ENOMEM;

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
	struct group_by by = { .key = { GROUP_BY_NAME }, .nr = 1 };
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
