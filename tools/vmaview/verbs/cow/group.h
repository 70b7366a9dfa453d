/* SPDX-License-Identifier: GPL-2.0 */
/* group.h - in: processes with their runs; out: who of them maps which memory, and with whom. */
#ifndef VMAVIEW_GROUP_H
#define VMAVIEW_GROUP_H

#include "vmaview/model.h"

/*
 * Of one process, or of one of its areas, in bytes.  A page frame counts once, however often the
 * process maps it: at its lowest address there.  Zero pages and memory without a struct page do not
 * count, but for @debt: there each address counts, whatever is mapped.
 */
struct usage {
	uint64_t mapped;
	uint64_t unique;	/* nobody else of the group maps it */
	uint64_t shared;	/* others of the group do */
	uint64_t debt;		/* Cow_Debt of its areas */
	/* Anonymous memory, page by page beside the parent's at the same address; 0 without a parent. */
	uint64_t same;		/* the parent maps the same page frame there */
	uint64_t copied;	/* the parent maps another one */
	uint64_t fresh;		/* the parent has nothing there */
};

/* Is there anything to say of it? */
static inline bool usage_any(const struct usage *usage)
{
	return usage->mapped || usage->debt;
}

#define NO_PARENT ((size_t)-1)

struct member {
	const struct process *process;
	size_t parent;		/* index in the group; NO_PARENT */
	struct usage sum;
	bool knows_debt;	/* of all of its areas */
	struct usage *areas;	/* as process->areas */
};

struct group {
	struct member *members;
	size_t nr;
	uint64_t total;		/* page frames that any of them maps, each once, in bytes */
	uint64_t outside;	/* of these, mapped by processes outside of the group, too */
	bool knows_outside;
	uint64_t *by;		/* [k]: of these, mapped by k of them; 1 to nr */
	uint64_t *of;		/* [process * (nr + 1) + k]: of what the process maps, by k of them */
	uint64_t *common;	/* [a * nr + b]: bytes that both map */
};

/* @processes have areas with their sums, and runs, in the order of addresses.  0 or -ENOMEM; free it whatever comes. */
int group_fill(struct group *group, const struct process *processes, size_t nr);
void group_free(struct group *group);

/* Once the parents are known: same, copied and fresh. */
void group_compare(struct group *group);

#endif /* VMAVIEW_GROUP_H */
