/* SPDX-License-Identifier: GPL-2.0 */
/* top_frame.h - what is shown at one moment: processes, the areas of one, or the pages of one of these. */
#ifndef VMAVIEW_TOP_FRAME_H
#define VMAVIEW_TOP_FRAME_H

#include "columns/columns.h"
#include "vmaview/kind.h"

enum top_level {
	TOP_PROCESSES,
	TOP_AREAS,
	TOP_PAGES,
	TOP_LEVEL_NR
};

/* Of a process, or area, since the frame before. */
enum top_change {
	TOP_SAME,
	TOP_NEW,
	TOP_GREW,
	TOP_SHRANK,
	TOP_GONE,		/* in one frame more, as it was */
};

/* What is kept of a process, once its areas have been added up. */
struct top_process {
	pid_t pid;
	pid_t parent;
	uint64_t started;
	char *comm;
	char *title;
	struct area total;
	size_t nr_areas;
	uint64_t grown;		/* bytes in memory and in swap, since the frame before: one of them is 0 */
	uint64_t shrunk;
	bool knows_grown;
};

struct top_line {
	uint64_t key;		/* the PID, or where it starts */
	enum top_change change;
	struct cell cell;	/* as the columns of its level know it */
};

struct top_frame {
	enum top_level level;
	struct top_line *lines;		/* by key, then those that are gone */
	size_t nr;
	size_t nr_live;			/* without these */
	size_t room;
	struct top_process *processes;	/* of TOP_PROCESSES: those of the lines, in their order */
	size_t nr_processes;
	struct process process;		/* of the others: whose areas or pages they are */
	bool has_process;
	uint64_t present[KIND_OF_NR];	/* bytes in memory, by kind; of all that is shown but pages */
	size_t unreadable;
	size_t ended;
	double began;			/* seconds of the wall's clock */
	double cost;			/* seconds of a processor that reading it took */
	bool from_proc;			/* without the module */
	char why[200];			/* words, where it could not be read */
};

void top_frame_free(struct top_frame *frame);

/*
 * Marks what has changed since @before, of the same level and process, and adds what is gone since; @before has to
 * stay as long as that.  Lines are by key; @frame has none of its own that is gone.  0 or -ENOMEM.
 */
int top_frame_compare(struct top_frame *frame, const struct top_frame *before);

/* Bytes in memory, huge pages included, and in swap; false: not known. */
bool top_footprint(const struct area *area, uint64_t *bytes);

#endif /* VMAVIEW_TOP_FRAME_H */
