// SPDX-License-Identifier: GPL-2.0
/* reclaim_columns.c - in: an area and what could be taken of it; out: the columns of it. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/reclaim/reclaim.h"
#include "verbs/reclaim/reclaim_sums.h"

static const struct reclaim_row *row_of(const struct cell *cell)
{
	return cell->row;
}

COLUMN_GETTER(pid, cell->process->pid)
COLUMN_GETTER(start, row_of(cell)->area->start)
COLUMN_GETTER(end, row_of(cell)->area->end)
COLUMN_GETTER(size, row_of(cell)->area->end - row_of(cell)->area->start)

#define SUM(name, sum) COLUMN_GETTER(name, row_of(cell)->sums.bytes[sum])

SUM(present, SUM_PRESENT)
SUM(drop, SUM_DROP)
SUM(write, SUM_WRITE)
SUM(swap, SUM_SWAP)
SUM(never, SUM_NEVER)
SUM(held, SUM_HELD)
SUM(shared, SUM_SHARED)
SUM(swap_need, SUM_SWAP_NEED)
SUM(active, SUM_ACTIVE)
SUM(inactive, SUM_INACTIVE)
SUM(generations, SUM_GENERATIONS)
SUM(unevictable, SUM_UNEVICTABLE_LIST)
SUM(no_list, SUM_NO_LIST)
SUM(young, SUM_YOUNG)
SUM(idle, SUM_IDLE)
SUM(lazyfree, SUM_LAZYFREE)
SUM(dirty, SUM_DIRTY)
SUM(writeback, SUM_WRITEBACK)

static int text_why(const struct cell *cell, char *out, size_t room)
{
	static const struct {
		enum reclaim_sum sum;
		const char *word;
	} words[] = {
		{ SUM_MLOCKED, "mlocked" },
		{ SUM_UNEVICTABLE, "unevictable" },
		{ SUM_PINNED, "maybe-pinned" },
		{ SUM_HUGETLB, "hugetlb" },
		{ SUM_KERNEL, "kernel" },
		{ SUM_OTHER, "other" },
	};
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (row_of(cell)->sums.bytes[words[i].sum])
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", words[i].word);
	return used;
}

TEXT_WITH_AREA(area_perms, row_of(cell)->area, text_perms)
TEXT_WITH_AREA(area_name, row_of(cell)->area, text_name)
TEXT_WITH_AREA(area_mapping, row_of(cell)->area, text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, COL_VIEW, number_pid, "the process"),
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start, "first address of the area"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "first address after it"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, 0, number_size, "size of the area"),
	COLUMN_NUMBER("Present", NULL, "present", SIZE, D, number_present, "memory that is there, of which ..."),
	COLUMN_NUMBER("Drop", NULL, "drop", SIZE, D, number_drop, "... could be freed at once"),
	COLUMN_NUMBER("Write", NULL, "write", SIZE, D, number_write, "... once it is written to its file"),
	COLUMN_NUMBER("Swap", NULL, "swap", SIZE, D, number_swap, "... by swapping"),
	COLUMN_NUMBER("Never", NULL, "never", SIZE, D, number_never, "... not at all, for reasons in Why"),
	COLUMN_NUMBER("Need", "Swap_Need", "swap_need", SIZE, 0, number_swap_need,
		      "of Swap: has no place in swap yet"),
	COLUMN_NUMBER("Held", NULL, "held", SIZE, D, number_held, "not Never, but somebody holds it meanwhile"),
	COLUMN_NUMBER("Shared", NULL, "shared", SIZE, 0, number_shared, "not Never, and mapped elsewhere, too"),
	COLUMN_NUMBER("Active", NULL, "active", SIZE, 0, number_active, "on an active list"),
	COLUMN_NUMBER("Inactive", NULL, "inactive", SIZE, 0, number_inactive, "on an inactive list"),
	COLUMN_NUMBER("Gen", "Generations", "generations", SIZE, 0, number_generations,
		      "in a generation of the multi-gen LRU"),
	COLUMN_NUMBER("Unevict", "Unevictable", "unevictable", SIZE, 0, number_unevictable,
		      "on the unevictable list"),
	COLUMN_NUMBER("NoList", "No_List", "no_list", SIZE, 0, number_no_list, "on no list"),
	COLUMN_NUMBER("Young", NULL, "young", SIZE, D, number_young, "accessed since it was looked at last"),
	COLUMN_NUMBER("Idle", NULL, "idle", SIZE, 0, number_idle, "not accessed since"),
	COLUMN_NUMBER("LazyFree", NULL, "lazyfree", SIZE, D, number_lazyfree, "given up by MADV_FREE"),
	COLUMN_NUMBER("Dirty", NULL, "dirty", SIZE, D, number_dirty, "written since it was read or saved"),
	COLUMN_NUMBER("Writeback", NULL, "writeback", SIZE, 0, number_writeback, "being written"),
	COLUMN_TEXT("Why", NULL, "why", WORDS, D, text_why,
		    "mlocked, unevictable, maybe-pinned, hugetlb, kernel, other"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, COL_VIEW, text_area_perms, "permissions"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, 0, text_area_name, "name as maps shows it"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_area_mapping, "what it maps"),
};

const struct column_set reclaim_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
