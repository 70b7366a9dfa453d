// SPDX-License-Identifier: GPL-2.0
/* cow_print.c - in: a group of processes; out: its tables and sums, on stdout. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/sheet.h"
#include "draw/table.h"
#include "verbs/cow/cow_columns.h"
#include "verbs/cow/cow_print.h"

/* A wider matrix is no picture any more; JSON has it. */
#define MATRIX_MAX 16

static pid_t parent_of(const struct group *group, const struct member *member)
{
	return member->parent == NO_PARENT ? 0 : group->members[member->parent].process->pid;
}

static void add_areas(struct sheet *sheet, const struct group *group, const struct member *member)
{
	struct cow_row *rows = sheet->rows;

	for (size_t i = 0; i < member->process->nr_areas; i++)
		if (usage_any(&member->areas[i]))
			rows[sheet->nr++] = (struct cow_row){
				member, &member->process->areas[i], parent_of(group, member), &member->areas[i],
			};
}

/* One row a process, or with --areas one an area that has memory. */
static int fill(struct sheet *sheet, const struct options *options, const struct group *group)
{
	size_t room = group->nr;
	struct cow_row *rows;

	for (size_t i = 0; options->areas && i < group->nr; i++)
		room += group->members[i].process->nr_areas;
	rows = calloc(room + 1, sizeof(*rows));
	*sheet = (struct sheet){ .rows = rows, .size = sizeof(*rows) };
	for (size_t i = 0; rows && i < group->nr; i++) {
		const struct member *member = &group->members[i];

		if (options->areas)
			add_areas(sheet, group, member);
		else
			rows[sheet->nr++] = (struct cow_row){
				member, NULL, parent_of(group, member), &member->sum,
			};
	}
	return rows ? 0 : -ENOMEM;
}

static uint64_t shown(const struct options *options, uint64_t bytes)
{
	return options->bytes ? bytes : bytes >> 10;
}

static void print_who(const struct cow *cow)
{
	const struct group *group = &cow->group;

	putchar('\n');
	for (size_t i = 0; i < cow->nr_twins; i++)
		printf("PID %d has the address space of PID %d, where it is counted\n", cow->twins[i].pid,
		       group->members[cow->twins[i].member].process->pid);
	if (group->nr == 1 && !cow->nr_twins) {
		fputs("the process maps", stdout);
		return;
	}
	printf("%zu processes", group->nr + cow->nr_twins);
	if (cow->nr_twins)
		printf(" with %zu address space%s", group->nr, group->nr == 1 ? "" : "s");
	fputs(" map", stdout);
}

/* What is shared within a group means nothing where there is but one. */
static void print_within(const struct options *options, const struct cow *cow)
{
	const struct group *group = &cow->group;

	if (group->nr == 1 && !cow->nr_twins)
		return;
	printf(": %" PRIu64 " of one alone", shown(options, group->by[1]));
	for (size_t k = 2; k <= group->nr; k++)
		if (group->by[k])
			printf(", %" PRIu64 " shared by %zu", shown(options, group->by[k]), k);
}

static void print_sums(const struct options *options, const struct cow *cow)
{
	const struct group *group = &cow->group;
	uint64_t elapsed, hold;

	print_who(cow);
	printf(" %" PRIu64 " %s", shown(options, group->total), options->bytes ? "bytes" : "kB");
	print_within(options, cow);
	if (group->knows_outside)
		printf("; %" PRIu64 " of it others map, too", shown(options, group->outside));
	cow_cost(cow, &elapsed, &hold);
	printf("\nread in %" PRIu64 ".%03" PRIu64 " ms, no lock held longer than %" PRIu64 " us\n",
	       elapsed / 1000000, elapsed / 1000 % 1000, (hold + 999) / 1000);
}

static int set_number(struct table *table, size_t column, uint64_t number)
{
	char text[24];

	return table_set(table, column, text, snprintf(text, sizeof(text), "%" PRIu64, number), NULL);
}

/* How much each shares with each; with itself: what it maps. */
static int print_matrix(const struct options *options, const struct group *group)
{
	struct table_style style = { .noheadings = options->noheadings, .rows = group->nr };
	struct table *table = table_new(&style);
	int ret = table ? table_add_column(table, options->bytes ? "Shared" : "Shared kB", true, false) : -ENOMEM;
	char heading[16];

	for (size_t i = 0; !ret && i < group->nr; i++) {
		snprintf(heading, sizeof(heading), "%d", group->members[i].process->pid);
		ret = table_add_column(table, heading, true, false);
	}
	for (size_t i = 0; !ret && i < group->nr; i++) {
		ret = table_add_row(table);
		if (!ret)
			ret = set_number(table, 0, group->members[i].process->pid);
		for (size_t j = 0; !ret && j < group->nr; j++)
			ret = set_number(table, j + 1, shown(options, group->common[i * group->nr + j]));
	}
	if (!ret) {
		putchar('\n');
		ret = table_print(table);
	}
	table_free(table);
	return ret;
}

/* The area's columns come first in a table of areas. */
static void choose(struct options *options)
{
	if (options->nr_columns)
		return;
	options_choose(options, COL_DEFAULT);
	if (!options->areas)
		return;
	options->columns[options->nr_columns++] = column_find(&cow_columns, "Mapping", 7);
	options->columns[1] = column_find(&cow_columns, "Address", 7);
	options->columns[2] = column_find(&cow_columns, "End", 3);
}

int cow_print(struct options *options, const struct cow *cow)
{
	struct sheet sheet;
	int ret = fill(&sheet, options, &cow->group);

	if (!ret) {
		choose(options);
		sheet_filter(options, &sheet);
		sheet_sort(options, &sheet);
		ret = sheet_print(options, &sheet, 1);
	}
	free(sheet.rows);
	if (ret || options->raw || options->quiet || !cow->group.nr)
		return ret;
	print_sums(options, cow);
	if (cow->group.nr > 1 && cow->group.nr <= MATRIX_MAX)
		ret = print_matrix(options, &cow->group);
	else if (cow->group.nr > 1)
		printf("who shares with whom, of more than %d processes: -J\n", MATRIX_MAX);
	return ret;
}
