// SPDX-License-Identifier: GPL-2.0
/* groups.c - in: processes, or none, which is all, and --by; out: an exit code. */
#include <errno.h>
#include <stdlib.h>

#include "draw/sheet.h"
#include "verbs/groups/group_choice.h"
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
	struct group_choice choice;
	struct groups groups;
	int ret = group_choose(&choice, options, GROUP_BY_NAME);

	if (ret) {
		group_choice_free(&choice);
		return ret;
	}
	ret = groups_read(&groups, options, &choice.by);
	if (!ret && groups.read)
		ret = show(options, &groups);
	if (!ret)
		ret = groups_exit_code(&groups);
	groups_free(&groups);
	group_choice_free(&choice);
	return ret;
}
