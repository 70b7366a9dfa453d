// SPDX-License-Identifier: GPL-2.0
/* group_diff_json.c - in: what has changed of groups, and of which states; out: JSON. */
#include <json-c/json.h>

#include "draw/json.h"
#include "verbs/groups/group_diff_columns.h"
#include "verbs/groups/group_diff_json.h"

static const struct process *source_of(const struct group_diff_side *side)
{
	return side->groups.read ? &side->groups.source : NULL;
}

static struct json_object *json_side(const struct group_diff_side *side)
{
	struct json_object *object = json_header(source_of(side));

	json_object_object_add(object, "name", json_string(side->word));
	json_object_object_add(object, "pid", side->pid ? json_object_new_int(side->pid) : NULL);
	json_object_object_add(object, "moment", side->groups.moment ?
			       json_object_new_uint64(side->groups.moment) : NULL);
	json_object_object_add(object, "time_ns", source_of(side) && source_of(side)->time ?
			       json_object_new_uint64(source_of(side)->time) : NULL);
	json_object_object_add(object, "processes", json_object_new_uint64(side->groups.read));
	return object;
}

/* What is not known is null, what has not changed is left out; of all of them it is there. */
static struct json_object *json_delta(const struct group_change *change, bool all)
{
	struct json_object *object = json_object_new_object();

	for (int count = 0; count < COUNT_NR; count++) {
		bool known = change->known >> count & 1;

		if (all || !known || change->delta[count])
			json_object_object_add(object, group_count_json(count), known ?
					       json_object_new_int64(change->delta[count]) : NULL);
	}
	return object;
}

static struct json_object *json_change(const struct group_change *change)
{
	struct json_object *object = json_object_new_object(), *keys = json_object_new_object();
	struct json_object *words = json_object_new_array();
	const struct group_row *row = group_change_row(change);

	for (size_t i = 0; i < row->by->nr; i++)
		json_object_object_add(keys, group_key_names[row->by->key[i]], json_string(row->value[i]));
	json_object_array_add(words, json_object_new_string(group_change_name(change)));
	json_object_object_add(object, "group", keys);
	json_object_object_add(object, "change", words);
	json_object_object_add(object, "delta", json_delta(change, false));
	return object;
}

int group_diff_json(const struct group_diff_side *sides, const struct group_changes *changes)
{
	struct json_object *document = json_object_new_object(), *list = json_object_new_array();

	for (size_t i = 0; i < changes->nr; i++)
		json_object_array_add(list, json_change(&changes->changes[i]));
	json_object_object_add(document, "vmaview", json_header(source_of(&sides[1])));
	json_object_object_add(document, "old", json_side(&sides[0]));
	json_object_object_add(document, "new", json_side(&sides[1]));
	json_object_object_add(document, "groups", list);
	json_object_object_add(document, "total", json_delta(&changes->total, true));
	return json_write(document);
}
