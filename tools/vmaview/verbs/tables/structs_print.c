// SPDX-License-Identifier: GPL-2.0
/* structs_print.c - in: structures of the kernel; out: text. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "draw/table.h"
#include "verbs/tables/structs_print.h"

void structs_print_sizes(const struct structs *structs)
{
	for (size_t i = 0; i < structs->nr; i++) {
		const struct struct_layout *layout = &structs->list[i];
		uint64_t lines = (layout->size + structs->line - 1) / structs->line;

		printf("struct %s: %llu bytes, %llu cache %s of %llu\n", layout->name,
		       (unsigned long long)layout->size, (unsigned long long)lines,
		       lines == 1 ? "line" : "lines", (unsigned long long)structs->line);
	}
}

static int add_row(struct table *table, const struct struct_layout *layout,
		   const struct struct_member *member, uint64_t line)
{
	bool field = member->bits % 8 || member->bit_offset % 8;
	char cells[5][80];
	int ret = table_add_row(table);

	snprintf(cells[0], sizeof(cells[0]), "%s", layout->name);
	snprintf(cells[1], sizeof(cells[1]), "%llu", (unsigned long long)member->bit_offset / 8 / line);
	snprintf(cells[2], sizeof(cells[2]), "%llu", (unsigned long long)member->bit_offset / 8);
	if (field)
		snprintf(cells[3], sizeof(cells[3]), "%llu:%llu",
			 (unsigned long long)member->bit_offset % 8, (unsigned long long)member->bits);
	else
		snprintf(cells[3], sizeof(cells[3]), "%llu", (unsigned long long)member->bits / 8);
	snprintf(cells[4], sizeof(cells[4]), "%s", member->name);
	for (size_t i = 0; !ret && i < 5; i++)
		ret = table_set(table, i, cells[i], strlen(cells[i]), NULL);
	return ret;
}

int structs_print_members(const struct options *options, const struct structs *structs)
{
	static const char *const headings[] = { "Struct", "Line", "Offset", "Size", "Member" };
	struct table_style style = { .raw = options->raw, .noheadings = options->noheadings };
	struct table *table = table_new(&style);
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < 5; i++)
		ret = table_add_column(table, headings[i], i > 0 && i < 4, false);
	for (size_t i = 0; !ret && i < structs->nr; i++)
		for (size_t j = 0; !ret && j < structs->list[i].nr; j++)
			ret = add_row(table, &structs->list[i], &structs->list[i].members[j],
				      structs->line);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}
