// SPDX-License-Identifier: GPL-2.0
/* draw.c - in: a process; out: its cells, tables and JSON, on a stdout that leads nowhere. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <columns/columns.h>
#include <columns/sort.h>
#include <command/options.h>
#include <draw/area_table.h>
#include <draw/json.h>
#include <verbs/all_verbs.h>

#include "draw.h"

/* Areas whose cells are all looked at; inputs of which one is drawn whole. */
enum { CELLS_OF = 4, DRAW_ONE_IN = 32 };

static unsigned int drawn;

int LLVMFuzzerInitialize(int *argc, char ***argv);

/* libFuzzer calls it once. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setlocale(LC_ALL, "");
	if (!freopen("/dev/null", "w", stdout))
		abort();
	return 0;
}

/* What a cell says of its length is what it has, and no control character is in it. */
static void draw_cell(const struct column *column, const struct cell *cell)
{
	static char text[CELL_MAX];
	int length = column_text(column, cell, text, sizeof(text));

	if (length < 0 || (size_t)length >= sizeof(text) || strlen(text) != (size_t)length)
		abort();
	for (int i = 0; i < length; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			abort();
}

static void draw_cells(const struct process *process)
{
	for (size_t i = 0; i < process->nr_areas && i < CELLS_OF; i++) {
		struct cell cell = { .process = process, .area = &process->areas[i], .bytes = i & 1 };

		for (size_t c = 0; c < area_columns.nr; c++)
			draw_cell(&area_columns.columns[c], &cell);
	}
}

void draw(struct process *process)
{
	struct options options = { .row = all_verbs.rows, .color = COLOR_ALWAYS };
	const struct sort_order order = { .column = area_columns.columns, .down = true, .show_path = true };

	draw_cells(process);
	/* The libraries that draw take a hundred times as long as all the rest: now and then. */
	if (++drawn % DRAW_ONE_IN)
		return;
	json_areas(&options, process, 1);
	options.raw = true;
	options_choose(&options, 0);
	area_table_print(&options, process, 1);
	options = (struct options){
		.row = all_verbs.rows, .color = COLOR_ALWAYS,
	};
	options_choose_default(&options);
	sort_areas(process, &order);
	area_table_print(&options, process, 1);
	fflush(stdout);
}
