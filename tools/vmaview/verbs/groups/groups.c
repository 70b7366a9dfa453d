// SPDX-License-Identifier: GPL-2.0
/* groups.c - in: processes, or none, which is all, and --by; out: an exit code. */
#include <errno.h>
#include <stdlib.h>

#include "draw/sheet.h"
#include "verbs/groups/group_order.h"
#include "verbs/groups/group_verb.h"
#include "verbs/groups/groups.h"
#include "verbs/groups/groups_json.h"
#include "verbs/groups/groups_print.h"
#include "verbs/groups/groups_read.h"

static int draw(struct options *options, const struct groups *groups)
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
		if (options->json)
			groups_json(options, groups, &sheet);
		else
			ret = groups_print(options, groups, &sheet);
	}
	free(sheet.rows);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

static int show(struct options *options, const struct groups *groups)
{
	return groups->read ? draw(options, groups) : EXIT_DONE;
}

int groups_main(struct options *options)
{
	return group_verb(options, GROUP_BY_NAME, show);
}
