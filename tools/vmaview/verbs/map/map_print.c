// SPDX-License-Identifier: GPL-2.0
/* map_print.c - in: a process; out: its picture for a terminal: rows of cells, and what they mean. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/frame.h"
#include "draw/table.h"
#include "verbs/map/map_cells.h"
#include "verbs/map/map_holes.h"
#include "verbs/map/map_kinds.h"
#include "verbs/map/map_print.h"
#include "verbs/map/map_size.h"
#include "verbs/map/map_sums.h"

#define RESET "\033[0m"
#define ROWS 32			/* a screen's, of cells and folds together */
#define CELLS 16		/* a row has a multiple of these */

struct canvas {
	const struct options *options;
	const struct process *process;
	struct map_scale scale;
	bool ascii;
	bool color;
	enum map_heat heat;	/* HEAT_NR: kinds */
	int digits;		/* of an address */
};

/* The colour stays as long as cells have it. */
static void print_letter(char letter, const char *wanted, const char **color)
{
	if (wanted != *color) {
		if (*color)
			fputs(RESET, stdout);
		if (wanted)
			fputs(wanted, stdout);
		*color = wanted;
	}
	putchar(letter);
}

static void print_kinds_of(const struct canvas *canvas, const struct map_row *row, void *room, const char **color)
{
	struct map_cell *cells = room;

	map_cells(canvas->process, &canvas->scale, row, cells);
	for (unsigned int i = 0; i < canvas->scale.cells; i++) {
		const struct map_look *look = cells[i].kind == KIND_OF_NR ? NULL : &map_looks[cells[i].kind];

		print_letter(!look ? '.' : cells[i].present ? toupper(look->letter) : look->letter,
			     look && canvas->color ? look->color : NULL, color);
	}
}

static char letter_of(int step)
{
	return step == HEAT_NOTHING ? '.' : step == HEAT_UNKNOWN ? '?' : '0' + step;
}

static void print_heat_of(const struct canvas *canvas, const struct map_row *row, void *room, const char **color)
{
	int *steps = room;

	map_heat_cells(canvas->heat, canvas->process, &canvas->scale, row, steps);
	for (unsigned int i = 0; i < canvas->scale.cells; i++)
		print_letter(letter_of(steps[i]), canvas->color ? map_heat_color(steps[i]) : NULL, color);
}

static void print_cells(const struct canvas *canvas, const struct map_row *row, void *room)
{
	const char *color = NULL;

	printf("%0*" PRIx64 " ", canvas->digits, row->start);
	if (canvas->heat == HEAT_NR)
		print_kinds_of(canvas, row, room, &color);
	else
		print_heat_of(canvas, row, room, &color);
	if (color)
		fputs(RESET, stdout);
	putchar('\n');
}

/* What a row of one area alone is full of. */
static char letter_of_area(const struct canvas *canvas, const struct area *area)
{
	return canvas->heat == HEAT_NR ? map_looks[area->kind - 1].letter : letter_of(map_heat_of(canvas->heat, area));
}

/* What is left out: between the addresses above and below it. */
static void print_fold(const struct canvas *canvas, const struct map_row *row)
{
	const char *sign = row->kind == MAP_ROW_GAP ? (canvas->ascii ? "~~" : "┄┄") : (canvas->ascii ? ":" : "⋮");

	printf("%*s %s ", canvas->digits, "", sign);
	map_print_size(stdout, row->end - row->start);
	if (row->kind == MAP_ROW_GAP)
		puts(" that nothing maps");
	else
		printf(" more of the same: %" PRIu64 " rows of %c\n", row->rows,
		       letter_of_area(canvas, &canvas->process->areas[row->area]));
}

static int print_rows(const struct canvas *canvas)
{
	struct map_cell *cells = calloc(canvas->scale.cells, sizeof(*cells));	/* larger than steps */
	struct map_fold fold;
	struct map_row row;

	if (!cells)
		return -ENOMEM;
	map_fold_begin(&fold, canvas->process, &canvas->scale);
	while (map_fold_next(&fold, &row)) {
		if (row.kind == MAP_ROW_CELLS)
			print_cells(canvas, &row, cells);
		else
			print_fold(canvas, &row);
	}
	free(cells);
	return 0;
}

static int set_bytes(struct table *table, size_t column, uint64_t bytes, bool in_bytes, bool unknown)
{
	char text[24];
	int length = unknown ? snprintf(text, sizeof(text), "-") :
		     snprintf(text, sizeof(text), "%" PRIu64, in_bytes ? bytes : bytes / 1024);

	return table_set(table, column, text, length, NULL);
}

static int add_kind(struct table *table, const struct canvas *canvas, enum kind kind, const struct kind_sum *sum)
{
	const char *color = canvas->color ? map_looks[kind].color : NULL;
	char text[24];
	int ret = table_add_row(table);

	if (!ret)
		ret = table_set(table, 0, &map_looks[kind].letter, 1, color);
	if (!ret)
		ret = table_set(table, 1, kind_names[kind], strlen(kind_names[kind]), NULL);
	if (!ret)
		ret = table_set(table, 2, text, snprintf(text, sizeof(text), "%" PRIu64, sum->areas), NULL);
	if (!ret)
		ret = set_bytes(table, 3, sum->size, canvas->options->bytes, false);
	return ret ? ret : set_bytes(table, 4, sum->present, canvas->options->bytes, sum->unknown);
}

