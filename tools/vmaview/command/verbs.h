/* SPDX-License-Identifier: GPL-2.0 */
/* verbs.h - the one list of verbs: what each takes, shows and does. */
#ifndef VMAVIEW_VERBS_H
#define VMAVIEW_VERBS_H

#include "columns/columns.h"
#include "command/options.h"

enum operands {
	OPERANDS_NONE,
	OPERANDS_PID,		/* one */
	OPERANDS_PIDS,		/* one or more */
	OPERANDS_PID_WORDS,	/* one, and then words that the verb reads: options.words */
};

struct verb_row {
	enum verb verb;			/* 0: has a command line of its own, see main() */
	const char *name;		/* NULL: what is done without a verb */
	const char *usage;		/* its operands, for --help */
	const char *help;
	enum operands operands;
	const struct column_set *columns;	/* for -o, -O and --sort; NULL: it has none */
	/* Returns an exit code; stdout is not flushed yet. */
	int (*main)(struct options *options);
};

extern const struct verb_row verb_rows[];
extern const size_t nr_verb_rows;

const struct verb_row *verb_of(enum verb verb);

/* By name, which may be a PID and then is no verb: the view.  NULL: no verb is called so. */
const struct verb_row *verb_find(const char *name);

/* The verb whose name is most like @name; NULL if none is like it. */
const char *verb_suggest(const char *name);

/* For messages. */
const char *verb_name(enum verb verb);

#endif /* VMAVIEW_VERBS_H */
