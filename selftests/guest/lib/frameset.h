/* SPDX-License-Identifier: GPL-2.0 */
/* frameset.h - pagemap of processes in, the page frames of groups out: counted one by one. */
#ifndef FRAMESET_H
#define FRAMESET_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One page frame as one entry of a process maps it. */
struct frame_use {
	uint64_t pfn;
	unsigned int group;
	pid_t pid;
};

struct frameset {
	struct frame_use *use;
	size_t nr;
	size_t room;
};

/* In page frames. */
struct frame_truth {
	uint64_t frames;
	uint64_t unique;
	uint64_t inside;
};

/*
 * All that pagemap says @pid maps, in areas whose name, as maps has it, has @name in it (NULL: in all), as @group's.
 * Zero pages, what has no struct page, and the vdso are left out.
 */
void frameset_add(struct frameset *set, unsigned int group, pid_t pid, const char *name);

/* Of @group, where whoever maps a frame and is not in the set shows in kpagecount. */
struct frame_truth frameset_group(struct frameset *set, unsigned int group);
/* Of all groups as one. */
struct frame_truth frameset_all(struct frameset *set);

void frameset_free(struct frameset *set);

#endif
