/* SPDX-License-Identifier: GPL-2.0 */
/* fork_ranges.h - in: pages that a write would copy, who else maps which frames; out: who holds them.  Pure. */
#ifndef VMAVIEW_FORK_RANGES_H
#define VMAVIEW_FORK_RANGES_H

#include "verbs/why/why_ranges.h"

/* What holds first. */
enum fork_reason {
	FORK_MAPPED,		/* others map the page */
	FORK_PART_OF_LARGE,	/* of a large folio, which the kernel looks at as a whole, or always copies */
	FORK_REFERENCES,	/* pins, or what nothing explains */
	FORK_SWAP_CACHE,	/* maybe: its place in swap may be somebody's, too */
	FORK_LRU_BATCH,		/* maybe: until a processor's batch is drained */
	FORK_UFFD_WP,		/* maybe: a userfaultfd is asked first */
	FORK_REASONS
};

extern const char *const fork_words[FORK_REASONS];

/* Another process, and frames that it maps and does not have for itself. */
struct fork_sharer {
	pid_t pid;
	struct fork_extent {
		uint64_t pfn;
		uint64_t nr;
	} *extent;		/* ascending, once fork_sharer_sort() was called */
	size_t nr;
	size_t room;
};

/* Those of an area, by PID. */
struct fork_holders {
	struct fork_sharer *sharer;
	size_t nr;
	size_t room;
};

/* All such frames of @process, a part of that one's memory.  0 or -ENOMEM. */
int fork_sharer_add(struct fork_sharer *sharer, const struct process *process);
void fork_sharer_sort(struct fork_sharer *sharer);

struct fork_ranges {
	struct why_ranges ranges;	/* their holders are pids[range->first] and those that follow */
	pid_t *pids;
	size_t nr_pids;
	size_t room;
	bool knows_holders;		/* the kernel says whose memory is whose */
};

/* Would the next write to such pages copy them, or maybe, because they were forked? */
bool fork_is_shared(const struct vmaview_run *run);

/* Which runs to ask the module for: all of which that may be true. */
extern const struct vmaview_request fork_select;

/* @process has an area with @run, which has frames, and which @holders may share.  0 or -ENOMEM. */
int fork_ranges_add(struct fork_ranges *ranges, const struct process *process, const struct vmaview_run *run,
		    const struct fork_holders *holders);

void fork_ranges_free(struct fork_ranges *ranges);

#endif /* VMAVIEW_FORK_RANGES_H */
