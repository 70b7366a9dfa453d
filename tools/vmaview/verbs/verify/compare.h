/* SPDX-License-Identifier: GPL-2.0 */
/* compare.h - in: two accounts of one process; out: where they differ. */
#ifndef VMAVIEW_COMPARE_H
#define VMAVIEW_COMPARE_H

#include "vmaview/model.h"

enum witness {
	WITNESS_MAPS,
	WITNESS_SMAPS,
	WITNESS_PMAP,
};

extern const char *const witness_name[];

struct difference {
	enum witness witness;
	uint64_t address;	/* of the area */
	const char *key;
	char ours[96];
	char theirs[96];
};

struct differences {
	struct difference *list;
	size_t nr;
	size_t room;
	size_t values;		/* how many were compared */
	bool failed;		/* out of memory: the list is not whole */
};

/*
 * What @witness says of the areas of @ours.  Of maps, the head lines count; of smaps, the keys
 * that both know, and VmFlags; of pmap, what it prints.  Gate areas do not count.
 */
void compare(struct differences *differences, const struct process *ours,
	     const struct process *theirs, enum witness witness);

/* Keep of @differences what is in @again too. */
void differences_confirm(struct differences *differences, const struct differences *again);
void differences_free(struct differences *differences);

#endif /* VMAVIEW_COMPARE_H */
