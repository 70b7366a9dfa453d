// SPDX-License-Identifier: GPL-2.0
/* group_diff_json.c - in: what has changed of groups, and of which states; out: JSON. */
#include "draw/json.h"
#include "verbs/groups/group_diff_columns.h"
#include "verbs/groups/group_diff_json.h"

static const struct process *source_of(const struct group_diff_side *side)
{
	return side->groups.read ? &side->groups.source : NULL;
}

static void put_side(struct json_out *out, const char *key, const struct group_diff_side *side)
{
	const struct process *source = source_of(side);

	json_key(out, key);
	json_open_object(out);
	json_header_members(out, source);
	json_put_string(out, "name", side->word);
	json_put_known(out, "pid", side->pid, side->pid);
	json_put_known(out, "moment", side->groups.moment, side->groups.moment);
	json_put_known(out, "time_ns", source && source->time, source ? source->time : 0);
	json_put_uint(out, "processes", side->groups.read);
	json_end(out);
}

/* What is not known is null, what has not changed is left out; of all of them it is there. */
static void put_delta(struct json_out *out, const char *key, const struct group_change *change, bool all)
{
	json_key(out, key);
	json_open_object(out);
	for (int count = 0; count < COUNT_NR; count++) {
		if (!(change->known >> count & 1))
			json_put_null(out, group_count_json(count));
		else if (all || change->delta[count])
			json_put_int(out, group_count_json(count), change->delta[count]);
	}
	json_end(out);
}

static void put_change(struct json_out *out, const struct group_change *change)
{
	const struct group_row *row = group_change_row(change);

	json_open_object(out);
	json_key(out, "group");
	json_open_object(out);
	for (size_t i = 0; i < row->by->nr; i++)
		json_put_string(out, group_key_names[row->by->key[i]], row->value[i]);
	json_end(out);
	json_key(out, "change");
	json_open_array(out);
	json_string(out, group_change_name(change));
	json_end(out);
	put_delta(out, "delta", change, false);
	json_end(out);
}

void group_diff_json(const struct group_diff_side *sides, const struct group_changes *changes)
{
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_key(&out, "vmaview");
	json_header(&out, source_of(&sides[1]));
	put_side(&out, "old", &sides[0]);
	put_side(&out, "new", &sides[1]);
	json_key(&out, "groups");
	json_open_array(&out);
	for (size_t i = 0; i < changes->nr; i++)
		put_change(&out, &changes->changes[i]);
	json_end(&out);
	put_delta(&out, "total", &changes->total, true);
	json_end(&out);
	json_finish(&out);
}
