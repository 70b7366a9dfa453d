// SPDX-License-Identifier: GPL-2.0
/* tables_json.c - in: page tables of a process, structures; out: JSON. */
#include <stdio.h>

#include "draw/json.h"
#include "verbs/tables/tables_json.h"
#include "verbs/tables/tables_sums.h"

/* "4k", "2M", "1G": of the levels that can have leaves. */
static void put_leaves(struct json_out *out, const struct process *process)
{
	json_open_object(out);
	for (int level = VMAVIEW_TABLE_PTE; level <= VMAVIEW_TABLE_PUD; level++) {
		const struct vmaview_table *table = &process->table[level];
		unsigned int shift = table->span >> 30 ? 30 : table->span >> 20 ? 20 : 10;
		char key[24];

		if (!table->header.size)
			continue;
		snprintf(key, sizeof(key), "%llu%c", (unsigned long long)(table->span >> shift),
			 shift == 30 ? 'G' : shift == 20 ? 'M' : 'k');
		json_put_uint(out, key, table->leaves);
	}
	json_end(out);
}

static void put_structure_member(struct json_out *out, const struct struct_member *member, uint64_t line)
{
	json_open_object(out);
	json_put_string(out, "name", member->name);
	json_put_uint(out, "offset", member->bit_offset / 8);
	if (member->bits % 8 || member->bit_offset % 8) {
		json_put_uint(out, "bit", member->bit_offset % 8);
		json_put_uint(out, "bits", member->bits);
	} else {
		json_put_uint(out, "size", member->bits / 8);
	}
	json_put_uint(out, "cache_line", member->bit_offset / 8 / line);
	json_end(out);
}

static void put_struct(struct json_out *out, const struct struct_layout *layout, uint64_t line)
{
	json_open_object(out);
	json_put_string(out, "name", layout->name);
	json_put_uint(out, "size", layout->size);
	json_put_uint(out, "cache_line_size", line);
	json_put_uint(out, "cache_lines", (layout->size + line - 1) / line);
	json_key(out, "members");
	json_open_array(out);
	for (size_t i = 0; i < layout->nr; i++)
		put_structure_member(out, &layout->members[i], line);
	json_end(out);
	json_end(out);
}

static void put_structs(struct json_out *out, const struct structs *structs)
{
	json_key(out, "structs");
	if (!structs) {
		json_null(out);
		return;
	}
	json_open_array(out);
	for (size_t i = 0; i < structs->nr; i++)
		put_struct(out, &structs->list[i], structs->line);
	json_end(out);
}

void tables_json_structs(const struct structs *structs)
{
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	put_structs(&out, structs);
	json_end(&out);
	json_finish(&out);
}

static void put_in_line(struct json_out *out, const char *key, bool known, uint64_t number)
{
	json_line(out);
	json_put_known(out, key, known, number);
}

void tables_json(const struct process *process, const struct structs *structs, struct json_out *out)
{
	struct table_row total = tables_total(process);
	bool known = process->has_tables;
	uint64_t per_gib = 0;
	bool knows_per_gib = tables_per_gib(&total, &per_gib);

	json_line(out);
	json_key(out, "leaves");
	if (known)
		put_leaves(out, process);
	else
		json_null(out);
	put_in_line(out, "bytes", known, total.table.bytes);
	put_in_line(out, "mapped", known, total.mapped);
	put_in_line(out, "bytes_per_gib", knows_per_gib, per_gib);
	put_in_line(out, mm_fact_json[MM_PGTABLES], process->mm_known >> MM_PGTABLES & 1, process->mm[MM_PGTABLES]);
	json_line(out);
	put_structs(out, structs);
}
