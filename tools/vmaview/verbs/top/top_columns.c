// SPDX-License-Identifier: GPL-2.0
/* top_columns.c - in: a process of a frame; out: its columns. */
#include <stdio.h>
#include <string.h>

#include "columns/run_columns.h"
#include "verbs/top/top_columns.h"

static const struct top_process *process_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = process_of(cell)->pid;
	return true;
}

static bool number_parent(const struct cell *cell, uint64_t *number)
{
	*number = process_of(cell)->parent;
	return process_of(cell)->parent;
}

static bool number_areas(const struct cell *cell, uint64_t *number)
{
	*number = process_of(cell)->nr_areas;
	return true;
}

static bool total(const struct cell *cell, enum key key, uint64_t *number)
{
	const struct area *sums = &process_of(cell)->total;

	*number = area_get(sums, key);
	return area_knows(sums, key);
}

#define TOTAL(name, key) \
	static bool name(const struct cell *cell, uint64_t *number) \
	{ \
		return total(cell, KEY_##key, number); \
	}

static bool number_grown(const struct cell *cell, uint64_t *number)
{
	*number = process_of(cell)->grown;
	return process_of(cell)->knows_grown;
}

static bool number_shrunk(const struct cell *cell, uint64_t *number)
{
	*number = process_of(cell)->shrunk;
	return process_of(cell)->knows_grown;
}

TOTAL(number_size, SIZE)
TOTAL(number_rss, RSS)
TOTAL(number_pss, PSS)
TOTAL(number_swap, SWAP)
TOTAL(number_anonymous, ANONYMOUS)
TOTAL(number_locked, LOCKED)
TOTAL(number_debt, COW_DEBT)
TOTAL(number_pinned, MAYBE_PINNED)
TOTAL(number_lazyfree, LAZYFREE)
TOTAL(number_tables, TABLES)

static int text_command(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%*s%s", 2 * (int)cell->depth, "", process_of(cell)->title);
}

static int text_comm(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", process_of(cell)->comm);
}

#define D COL_DEFAULT
#define P COL_PROC

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, D | P, number_pid, "the process"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D | P, number_size, "what it maps"),
	COLUMN_NUMBER("RSS", NULL, "rss", SIZE, D | P, number_rss, "what of it is in memory"),
	COLUMN_NUMBER("Pss", NULL, "pss", SIZE, P, number_pss, "the same, shared memory by its share"),
	COLUMN_NUMBER("Swap", NULL, "swap", SIZE, D | P, number_swap, "what of it is in swap"),
	COLUMN_NUMBER("Grown", NULL, "grown", SIZE, D | P, number_grown, "more in memory and swap"),
	COLUMN_NUMBER("Shrunk", NULL, "shrunk", SIZE, P, number_shrunk, "less of it"),
	COLUMN_NUMBER("Anonymous", NULL, "anonymous", SIZE, P, number_anonymous, "memory that belongs to no file"),
	COLUMN_NUMBER("Locked", NULL, "locked", SIZE, P, number_locked, "held in memory by mlock()"),
	COLUMN_NUMBER("Debt", "Cow_Debt", "cow_debt", SIZE, D, number_debt, "new memory if all of it were written"),
	COLUMN_NUMBER("MayPin", "Maybe_Pinned", "maybe_pinned", SIZE, D, number_pinned, "probably pinned for I/O"),
	COLUMN_NUMBER("LazyFree", NULL, "lazyfree", SIZE, P, number_lazyfree, "given up by MADV_FREE"),
	COLUMN_NUMBER("Tables", NULL, "tables", SIZE, 0, number_tables, "page tables"),
	COLUMN_NUMBER("Areas", NULL, "areas", COUNT, D | P, number_areas, "how many areas it has"),
	COLUMN_NUMBER("Parent", NULL, "ppid", COUNT, P, number_parent, "the process that it is a child of"),
	COLUMN_TEXT("Comm", NULL, "comm", TEXT, P, text_comm, "its name"),
	COLUMN_TEXT("Command", NULL, "command", TEXT, D | P | COL_TRUNC, text_command, "its command line"),
};

const struct column_set top_columns = { columns, sizeof(columns) / sizeof(columns[0]) };

const struct column_set *top_level_columns(enum top_level level)
{
	return level == TOP_PROCESSES ? &top_columns : level == TOP_AREAS ? &area_columns : &run_columns;
}
