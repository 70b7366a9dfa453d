// SPDX-License-Identifier: GPL-2.0
/* group_verb.c - in: options, and how groups are shown; out: an exit code. */
#include "verbs/groups/group_choice.h"
#include "verbs/groups/group_verb.h"
#include "verbs/groups/groups_read.h"

static int read_and_show(struct options *options, const struct group_by *by, group_show *show)
{
	struct groups groups;
	int ret = groups_read(&groups, options, by);

	if (!ret)
		ret = show(options, &groups);
	if (!ret)
		ret = groups_exit_code(&groups);
	groups_free(&groups);
	return ret;
}

int group_verb(struct options *options, enum group_key fallback, group_show *show)
{
	struct group_choice choice;
	int ret = group_choose(&choice, options, fallback);

	if (!ret)
		ret = read_and_show(options, &choice.by, show);
	group_choice_free(&choice);
	return ret;
}
