/* SPDX-License-Identifier: GPL-2.0 */
/* diff_sides.h - in: OLD and NEW, each a file or a PID; out: their processes, and which belong together. */
#ifndef VMAVIEW_DIFF_SIDES_H
#define VMAVIEW_DIFF_SIDES_H

#include "command/options.h"
#include "read/collect.h"

struct diff_side {
	const char *word;		/* as the user wrote it */
	pid_t pid;			/* 0: a file ... */
	char *path;			/* ... which this is ... */
	unsigned int moment;		/* ... and this its moment, see moment_parse() */
	struct process *processes;
	size_t nr;
};

struct diff_sides {
	struct diff_side side[2];	/* old, new */
};

/* Each returns an exit code, all having been said; free them whatever comes. */
int diff_sides_parse(struct diff_sides *sides, char **words);
int diff_sides_read(struct diff_sides *sides);
void diff_sides_free(struct diff_sides *sides);

/*
 * The @index-th pair of them, up to *old and *new both NULL: one process and another one where each side has one, else
 * those of equal PID; NULL for one that is on one side alone.
 */
void diff_sides_pair(const struct diff_sides *sides, size_t index, const struct process **before,
		     const struct process **after);

#endif /* VMAVIEW_DIFF_SIDES_H */
