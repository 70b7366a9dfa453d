// SPDX-License-Identifier: GPL-2.0
/* explain_raw.c - in: answers; out: a row an address. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/table.h"
#include "text/escape.h"
#include "verbs/explain/explain_raw.h"
#include "verbs/explain/explain_words.h"

enum {
	CELL_ADDRESS, CELL_START, CELL_END, CELL_PERMS, CELL_PHYSICAL, CELL_LEAF, CELL_READ, CELL_WRITE,
	CELL_EXEC, CELL_NAME, CELL_NR
};

static const char *const headings[CELL_NR] = {
	"Address", "Start", "End", "Perms", "Physical", "Leaf", "Read", "Write", "Exec", "Name",
};

static int set_hex(struct table *table, int cell, uint64_t value)
{
	char text[32];

	return table_set(table, cell, text, snprintf(text, sizeof(text), "0x%" PRIx64, value), NULL);
}

static int set_text(struct table *table, int cell, const char *text)
{
	return table_set(table, cell, text, strlen(text), NULL);
}

static int set_leaf(struct table *table, const struct vmaview_explain *answer)
{
	char text[32];

	if (!(answer->flags & VMAVIEW_EXPLAIN_PHYSICAL))
		return set_text(table, CELL_PHYSICAL, "-") ? -ENOMEM : set_text(table, CELL_LEAF, "-");
	if (set_hex(table, CELL_PHYSICAL, answer->physical))
		return -ENOMEM;
	snprintf(text, sizeof(text), "%" PRIu64, (uint64_t)answer->leaf_size);
	return set_text(table, CELL_LEAF, text);
}

static int set_name(struct table *table, const struct area *area)
{
	const char *name = area && *area->name ? area->name : "-";
	char *safe = malloc(escape_room(name));
	int ret = -ENOMEM;

	if (safe) {
		escape_text(name, safe, escape_room(name));
		ret = set_text(table, CELL_NAME, safe);
	}
	free(safe);
	return ret;
}

static int add_row(struct table *table, const struct vmaview_explain *answer, const struct area *area)
{
	char perms[8];
	int ret = table_add_row(table);

	snprintf(perms, sizeof(perms), "%.4s", answer->flags & VMAVIEW_EXPLAIN_AREA ? answer->perms : "-");
	ret = ret ? ret : set_hex(table, CELL_ADDRESS, answer->address);
	ret = ret ? ret : set_hex(table, CELL_START, answer->start);
	ret = ret ? ret : set_hex(table, CELL_END, answer->end);
	ret = ret ? ret : set_text(table, CELL_PERMS, perms);
	ret = ret ? ret : set_leaf(table, answer);
	for (int access = VMAVIEW_READ; !ret && access <= VMAVIEW_EXEC; access++)
		ret = set_text(table, CELL_READ + access, explain_verdict(answer->verdict[access]));
	return ret ? ret : set_name(table, area);
}

int explain_print_raw(const struct options *options, const struct explanation *explanation)
{
	struct table_style style = {
		.raw = true, .noheadings = options->noheadings, .rows = explanation->nr,
	};
	struct table *table = table_new(&style);
	int ret = table ? 0 : -ENOMEM;

	for (int i = 0; !ret && i < CELL_NR; i++)
		ret = table_add_column(table, headings[i], false, false);
	for (size_t i = 0; !ret && i < explanation->nr; i++)
		ret = add_row(table, &explanation->answers[i],
			      explain_area(explanation, &explanation->answers[i]));
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}
