/* SPDX-License-Identifier: GPL-2.0 */
/* tables.h - areas in, how many page tables and entries serve them out. */
#ifndef VMAVIEW_TABLES_H
#define VMAVIEW_TABLES_H

#include <vmaview.h>

struct walk;

#define TABLE_LEVELS (VMAVIEW_TABLE_PGD + 1)

/**
 * struct table_count - one level
 * @last: first address of the entry that was counted last: two areas may lie in what one entry
 *	stands for, and an area may be walked in several holds
 * @tables: @used: @leaves: @absent: as struct vmaview_table
 */
struct table_count {
	unsigned long last;
	u64 tables;
	u64 used;
	u64 leaves;
	u64 absent;
};

/**
 * struct tables - all levels
 * @level: by enum vmaview_table_level
 * @deposited: tables in reserve
 * @incomplete: a table that kept changing was left out
 */
struct tables {
	struct table_count level[TABLE_LEVELS];
	u64 deposited;
	bool incomplete;
};

void tables_begin(struct tables *tables);

/**
 * tables_walk() - count what serves [@addr, @end)
 * @tables: all below @addr is counted already
 * @walk: after walk_hold(), with @walk->vma
 * @addr: in the area, page aligned
 * @end: not beyond its end, page aligned
 *
 * At least one table is counted; then it stops when the hold's time is up.
 *
 * Context: mmap_lock held for reading since @walk->vma was found. Takes and drops page-table locks
 * and, for hugetlb, i_mmap_rwsem of the file for reading.
 * Return: the address to go on from; @end when done.
 */
unsigned long tables_walk(struct tables *tables, struct walk *walk, unsigned long addr, unsigned long end);

#endif
