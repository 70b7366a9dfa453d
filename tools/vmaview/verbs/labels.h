/* SPDX-License-Identifier: GPL-2.0 */
/*
 * labels.h - in: names of ranges of addresses, as perf's maps have them; out: areas that are called so, or are cut
 * where their names change.
 */
#ifndef VMAVIEW_LABELS_H
#define VMAVIEW_LABELS_H

#include <stdio.h>

#include "vmaview/model.h"

struct label {
	uint64_t start;
	uint64_t end;
	char *name;
	size_t line;
};

/* By address; none reaches into the next one. */
struct labels {
	struct label *list;
	size_t nr;
	size_t room;
};

/*
 * Lines "START SIZE NAME", the numbers in hex; empty ones and those that begin with # are passed over.  Where ranges
 * overlap, that which begins later counts.  0, or -errno; of -EBADMSG *@line is the line.  Free them whatever comes.
 */
int labels_parse(struct labels *labels, FILE *file, size_t *line);

/* The same of the file @path.  EXIT_DONE, or the code to stop with, what is wrong having been said. */
int labels_read(struct labels *labels, const char *path);
void labels_free(struct labels *labels);

/*
 * What the page at @addr is called: by its first byte, else by the first range that begins in it; "" where none
 * does.  *@next is a page, above @addr, up to which it is the same.
 */
const char *labels_find(const struct labels *labels, uint64_t addr, uint64_t page_size, uint64_t *next);

/*
 * Areas of several names become one for each piece, and their runs, of which the process has all, lie in these.
 * A piece has the sums that can be told from its runs; Pss, Locked and Tables are those of whole areas alone.
 * 0 or -ENOMEM.
 */
int labels_cut(const struct labels *labels, struct process *process);

/*
 * Each area that a range lies in, or a part of one, is called as the first of these, with " +N" for N others.
 * 0 or -ENOMEM.
 */
int labels_call(const struct labels *labels, struct process *process);

#endif /* VMAVIEW_LABELS_H */
