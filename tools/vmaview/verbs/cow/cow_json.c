// SPDX-License-Identifier: GPL-2.0
/* cow_json.c - in: a group of processes; out: all that is known of it, as JSON. */
#include <stdio.h>

#include "columns/column_text.h"
#include "draw/json.h"
#include "verbs/cow/cow_columns.h"
#include "verbs/cow/cow_json.h"

static void put_usage(struct json_out *out, const struct usage *usage, const struct member *member)
{
	bool has_parent = member->parent != NO_PARENT;

	json_put_uint(out, "mapped", usage->mapped);
	json_put_uint(out, "unique", usage->unique);
	json_put_known(out, "debt", member->knows_debt, usage->debt);
	json_put_known(out, "same", has_parent, usage->same);
	json_put_known(out, "copied", has_parent, usage->copied);
	json_put_known(out, "new", has_parent, usage->fresh);
}

/* By how many: {"2": bytes, "3": ...}. */
static void put_shared(struct json_out *out, const uint64_t *bytes, size_t nr)
{
	char key[24];

	json_key(out, "shared");
	json_open_object(out);
	for (size_t k = 2; k <= nr; k++) {
		if (!bytes[k])
			continue;
		snprintf(key, sizeof(key), "%zu", k);
		json_put_uint(out, key, bytes[k]);
	}
	json_end(out);
}

static void put_area(struct json_out *out, const struct member *member, size_t index)
{
	const struct area *area = &member->process->areas[index];
	struct cell cell = { .process = member->process, .area = area };

	json_open_object(out);
	json_put_hex(out, "start", area->start);
	json_put_hex(out, "end", area->end);
	json_key(out, "name");
	json_cell(out, column_find(&area_columns, "Name", 4), &cell);
	put_usage(out, &member->areas[index], member);
	json_put_uint(out, "shared", member->areas[index].shared);
	json_end(out);
}

/* PIDs of others with its address space; null where nobody has saved it. */
static void put_twins(struct json_out *out, const struct cow *cow, size_t index)
{
	const struct process *process = cow->group.members[index].process;

	json_key(out, "same_space");
	if (!process->space && process->source == SOURCE_FILE) {
		json_null(out);
		return;
	}
	json_open_array(out);
	for (size_t i = 0; i < cow->nr_twins; i++)
		if (cow->twins[i].member == index)
			json_int(out, cow->twins[i].pid);
	json_end(out);
}

static void put_areas(struct json_out *out, const struct member *member)
{
	json_key(out, "areas");
	json_open_array(out);
	for (size_t i = 0; i < member->process->nr_areas; i++)
		if (usage_any(&member->areas[i]))
			put_area(out, member, i);
	json_end(out);
}

static void put_member(struct json_out *out, const struct cow *cow, size_t index)
{
	const struct group *group = &cow->group;
	const struct member *member = &group->members[index];
	struct cow_row row = { .member = member };
	struct cell cell = { .process = member->process, .row = &row };

	json_open_object(out);
	json_put_int(out, "pid", member->process->pid);
	if (member->parent == NO_PARENT)
		json_put_null(out, "parent");
	else
		json_put_int(out, "parent", group->members[member->parent].process->pid);
	json_key(out, "comm");
	json_cell(out, column_find(&cow_columns, "Command", 7), &cell);
	put_twins(out, cow, index);
	put_usage(out, &member->sum, member);
	put_shared(out, group->of + index * (group->nr + 1), group->nr);
	put_areas(out, member);
	json_end(out);
}

static void put_matrix(struct json_out *out, const struct group *group)
{
	json_key(out, "matrix");
	json_open_array(out);
	for (size_t a = 0; a < group->nr; a++) {
		for (size_t b = a + 1; b < group->nr; b++) {
			json_open_object(out);
			json_put_int(out, "a", group->members[a].process->pid);
			json_put_int(out, "b", group->members[b].process->pid);
			json_put_uint(out, "bytes", group->common[a * group->nr + b]);
			json_end(out);
		}
	}
	json_end(out);
}

static void put_receipt(struct json_out *out, const struct cow *cow)
{
	uint64_t elapsed, hold;

	cow_cost(cow, &elapsed, &hold);
	json_key(out, "receipt");
	json_open_object(out);
	json_put_uint(out, "elapsed_ns", elapsed);
	json_put_uint(out, "longest_hold_ns", hold);
	json_end(out);
}

static void put_group(struct json_out *out, const struct cow *cow)
{
	const struct group *group = &cow->group;

	json_open_object(out);
	json_key(out, "processes");
	json_open_array(out);
	for (size_t i = 0; i < group->nr; i++)
		put_member(out, cow, i);
	json_end(out);
	put_matrix(out, group);
	json_put_uint(out, "total", group->total);
	json_put_uint(out, "unique", group->by[1]);
	put_shared(out, group->by, group->nr);
	json_put_known(out, "outside", group->knows_outside, group->outside);
	put_receipt(out, cow);
	json_end(out);
}

void cow_json(const struct cow *cow)
{
	const struct group *group = &cow->group;
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_key(&out, "vmaview");
	json_header(&out, group->nr ? group->members->process : NULL);
	json_key(&out, "cow");
	put_group(&out, cow);
	json_end(&out);
	json_finish(&out);
}
