/* SPDX-License-Identifier: GPL-2.0 */
/* groups_read.h - in: which processes, and what they are grouped by; out: their groups, each frame counted once. */
#ifndef VMAVIEW_GROUPS_READ_H
#define VMAVIEW_GROUPS_READ_H

#include "command/options.h"
#include "proc/memory.h"
#include "verbs/groups/group_rows.h"
#include "verbs/missing.h"

struct groups {
	struct group_rows rows;
	struct process source;		/* of the first that was read: without areas */
	bool exact_pss;			/* mapcounts are those of pages */
	unsigned int moment;		/* of a saved file, which; 0: of none */
	size_t read;			/* processes that were */
	struct missing missing;
	size_t changed;			/* were something else by the time they were read */
	size_t twins;			/* that have the address space of another one */
	uint64_t elapsed;		/* ns in the module */
	double seconds;			/* that all of it took */
	uint64_t longest_hold;
	bool has_machine;
	struct memory machine;
	uint64_t unmapped;		/* bytes of the total that are of objects, and that nobody maps */
	uint64_t table_bytes;		/* what counting frames took */
};

/* EXIT_DONE, or the code to stop with, all having been said.  groups_free() whatever comes. */
int groups_read(struct groups *groups, const struct options *options, const struct group_by *by);
void groups_free(struct groups *groups);

/* The exit code once all is shown. */
int groups_exit_code(const struct groups *groups);

#endif /* VMAVIEW_GROUPS_READ_H */
