// SPDX-License-Identifier: GPL-2.0
/* usage.c - in: a verb; out: --help, --list-columns and --version. */
#include <stdio.h>
#include <string.h>

#include "command/option_rows.h"
#include "command/usage.h"
#include "text/version.h"

static void help_option(const struct option_row *row)
{
	char left[64];

	snprintf(left, sizeof(left), "%s%c%s --%s%s%s", row->code < 256 ? "-" : "  ",
		 row->code < 256 ? row->code : ' ', row->code < 256 ? "," : "", row->name,
		 !row->argument ? "" : !strncmp(row->argument, "[=", 2) ? "" : " ",
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

static void help_command(const struct verb_list *verbs)
{
	puts("Usage:\n vmaview [options] PID...\n vmaview VERB [options] PID...\n\n"
	     "Show the memory areas of processes as the kernel itself sees them.\n\nVerbs:");
	for (size_t i = 0; i < verbs->nr; i++) {
		const struct verb_row *row = &verbs->rows[i];

		if (row->name)
			printf(" %-8s %-18s %s\n", row->name, row->usage, row->help);
	}
	help_options(~0u);
}

static void help_verb(const struct verb_row *row)
{
	printf("Usage:\n vmaview %s [options] %s\n\n%s\n", row->name, row->usage, row->help);
	help_options(row->verb);
}

void usage_help(const struct verb_list *verbs, const struct verb_row *row)
{
	if (row->name)
		help_verb(row);
	else
		help_command(verbs);
	if (row->columns)
		help_columns(row->columns, row->verb);
	puts("\nFor more see vmaview(8).");
}

/* One word: a blank in it is written as in each raw row. */
static void put_word(const char *text)
{
	for (; *text; text++)
		if (*text == ' ')
			fputs("\\x20", stdout);
		else
			putchar(*text);
}

void usage_columns(const struct column_set *set, bool raw, bool headings)
{
	if (headings)
		printf(raw ? "%s %s\n" : "%-22s %s\n", "Column", "Help");
	for (size_t i = 0; i < set->nr; i++) {
		const struct column *column = &set->columns[i];

		if (!raw) {
			printf("%-22s %s\n", column->name, column_help(column));
			continue;
		}
		printf("%s ", column->name);
		put_word(column_help(column));
		putchar('\n');
	}
}

void usage_version(void)
{
	printf("vmaview %s abi %d.%d\n", VMAVIEW_RELEASE, VMAVIEW_ABI_MAJOR, VMAVIEW_ABI_MINOR);
}
