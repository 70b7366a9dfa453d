// SPDX-License-Identifier: GPL-2.0
/* groups_json.c - in: groups, in the order in which they are shown; out: JSON. */
#include <inttypes.h>
#include <stdio.h>

#include <json-c/json.h>

#include "draw/json.h"
#include "verbs/groups/groups_json.h"

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

/* {"user": "postgres", "kind": "shmem"}; a key that is not known is null. */
static struct json_object *json_values(const struct group_row *row)
{
	struct json_object *object = json_object_new_object();

	for (size_t i = 0; i < row->by->nr; i++)
		json_object_object_add(object, group_key_names[row->by->key[i]], json_string(row->value[i]));
	return object;
}

static struct json_object *json_group(const struct options *options, const struct cell *cell)
{
	struct json_object *object = json_object_new_object(), *row = json_row(options, cell);
	const struct group_row *group = cell->row;

	if (!group->is_total)
		json_object_object_add(object, "group", json_values(group));
	json_object_object_foreach(row, key, value) {
		json_object_object_add(object, key, json_object_get(value));
	}
	json_object_put(row);
	return object;
}

/* What is left may be below 0: the machine went on while it was read. */
static struct json_object *json_machine(const struct groups *groups)
{
	const struct memory *machine = &groups->machine;
	uint64_t mapped = groups->rows.total.frames.frames - groups->unmapped;
	struct json_object *object;
	int64_t rest;

	if (!groups->has_machine)
		return NULL;
	rest = machine->ram - machine->free - mapped - machine->cache - machine->kernel;
	object = json_object_new_object();
	add_number(object, "ram", machine->ram);
	add_number(object, "free", machine->free);
	add_number(object, "mapped", mapped);
	add_number(object, "cache", machine->cache);
	add_number(object, "kernel", machine->kernel);
	json_object_object_add(object, "rest", json_object_new_int64(rest));
	return object;
}

static struct json_object *json_about(const struct groups *groups)
{
	struct json_object *object = json_header(groups->read ? &groups->source : NULL);

	json_object_object_add(object, "pss_exact", groups->source.source == SOURCE_PROC ? NULL :
			       json_object_new_boolean(groups->exact_pss));
	add_number(object, "ended", groups->missing.ended);
	add_number(object, "unreadable", groups->missing.failed);
	add_number(object, "same_space", groups->twins);
	json_object_object_add(object, "elapsed_ns", groups->elapsed ? json_object_new_uint64(groups->elapsed) : NULL);
	json_object_object_add(object, "longest_hold_ns", groups->elapsed ?
			       json_object_new_uint64(groups->longest_hold) : NULL);
	return object;
}

int groups_json(const struct options *options, const struct groups *groups, const struct sheet *sheet)
{
	struct json_object *document = json_object_new_object(), *list = json_object_new_array();
	struct cell total = { .row = &groups->rows.total, .bytes = true };

	for (size_t i = 0; i < sheet->nr; i++) {
		struct cell cell = sheet_cell(sheet, i);

		json_object_array_add(list, json_group(options, &cell));
	}
	json_object_object_add(document, "vmaview", json_about(groups));
	json_object_object_add(document, "groups", list);
	json_object_object_add(document, "total", json_group(options, &total));
	if (groups->has_machine)
		json_object_object_add(document, "machine", json_machine(groups));
	return json_write(document);
}
