// SPDX-License-Identifier: GPL-2.0
/* text_tables.c - TABLE records in, lines of the file tables out. */
#include "text/text.h"

static void field(struct text *text, const char *name, u64 value)
{
	text_string(text, name);
	text_number(text, value);
}

void text_table(struct text *text, const struct vmaview_table *table)
{
	text_bytes(text, table->name, 3);
	field(text, ": tables=", table->tables);
	field(text, " entries=", table->entries);
	field(text, " used=", table->used);
	field(text, " leaves=", table->leaves);
	field(text, " absent=", table->absent);
	field(text, " span=", table->span);
	field(text, " bytes=", table->bytes);
	if (table->level == VMAVIEW_TABLE_PTE)
		field(text, " deposited=", table->deposited);
	text_bytes(text, "\n", 1);
}
