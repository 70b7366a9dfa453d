// SPDX-License-Identifier: GPL-2.0
/* usage.c - in: nothing; out: the lists of options and verbs, --help and --version. */
#include <stdio.h>

#include "options.h"
#include "version.h"

#define ANY	(VERB_VIEW | VERB_RECORD | VERB_STATUS | VERB_VERIFY)
#define TABLES	(VERB_VIEW | VERB_STATUS | VERB_VERIFY)

const struct option_row option_rows[] = {
	{ 'o', "output", "COLS", VERB_VIEW, "show these columns; +COLS adds to the default" },
	{ 'O', "output-all", NULL, VERB_VIEW, "show all columns" },
	{ 'J', "json", NULL, TABLES, "print JSON" },
	{ 'r', "raw", NULL, TABLES, "print unaligned cells, one blank between two" },
	{ 'n', "noheadings", NULL, TABLES, "print no headings" },
	{ 'b', "bytes", NULL, VERB_VIEW, "print sizes in bytes, not in kB" },
	{ OPTION_SORT, "sort", "COL", VERB_VIEW, "order by a column" },
	{ 'A', "range", "LOW[,HIGH]", VERB_VIEW, "only areas in this range of hex addresses" },
	{ 'p', "show-path", NULL, VERB_VIEW, "print whole paths in the column Mapping" },
	{ 'q', "quiet", NULL, VERB_VIEW, "print neither command line nor totals" },
	{ OPTION_COLOR, "color", "[=WHEN]", TABLES, "colour: auto (a terminal), always, never" },
	{ OPTION_FROM, "from", "FILE", VERB_VIEW, "show what record saved, not a process" },
	{ 'f', "file", "FILE", VERB_RECORD, "where to save to" },
	{ OPTION_TRIES, "tries", "N", VERB_VERIFY, "read what differs up to N times (3)" },
	{ 'h', "help", NULL, ANY, "print this" },
	{ 'V', "version", NULL, ANY, "print the version" },
};

const size_t nr_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);

const struct verb_row verb_rows[] = {
	{ VERB_RECORD, "record", "-f FILE PID", "save what the module says of a process" },
	{ VERB_STATUS, "status", "", "what works here, and what to do about the rest" },
	{ VERB_VERIFY, "verify", "PID...", "compare with /proc and pmap, print each difference" },
	{ 0, "pmap", "[options] PID...", "print what pmap prints, with its options" },
};

const size_t nr_verb_rows = sizeof(verb_rows) / sizeof(verb_rows[0]);

static void help_options(void)
{
	puts("\nOptions:");
	for (size_t i = 0; i < nr_option_rows; i++) {
		const struct option_row *row = &option_rows[i];
		char left[64];

		snprintf(left, sizeof(left), "%s%c%s --%s%s%s", row->code < 256 ? "-" : "  ",
			 row->code < 256 ? row->code : ' ', row->code < 256 ? "," : "", row->name,
			 !row->argument ? "" : row->argument[0] == '[' ? "" : " ",
			 row->argument ? row->argument : "");
		printf(" %-27s %s\n", left, row->help);
	}
}

static void help_columns(void)
{
	puts("\nColumns (* in the default view, m only from the module):");
	for (size_t i = 0; i < nr_columns; i++) {
		const struct column *column = &columns[i];
		char name[64];

		snprintf(name, sizeof(name), "%s%s%s", column->name, column->alias ? ", " : "",
			 column->alias ? column->alias : "");
		printf(" %c%c %-22s %s\n", column->flags & COL_DEFAULT ? '*' : ' ',
		       column->flags & COL_PROC ? ' ' : 'm', name, column->help);
	}
}

void usage_help(void)
{
	puts("Usage:\n vmaview [options] PID...\n vmaview VERB [options] PID...\n\n"
	     "Show the memory areas of processes as the kernel itself sees them.\n\nVerbs:");
	for (size_t i = 0; i < nr_verb_rows; i++)
		printf(" %-8s %-18s %s\n", verb_rows[i].name, verb_rows[i].operands,
		       verb_rows[i].help);
	help_options();
	help_columns();
	puts("\nFor more see vmaview(8).");
}

void usage_version(void)
{
	printf("vmaview %s abi %d.%d\n", VMAVIEW_RELEASE, VMAVIEW_ABI_MAJOR, VMAVIEW_ABI_MINOR);
}
