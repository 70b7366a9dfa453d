/* SPDX-License-Identifier: GPL-2.0 */
/* tables_sums.h - in: a process; out: what its page tables are, one row a level, and their sum. */
#ifndef VMAVIEW_TABLES_SUMS_H
#define VMAVIEW_TABLES_SUMS_H

#include "draw/sheet.h"

struct table_row {
	const char *name;
	bool is_total;
	struct vmaview_table table;	/* of the total: tables, used, leaves, absent, bytes, deposited */
	uint64_t mapped;		/* bytes that all leaves map */
};

/* Free the rows.  0 or -ENOMEM. */
int tables_rows(struct sheet *sheet);

struct table_row tables_total(const struct process *process);

/* Bytes of tables for each GiB that leaves map; false: nothing is mapped. */
bool tables_per_gib(const struct table_row *total, uint64_t *number);

extern const struct column_set tables_columns;

#endif /* VMAVIEW_TABLES_SUMS_H */
