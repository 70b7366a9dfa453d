// SPDX-License-Identifier: GPL-2.0
/* tables_json.c - in: page tables of a process, structures; out: JSON. */
#include <stdio.h>

#include <json-c/json.h>

#include "verbs/tables/tables_json.h"
#include "verbs/tables/tables_sums.h"

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

/* "4k", "2M", "1G": of the levels that can have leaves. */
static struct json_object *json_leaves(const struct process *process)
{
	struct json_object *object = json_object_new_object();

	for (int level = VMAVIEW_TABLE_PTE; level <= VMAVIEW_TABLE_PUD; level++) {
		const struct vmaview_table *table = &process->table[level];
		unsigned int shift = table->span >> 30 ? 30 : table->span >> 20 ? 20 : 10;
		char key[24];

		if (!table->header.size)
			continue;
		snprintf(key, sizeof(key), "%llu%c", (unsigned long long)(table->span >> shift),
			 shift == 30 ? 'G' : shift == 20 ? 'M' : 'k');
		add_number(object, key, table->leaves);
	}
	return object;
}

static struct json_object *json_member(const struct struct_member *member, uint64_t line)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "name", json_object_new_string(member->name));
	add_number(object, "offset", member->bit_offset / 8);
	if (member->bits % 8 || member->bit_offset % 8) {
		add_number(object, "bit", member->bit_offset % 8);
		add_number(object, "bits", member->bits);
	} else {
		add_number(object, "size", member->bits / 8);
	}
	add_number(object, "cache_line", member->bit_offset / 8 / line);
	return object;
}

static struct json_object *json_struct(const struct struct_layout *layout, uint64_t line)
{
	struct json_object *object = json_object_new_object();
	struct json_object *members = json_object_new_array();

	json_object_object_add(object, "name", json_object_new_string(layout->name));
	add_number(object, "size", layout->size);
	add_number(object, "cache_line_size", line);
	add_number(object, "cache_lines", (layout->size + line - 1) / line);
	for (size_t i = 0; i < layout->nr; i++)
		json_object_array_add(members, json_member(&layout->members[i], line));
	json_object_object_add(object, "members", members);
	return object;
}

static struct json_object *json_structs(const struct structs *structs)
{
	struct json_object *array = structs ? json_object_new_array() : NULL;

	for (size_t i = 0; structs && i < structs->nr; i++)
		json_object_array_add(array, json_struct(&structs->list[i], structs->line));
	return array;
}

struct json_object *tables_json_structs(const struct structs *structs)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "structs", json_structs(structs));
	return object;
}

void tables_json(const struct process *process, const struct structs *structs, struct json_object *object)
{
	struct table_row total = tables_total(process);
	bool known = process->has_tables;
	uint64_t number;

	json_object_object_add(object, "leaves", known ? json_leaves(process) : NULL);
	json_object_object_add(object, "bytes", known ? json_object_new_uint64(total.table.bytes) : NULL);
	json_object_object_add(object, "mapped", known ? json_object_new_uint64(total.mapped) : NULL);
	json_object_object_add(object, "bytes_per_gib", tables_per_gib(&total, &number) ?
			       json_object_new_uint64(number) : NULL);
	json_object_object_add(object, mm_fact_json[MM_PGTABLES],
			       process->mm_known >> MM_PGTABLES & 1 ?
			       json_object_new_uint64(process->mm[MM_PGTABLES]) : NULL);
	json_object_object_add(object, "structs", json_structs(structs));
}
