/* SPDX-License-Identifier: GPL-2.0 */
/* verb_list.h - in: a list of verbs and a word; out: the verb of that name, what it takes, shows and does. */
#ifndef VMAVIEW_VERB_LIST_H
#define VMAVIEW_VERB_LIST_H

#include "columns/columns.h"

/* A bit each: option rows say which verbs take them.  What each does: verbs.c. */
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
	VERB_GROUPS	= 16384,
	VERB_METRICS	= 32768,
	VERB_DIFF	= 65536,
	VERB_MAP	= 131072,
	VERB_TOP	= 262144,
	VERB_WHY	= 524288,
	VERB_ADVISE	= 1048576,
};

enum operands {
	OPERANDS_NONE,
	OPERANDS_PID,		/* one */
	OPERANDS_PIDS,		/* one or more */
	OPERANDS_PIDS_OR_ALL,	/* none is all that there are */
	OPERANDS_TWO,		/* what the verb reads, two of it: options.words */
	OPERANDS_PID_WORDS,	/* one, and then words that the verb reads: options.words */
};

struct options;

struct verb_row {
	enum verb verb;			/* 0: has a command line of its own, see main() */
	const char *name;		/* NULL: what is done without a verb */
	const char *usage;		/* its operands, for --help */
	const char *help;
	enum operands operands;
	const struct column_set *columns;	/* for -o, -O and --sort; NULL: it has none */
	/* Returns an exit code; stdout is not flushed yet. */
	int (*run)(struct options *options);
};

/* The first row is what is done without a verb. */
struct verb_list {
	const struct verb_row *rows;
	size_t nr;
};

/* By name, which may be a PID and then is no verb: the first row.  NULL: no verb is called so. */
const struct verb_row *verb_find(const struct verb_list *verbs, const char *name);

/* The verb whose name is most like @name; NULL if none is like it. */
const char *verb_suggest(const struct verb_list *verbs, const char *name);

/* For messages. */
const char *verb_name(const struct verb_row *row);

#endif /* VMAVIEW_VERB_LIST_H */
