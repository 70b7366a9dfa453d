// SPDX-License-Identifier: GPL-2.0
/* cow_json.c - in: a group of processes; out: all that is known of it, as JSON. */
#include <inttypes.h>
#include <stdio.h>

#include <json-c/json.h>

#include "columns/column_text.h"
#include "draw/json.h"
#include "verbs/cow/cow_columns.h"
#include "verbs/cow/cow_json.h"

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

static void add_usage(struct json_object *object, const struct usage *usage, const struct member *member)
{
	bool has_parent = member->parent != NO_PARENT;

	add_number(object, "mapped", usage->mapped);
	add_number(object, "unique", usage->unique);
	json_object_object_add(object, "debt", member->knows_debt ? json_object_new_uint64(usage->debt) : NULL);
	json_object_object_add(object, "same", has_parent ? json_object_new_uint64(usage->same) : NULL);
	json_object_object_add(object, "copied", has_parent ? json_object_new_uint64(usage->copied) : NULL);
	json_object_object_add(object, "new", has_parent ? json_object_new_uint64(usage->fresh) : NULL);
}

/* By how many: {"2": bytes, "3": ...}. */
static struct json_object *json_shared(const uint64_t *bytes, size_t nr)
{
	struct json_object *object = json_object_new_object();
	char key[24];

	for (size_t k = 2; k <= nr; k++) {
		if (!bytes[k])
			continue;
		snprintf(key, sizeof(key), "%zu", k);
		add_number(object, key, bytes[k]);
	}
	return object;
}

static struct json_object *json_area(const struct member *member, size_t index)
{
	const struct area *area = &member->process->areas[index];
	struct json_object *object = json_object_new_object();
	struct cell cell = { .process = member->process, .area = area };
	char address[24];

	snprintf(address, sizeof(address), "0x%" PRIx64, area->start);
	json_object_object_add(object, "start", json_object_new_string(address));
	snprintf(address, sizeof(address), "0x%" PRIx64, area->end);
	json_object_object_add(object, "end", json_object_new_string(address));
	json_object_object_add(object, "name", json_of_cell(column_find(&area_columns, "Name", 4), &cell));
	add_usage(object, &member->areas[index], member);
	add_number(object, "shared", member->areas[index].shared);
	return object;
}

/* PIDs of others with its address space; null where the module does not know. */
static struct json_object *json_twins(const struct cow *cow, size_t index)
{
	struct json_object *twins;

	if (!cow->group.members[index].process->space)
		return NULL;
	twins = json_object_new_array();
	for (size_t i = 0; i < cow->nr_twins; i++)
		if (cow->twins[i].member == index)
			json_object_array_add(twins, json_object_new_int(cow->twins[i].pid));
	return twins;
}

static struct json_object *json_member(const struct cow *cow, size_t index)
{
	const struct group *group = &cow->group;
	const struct member *member = &group->members[index];
	struct json_object *object = json_object_new_object(), *areas = json_object_new_array();
	struct cow_row row = { .member = member };
	struct cell cell = { .process = member->process, .row = &row };

	json_object_object_add(object, "pid", json_object_new_int(member->process->pid));
	json_object_object_add(object, "parent", member->parent == NO_PARENT ? NULL :
			       json_object_new_int(group->members[member->parent].process->pid));
	json_object_object_add(object, "comm", json_of_cell(column_find(&cow_columns, "Command", 7), &cell));
	json_object_object_add(object, "same_space", json_twins(cow, index));
	add_usage(object, &member->sum, member);
	json_object_object_add(object, "shared", json_shared(group->of + index * (group->nr + 1), group->nr));
	for (size_t i = 0; i < member->process->nr_areas; i++)
		if (usage_any(&member->areas[i]))
			json_object_array_add(areas, json_area(member, i));
	json_object_object_add(object, "areas", areas);
	return object;
}

static struct json_object *json_matrix(const struct group *group)
{
	struct json_object *list = json_object_new_array();

	for (size_t a = 0; a < group->nr; a++) {
		for (size_t b = a + 1; b < group->nr; b++) {
			struct json_object *pair = json_object_new_object();

			json_object_object_add(pair, "a", json_object_new_int(group->members[a].process->pid));
			json_object_object_add(pair, "b", json_object_new_int(group->members[b].process->pid));
			add_number(pair, "bytes", group->common[a * group->nr + b]);
			json_object_array_add(list, pair);
		}
	}
	return list;
}

static struct json_object *json_receipt(const struct cow *cow)
{
	struct json_object *object = json_object_new_object();
	uint64_t elapsed, hold;

	cow_cost(cow, &elapsed, &hold);
	add_number(object, "elapsed_ns", elapsed);
	add_number(object, "longest_hold_ns", hold);
	return object;
}

int cow_json(const struct cow *cow)
{
	const struct group *group = &cow->group;
	struct json_object *document = json_object_new_object(), *object = json_object_new_object();
	struct json_object *processes = json_object_new_array();

	for (size_t i = 0; i < group->nr; i++)
		json_object_array_add(processes, json_member(cow, i));
	json_object_object_add(object, "processes", processes);
	json_object_object_add(object, "matrix", json_matrix(group));
	add_number(object, "total", group->total);
	add_number(object, "unique", group->by[1]);
	json_object_object_add(object, "shared", json_shared(group->by, group->nr));
	json_object_object_add(object, "outside", group->knows_outside ?
			       json_object_new_uint64(group->outside) : NULL);
	json_object_object_add(object, "receipt", json_receipt(cow));
	json_object_object_add(document, "vmaview", json_header(group->nr ? group->members->process : NULL));
	json_object_object_add(document, "cow", object);
	return json_write(document);
}
