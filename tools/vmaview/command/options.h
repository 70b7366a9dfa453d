/* SPDX-License-Identifier: GPL-2.0 */
/* options.h - in: the command line; out: what the user chose, checked. */
#ifndef VMAVIEW_OPTIONS_H
#define VMAVIEW_OPTIONS_H

#include "columns/columns.h"
#include "command/color.h"
#include "command/verb_list.h"
#include "filter/filter.h"
#include "select/targets.h"
#include "text/say.h"

struct options {
	const struct verb_row *row;	/* of the verb */
	const struct verb_list *verbs;	/* of which it is one */
	const struct column *columns[COLUMNS_MAX];
	size_t nr_columns;		/* 0: the verb's own choice */
	const struct column *sort;
	bool sort_down;			/* the most first */
	size_t head;			/* rows that are shown of each table; 0: all */
	struct filter *filter;		/* NULL: all rows */
	bool list_columns;		/* and do nothing else */
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
	bool stat;			/* of diff: by kind and mapping */
	bool exit_code;			/* that says whether something differs */
	bool series;			/* of record: one moment after another */
	uint64_t when_grown;		/* by so many bytes; 0: each interval */
	bool areas;			/* one row an area */
	bool unheld;			/* of pins: pages that nothing holds, too */
	bool watch;			/* a line ... */
	unsigned int watch_ms;		/* ... so often */
	const char *from;		/* the view of what is saved, as FILE[@N]: ... */
	char *from_path;		/* ... FILE */
	pid_t from_pid;			/* of its processes this one alone; 0: all */
	unsigned int from_moment;	/* ... and N; 0: the last */
	bool several_saved;		/* it has more than one process */
	const char *file;		/* where record writes to, explain reads from */
	unsigned int tries;		/* of verify */
	uint64_t interval;		/* ns */
	unsigned int count;		/* of intervals, faults or moments; 0: no end */
	bool stream;
	bool histogram;
	bool lock_waits;
	const char *heat;		/* of map: what is shown in place of kinds; NULL: these */
	const char *by;			/* of groups: their keys; NULL: its own choice */
	const char *labels;		/* names of ranges: of label, one of these, or of areas */
	size_t max_groups;		/* of metrics */
	double max_seconds;		/* 0: no bound */
	const char *textfile;		/* NULL: stdout */
	const char *svg;		/* map: where a drawing goes; NULL: none */
	const char *html;		/* ... and a page */
	bool batch;			/* top: frames as text, */
	bool once;			/* or one */
	bool smaps;
	double duty;			/* percent of a processor */
	bool ascii;			/* map: no letters but ASCII's */
	bool load;			/* status: load the module first */
	bool structs;			/* tables: of the kernel, not of a process */
	struct selection selection;	/* who is meant ... */
	struct targets targets;		/* ... and who that is: see options_choose_targets() */
	char **words;			/* after the PID, where the verb takes some; ends with NULL */
};

/*
 * EXIT_DONE and options to act on, of one of @verbs; else the code to exit with, all having been said.  -1: --help or
 * --version were asked for and given, exit with EXIT_DONE.
 */
int options_parse(struct options *options, const struct verb_list *verbs, int argc, char **argv);

/*
 * Find the processes that are meant: at least one, unless there is a file to be told that there is none, and no more
 * for a verb that takes one.  EXIT_DONE, or the code to stop with, all having been said.
 */
int options_choose_targets(struct options *options);

/* How many of @nr rows --head leaves. */
static inline size_t options_head(const struct options *options, size_t nr)
{
	return options->head && options->head < nr ? options->head : nr;
}

/* Is any column of pages' places shown, in JSON or not, sorted by, or in the filter? */
bool options_need_places(const struct options *options);
/* Any column of areas' kinds? */
bool options_need_kinds(const struct options *options);

/* Do the names of --labels show anywhere? */
bool options_show_called(const struct options *options);

/* What hangs on them. */
void options_free(struct options *options);

/* Choose all columns of the verb, or with @flags (enum column_flags) those that have them. */
void options_choose(struct options *options, unsigned int flags);

/* Where -o named none; raw rows of several processes, or of as many as were found, also say whose they are. */
void options_choose_default(struct options *options);

#endif /* VMAVIEW_OPTIONS_H */
