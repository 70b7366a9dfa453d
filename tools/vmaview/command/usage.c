// SPDX-License-Identifier: GPL-2.0
/* usage.c - in: a verb; out: the list of options, --help and --version. */
#include <stdio.h>

#include "command/options.h"
#include "command/verbs.h"
#include "text/version.h"

#define OF_MEMORY	(VERB_VIEW | VERB_PAGES | VERB_SHARERS | VERB_COW | VERB_PINS | VERB_RECLAIM | \
		   VERB_UFFD)
#define SHEETS	(VERB_LAYOUT | VERB_TABLES)
#define WITH_COLUMNS	(OF_MEMORY | VERB_VERIFY | VERB_FAULTS | SHEETS)
#define TABLES	(WITH_COLUMNS | VERB_STATUS)
#define ROWS	(TABLES | VERB_EXPLAIN)
#define ANY	(ROWS | VERB_RECORD)

const struct option_row option_rows[] = {
	{ 'o', "output", "COLS", WITH_COLUMNS, "show these columns; +COLS adds to the default" },
	{ 'O', "output-all", NULL, WITH_COLUMNS, "show all columns" },
	{ 'J', "json", NULL, ROWS, "print JSON" },
	{ 'r', "raw", NULL, ROWS, "print unaligned cells, one blank between two" },
	{ 'n', "noheadings", NULL, ROWS, "print no headings" },
	{ 'b', "bytes", NULL, OF_MEMORY | SHEETS, "print sizes in bytes, not in kB" },
	{ OPTION_SORT, "sort", "COL", WITH_COLUMNS, "order by a column" },
	{ 'Q', "filter", "EXPR", OF_MEMORY, "only rows for which EXPR holds: see vmaview(8)" },
	{ OPTION_NO_PFN, "no-pfn", NULL, VERB_PAGES, "join runs whose page frames are scattered" },
	{ 'A', "range", "LOW[,HIGH]", OF_MEMORY, "only areas in this range of hex addresses" },
	{ 'p', "show-path", NULL, OF_MEMORY | VERB_FAULTS | VERB_LAYOUT, "print whole paths in the column Mapping" },
	{ 'q', "quiet", NULL, OF_MEMORY | VERB_FAULTS | SHEETS, "print neither command line nor totals" },
	{ OPTION_COLOR, "color", "[=WHEN]", TABLES, "colour: auto (a terminal), always, never" },
	{ OPTION_FROM, "from", "FILE", OF_MEMORY | SHEETS, "show what record saved, not a process" },
	{ 'f', "file", "FILE", VERB_RECORD | VERB_EXPLAIN,
	  "where record saves to, explain reads addresses from" },
	{ OPTION_PAGES, "pages", NULL, VERB_RECORD, "save single pages, who else maps them, and userfaultfds, too" },
	{ OPTION_TREE, "tree", NULL, VERB_COW, "the descendants of PID, too" },
	{ OPTION_AREAS, "areas", NULL, VERB_COW, "one row an area, not one a process" },
	{ OPTION_ALL, "all", NULL, VERB_PINS, "pages that nothing holds, too" },
	{ OPTION_WATCH, "watch", "[=SECONDS]", VERB_COW, "a line every SECONDS (1), until SIGINT" },
	{ OPTION_TRIES, "tries", "N", VERB_VERIFY, "read what differs up to N times (3)" },
	{ OPTION_INTERVAL, "interval", "SECONDS", VERB_FAULTS, "print that often (1)" },
	{ OPTION_COUNT, "count", "N", VERB_FAULTS, "end after N intervals, or faults of a stream" },
	{ OPTION_STREAM, "stream", NULL, VERB_FAULTS, "print each fault, a line each" },
	{ OPTION_STRUCTS, "structs", NULL, VERB_TABLES, "show structures of this kernel, not a process" },
	{ 'h', "help", NULL, ANY, "print this" },
	{ 'V', "version", NULL, ANY, "print the version" },
};

const size_t nr_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);

_Static_assert(sizeof(option_rows) / sizeof(option_rows[0]) <= OPTIONS_MAX, "getopt's tables hold all options");

static void help_option(const struct option_row *row)
{
	char left[64];

	snprintf(left, sizeof(left), "%s%c%s --%s%s%s", row->code < 256 ? "-" : "  ",
		 row->code < 256 ? row->code : ' ', row->code < 256 ? "," : "", row->name,
		 !row->argument ? "" : row->argument[0] == '[' ? "" : " ",
		 row->argument ? row->argument : "");
	printf(" %-27s %s\n", left, row->help);
}

static void help_options(unsigned int verbs)
{
	puts("\nOptions:");
	for (size_t i = 0; i < nr_option_rows; i++)
		if (option_rows[i].verbs & verbs)
			help_option(&option_rows[i]);
}

/* Only the view's columns differ in where they come from: a verb's are all the module's. */
static void help_columns(const struct column_set *set, enum verb verb)
{
	puts(verb == VERB_VIEW ? "\nColumns (* in the default view, m only from the module):" :
	     "\nColumns (* in the default view):");
	for (size_t i = 0; i < set->nr; i++) {
		const struct column *column = &set->columns[i];
		bool module = verb == VERB_VIEW && !(column->flags & COL_PROC);
		char name[64];

		snprintf(name, sizeof(name), "%s%s%s", column->name, column->alias ? ", " : "",
			 column->alias ? column->alias : "");
		printf(" %c%c %-22s %s\n", column->flags & COL_DEFAULT ? '*' : ' ',
		       module ? 'm' : ' ', name, column_help(column));
	}
}

static void help_command(void)
{
	puts("Usage:\n vmaview [options] PID...\n vmaview VERB [options] PID...\n\n"
	     "Show the memory areas of processes as the kernel itself sees them.\n\nVerbs:");
	for (size_t i = 0; i < nr_verb_rows; i++)
		if (verb_rows[i].name)
			printf(" %-8s %-18s %s\n", verb_rows[i].name, verb_rows[i].usage,
			       verb_rows[i].help);
	help_options(~0u);
}

static void help_verb(const struct verb_row *row)
{
	printf("Usage:\n vmaview %s [options] %s\n\n%s\n", row->name, row->usage, row->help);
	help_options(row->verb);
}

void usage_help(enum verb verb)
{
	const struct verb_row *row = verb_of(verb);

	if (row->name)
		help_verb(row);
	else
		help_command();
	if (row->columns)
		help_columns(row->columns, verb);
	puts("\nFor more see vmaview(8).");
}

void usage_version(void)
{
	printf("vmaview %s abi %d.%d\n", VMAVIEW_RELEASE, VMAVIEW_ABI_MAJOR, VMAVIEW_ABI_MINOR);
}
