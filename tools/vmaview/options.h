/* SPDX-License-Identifier: GPL-2.0 */
/* options.h - in: the command line; out: what the user chose, checked. */
#ifndef VMAVIEW_OPTIONS_H
#define VMAVIEW_OPTIONS_H

#include "color.h"
#include "columns.h"
#include "say.h"

/* A bit each: option rows say which verbs take them. */
enum verb {
	VERB_VIEW	= 1,	/* no verb: the areas */
	VERB_RECORD	= 2,
	VERB_STATUS	= 4,
	VERB_VERIFY	= 8,
};

struct options {
	enum verb verb;
	const struct column *columns[COLUMNS_MAX];
	size_t nr_columns;		/* 0: the verb's own choice */
	const struct column *sort;
	bool json;
	bool raw;
	bool noheadings;
	bool bytes;
	bool show_path;
	bool quiet;
	enum color_when color;
	uint64_t low;			/* of -A, both included */
	uint64_t high;
	const char *from;		/* the view of a saved stream */
	const char *file;		/* where record writes to */
	unsigned int tries;		/* of verify */
	pid_t *pids;
	size_t nr_pids;
};

/*
 * EXIT_DONE and options to act on; else the code to exit with, all having been said.  -1: --help or
 * --version were asked for and given, exit with EXIT_DONE.
 */
int options_parse(struct options *options, int argc, char **argv);

/* The list of options and verbs, for --help and for suggestions. */
struct option_row {
	int code;			/* the letter, or above 255 */
	const char *name;
	const char *argument;		/* NULL: takes none */
	unsigned int verbs;
	const char *help;
};

enum option_code {
	OPTION_SORT = 256,
	OPTION_COLOR,
	OPTION_FROM,
	OPTION_TRIES,
};

extern const struct option_row option_rows[];
extern const size_t nr_option_rows;

struct verb_row {
	enum verb verb;
	const char *name;
	const char *operands;
	const char *help;
};

extern const struct verb_row verb_rows[];
extern const size_t nr_verb_rows;

void usage_help(void);
void usage_version(void);

#endif /* VMAVIEW_OPTIONS_H */
