// SPDX-License-Identifier: GPL-2.0
/* tables_sums.c - in: counts of each level; out: rows and columns of tables. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "verbs/tables/tables_sums.h"

#define LEVELS (VMAVIEW_TABLE_PGD + 1)

static bool has_level(const struct process *process, int level)
{
	return process->table[level].header.size;
}

/* Tables in reserve are memory too, a page each. */
static uint64_t deposited_bytes(const struct process *process, const struct vmaview_table *table)
{
	return table->deposited * process->page_size;
}

struct table_row tables_total(const struct process *process)
{
	struct table_row total = { .name = "total", .is_total = true };

	for (int level = 0; level < LEVELS; level++) {
		const struct vmaview_table *table = &process->table[level];

		if (!has_level(process, level))
			continue;
		total.table.tables += table->tables;
		total.table.entries += table->entries;
		total.table.used += table->used;
		total.table.leaves += table->leaves;
		total.table.absent += table->absent;
		total.table.deposited += table->deposited;
		total.table.bytes += table->bytes + deposited_bytes(process, table);
		total.mapped += table->leaves * table->span;
	}
	return total;
}

/* In double words: a TiB of tables times 2^30 is beyond 64 bits. */
bool tables_per_gib(const struct table_row *total, uint64_t *number)
{
	*number = total->mapped ? (unsigned __int128)total->table.bytes * (1u << 30) / total->mapped : 0;
	return total->mapped;
}

int tables_rows(struct sheet *sheet)
{
	struct table_row *rows = calloc(LEVELS + 1, sizeof(*rows));

	sheet->rows = rows;
	sheet->size = sizeof(*rows);
	if (!rows)
		return -ENOMEM;
	for (int level = LEVELS - 1; level >= 0; level--) {
		const struct vmaview_table *table = &sheet->process->table[level];

		if (has_level(sheet->process, level))
			rows[sheet->nr++] = (struct table_row){ .name = table->name, .table = *table };
	}
	if (sheet->process->has_tables)
		rows[sheet->nr++] = tables_total(sheet->process);
	return 0;
}

static const struct table_row *row_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = cell->process->pid;
	return true;
}

static bool number_level(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->table.level;
	return !row_of(cell)->is_total;
}

static bool number_span(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->table.span;
	return !row_of(cell)->is_total;
}

#define FIELD(field) \
	static bool number_##field(const struct cell *cell, uint64_t *number) \
	{ \
		*number = row_of(cell)->table.field; \
		return true; \
	}

FIELD(tables)
FIELD(entries)
FIELD(used)
FIELD(leaves)
FIELD(absent)
FIELD(bytes)
FIELD(deposited)

static bool number_per_gib(const struct cell *cell, uint64_t *number)
{
	return row_of(cell)->is_total && tables_per_gib(row_of(cell), number);
}

static int text_name(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", row_of(cell)->name);
}

#define D COL_DEFAULT
#define V COL_VIEW

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, V, number_pid, "the process"),
	{ "Name", NULL, "name", KIND_TEXT, KEY_NR, D, NULL, text_name, "the kernel's name of the level" },
	COLUMN_NUMBER("Level", NULL, "level", COUNT, 0, number_level, "its number, 0 for the lowest"),
	COLUMN_NUMBER("Span", NULL, "span", SIZE, D, number_span, "what one entry stands for"),
	COLUMN_NUMBER("Tables", NULL, "tables", COUNT, D, number_tables, "tables that serve areas"),
	COLUMN_NUMBER("Entries", NULL, "entries", COUNT, D, number_entries, "entries that they have"),
	COLUMN_NUMBER("Used", NULL, "used", COUNT, D, number_used, "entries that are not none"),
	COLUMN_NUMBER("Leaves", NULL, "leaves", COUNT, D, number_leaves, "entries that map memory"),
	COLUMN_NUMBER("Absent", NULL, "absent", COUNT, D, number_absent, "swapped out, in migration, markers"),
	COLUMN_NUMBER("Memory", NULL, "bytes", SIZE, D, number_bytes,
		      "what the tables take; in total those in reserve too"),
	COLUMN_NUMBER("Deposited", NULL, "deposited", COUNT, D, number_deposited,
		      "tables in reserve, for huge pages that may be split"),
	COLUMN_NUMBER("Per_GiB", NULL, "bytes_per_gib", SIZE, D | V | COL_UP, number_per_gib,
		      "memory of tables for each GiB that is mapped; in kB it is rounded up"),
};

const struct column_set tables_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
