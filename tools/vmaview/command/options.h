/* SPDX-License-Identifier: GPL-2.0 */
/* options.h - in: the command line; out: what the user chose, checked. */
#ifndef VMAVIEW_OPTIONS_H
#define VMAVIEW_OPTIONS_H

#include "columns/columns.h"
#include "command/color.h"
#include "filter/filter.h"
#include "text/say.h"

/* A bit each: option rows say which verbs take them.  What each does: verbs.h. */
enum verb {
	VERB_VIEW	= 1,	/* no verb: the areas */
	VERB_RECORD	= 2,
	VERB_STATUS	= 4,
	VERB_VERIFY	= 8,
	VERB_PAGES	= 16,
	VERB_EXPLAIN	= 32,
	VERB_SHARERS	= 64,
	VERB_COW	= 128,
	VERB_FAULTS	= 256,
	VERB_LAYOUT	= 512,
	VERB_TABLES	= 1024,
	VERB_PINS	= 2048,
	VERB_RECLAIM	= 4096,
	VERB_UFFD	= 8192,
};

struct options {
	enum verb verb;
	const struct column *columns[COLUMNS_MAX];
	size_t nr_columns;		/* 0: the verb's own choice */
	const struct column *sort;
	struct filter *filter;		/* NULL: all rows */
	bool json;
	bool raw;
	bool noheadings;
	bool bytes;
	bool show_path;
	bool quiet;
	enum color_when color;
	uint64_t low;			/* of -A, both included */
	uint64_t high;
	bool no_pfn;			/* of pages: runs go on where frames do not */
	bool pages;			/* of record: single pages too */
	bool tree;			/* of cow: the descendants too */
	bool areas;			/* one row an area */
	bool all;			/* of pins: pages that nothing holds, too */
	bool watch;			/* a line ... */
	unsigned int watch_ms;		/* ... so often */
	const char *from;		/* the view of a saved stream */
	const char *file;		/* where record writes to, explain reads from */
	unsigned int tries;		/* of verify */
	uint64_t interval;		/* ns */
	unsigned int count;		/* of intervals, or of faults; 0: no end */
	bool stream;
	bool structs;			/* tables: of the kernel, not of a process */
	pid_t *pids;
	size_t nr_pids;
	char **words;			/* after the PID, where the verb takes some; ends with NULL */
};

/*
 * EXIT_DONE and options to act on; else the code to exit with, all having been said.  -1: --help or
 * --version were asked for and given, exit with EXIT_DONE.
 */
int options_parse(struct options *options, int argc, char **argv);

/* Choose all columns of the verb, or with @flags (enum column_flags) those that have them. */
void options_choose(struct options *options, unsigned int flags);

/* Where -o named none; raw rows of several processes also say whose they are. */
void options_choose_default(struct options *options);

/* The list of options, for --help and for suggestions. */
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
	OPTION_NO_PFN,
	OPTION_PAGES,
	OPTION_TREE,
	OPTION_AREAS,
	OPTION_WATCH,
	OPTION_INTERVAL,
	OPTION_COUNT,
	OPTION_STREAM,
	OPTION_ALL,
	OPTION_STRUCTS,
};

/* More than there are: getopt's tables have room for so many. */
#define OPTIONS_MAX 32

extern const struct option_row option_rows[];
extern const size_t nr_option_rows;

/* Of the command, or of one verb. */
void usage_help(enum verb verb);
void usage_version(void);

#endif /* VMAVIEW_OPTIONS_H */
