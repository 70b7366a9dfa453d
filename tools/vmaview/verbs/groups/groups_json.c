// SPDX-License-Identifier: GPL-2.0
/* groups_json.c - in: groups, in the order in which they are shown; out: JSON. */
#include "draw/json.h"
#include "verbs/groups/groups_json.h"

/* {"user": "postgres", "kind": "shmem"}; a key that is not known is null. */
static void put_values(struct json_out *out, const struct group_row *row)
{
	json_open_object(out);
	for (size_t i = 0; i < row->by->nr; i++)
		json_put_string(out, group_key_names[row->by->key[i]], row->value[i]);
	json_end(out);
}

static void put_group(struct json_out *out, const struct options *options, const struct cell *cell)
{
	const struct group_row *group = cell->row;

	json_open_object(out);
	if (!group->is_total) {
		json_key(out, "group");
		put_values(out, group);
	}
	json_row_members(out, options, cell);
	json_end(out);
}

/* What is left may be below 0: the machine went on while it was read. */
static void put_machine(struct json_out *out, const struct groups *groups)
{
	const struct memory *machine = &groups->machine;
	uint64_t mapped = groups->rows.total.frames.frames - groups->unmapped;

	json_key(out, "machine");
	json_open_object(out);
	json_put_uint(out, "ram", machine->ram);
	json_put_uint(out, "free", machine->free);
	json_put_uint(out, "mapped", mapped);
	json_put_uint(out, "cache", machine->cache);
	json_put_uint(out, "kernel", machine->kernel);
	json_put_int(out, "rest", machine->ram - machine->free - mapped - machine->cache - machine->kernel);
	json_end(out);
}

static void put_about(struct json_out *out, const struct groups *groups)
{
	json_open_object(out);
	json_header_members(out, groups->read ? &groups->source : NULL);
	if (groups->source.source == SOURCE_PROC)
		json_put_null(out, "pss_exact");
	else
		json_put_bool(out, "pss_exact", groups->exact_pss);
	json_put_uint(out, "ended", groups->missing.ended);
	json_put_uint(out, "unreadable", groups->missing.failed);
	json_put_uint(out, "same_space", groups->twins);
	json_put_known(out, "elapsed_ns", groups->elapsed, groups->elapsed);
	json_put_known(out, "longest_hold_ns", groups->elapsed, groups->longest_hold);
	json_end(out);
}

void groups_json(const struct options *options, const struct groups *groups, const struct sheet *sheet)
{
	struct cell total = { .row = &groups->rows.total, .bytes = true };
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_key(&out, "vmaview");
	put_about(&out, groups);
	json_key(&out, "groups");
	json_open_array(&out);
	for (size_t i = 0; i < sheet->nr; i++) {
		struct cell cell = sheet_cell(sheet, i);

		put_group(&out, options, &cell);
	}
	json_end(&out);
	json_key(&out, "total");
	put_group(&out, options, &total);
	if (groups->has_machine)
		put_machine(&out, groups);
	json_end(&out);
	json_finish(&out);
}