static int add_step(struct table *table, const struct canvas *canvas, int step, const struct kind_sum *sum)
{
	const char letter = letter_of(step);
	char text[24];
	int ret = table_add_row(table);

	if (!ret)
		ret = table_set(table, 0, &letter, 1, canvas->color ? map_heat_color(step) : NULL);
	if (!ret)
		ret = table_set(table, 1, text, snprintf(text, sizeof(text), "%" PRIu64, sum->areas), NULL);
	return ret ? ret : set_bytes(table, 2, sum->size, canvas->options->bytes, false);
}

static int print_kinds(const struct canvas *canvas)
{
	const char *const headings[] = { "", "Kind", "Areas", canvas->options->bytes ? "Bytes" : "Kbytes", "Present" };
	struct kind_sum sums[KIND_OF_NR];
	struct table_style style = { .color = canvas->color, .rows = KIND_OF_NR };
	struct table *table = table_new(&style);
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < sizeof(headings) / sizeof(headings[0]); i++)
		ret = table_add_column(table, headings[i], i > 1, false);
	map_sums(canvas->process, sums);
	for (enum kind kind = 0; !ret && kind < KIND_OF_NR; kind++)
		if (sums[kind].areas)
			ret = add_kind(table, canvas, kind, &sums[kind]);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}

/* Areas and bytes by step; what is not known comes last. */
static int print_steps(const struct canvas *canvas)
{
	const char *const headings[] = { "Heat", "Areas", canvas->options->bytes ? "Bytes" : "Kbytes" };
	struct kind_sum sums[HEAT_STEPS + 1] = { { .areas = 0 } };
	struct table_style style = { .color = canvas->color, .rows = HEAT_STEPS + 1 };
	struct table *table = table_new(&style);
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < sizeof(headings) / sizeof(headings[0]); i++)
		ret = table_add_column(table, headings[i], i > 0, false);
	for (size_t i = 0; i < canvas->process->nr_areas; i++) {
		const struct area *area = &canvas->process->areas[i];
		int step = map_heat_of(canvas->heat, area);
		struct kind_sum *sum = &sums[step < 0 ? HEAT_STEPS : step];

		sum->areas++;
		sum->size += area->end - area->start;
	}
	for (int step = 0; !ret && step <= HEAT_STEPS; step++)
		if (sums[step].areas)
			ret = add_step(table, canvas, step == HEAT_STEPS ? HEAT_UNKNOWN : step, &sums[step]);
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}

/* Of a part of the addresses it would not be known where its holes end. */
static void print_holes(const struct canvas *canvas)
{
	struct map_holes holes;

	map_holes_find(&holes, canvas->process);
	if (!holes.nr || canvas->scale.low || canvas->scale.high != UINT64_MAX)
		return;
	printf("%" PRIu64 " hole%s between areas, ", holes.nr, holes.nr == 1 ? "" : "s");
	map_print_size(stdout, holes.bytes);
	fputs(", the largest ", stdout);
	map_print_size(stdout, holes.largest);
	printf(" at %" PRIx64 "; %u %% of that is elsewhere\n", holes.start, map_holes_scattered(&holes));
}

static int print_legend(const struct canvas *canvas)
{
	int ret;

	fputs("\na cell is ", stdout);
	map_print_size(stdout, canvas->scale.block);
	fputs(", a row ", stdout);
	map_print_size(stdout, canvas->scale.block * canvas->scale.cells);
	if (canvas->heat == HEAT_NR)
		puts("; it shows the kind of most that is mapped there, in capitals where at least half of that is "
		     "present");
	else
		printf("; it shows how many %s, from 0 to 9; ? is not known\n", map_heat_words[canvas->heat]);
	ret = canvas->heat == HEAT_NR ? print_kinds(canvas) : print_steps(canvas);
	if (!ret) {
		print_holes(canvas);
		frame_receipt(canvas->process);
	}
	return ret;
}

/* The gate has its address in the half of the kernel. */
static int address_digits(const struct process *process)
{
	return process->nr_areas && process->areas[process->nr_areas - 1].end >> 48 ? 16 : 12;
}

int map_print(const struct options *options, const struct map_style *style, const struct process *process)
{
	struct canvas canvas = {
		.options = options,
		.process = process,
		.scale = { .low = options->low, .high = options->high, .cells = CELLS },
		.ascii = style->ascii,
		.heat = style->heat,
		.color = color_wanted(options->color),
		.digits = address_digits(process),
	};
	int ret = options->quiet ? 0 : frame_title(process);

	if (style->width > canvas.digits + 1u + CELLS)
		canvas.scale.cells = (style->width - canvas.digits - 1) / CELLS * CELLS;
	map_scale_fit(&canvas.scale, process, ROWS);
	if (!ret)
		ret = print_rows(&canvas);
	if (!ret && !options->quiet)
		ret = print_legend(&canvas);
	return ret;
}
