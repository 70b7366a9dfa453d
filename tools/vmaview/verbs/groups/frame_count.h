/* SPDX-License-Identifier: GPL-2.0 */
/*
 * frame_count.h - in: who maps which page frames; out: of each group, and of all, each frame once.
 *
 * Whatever maps a frame belongs to a group, which is a row of the table, and to a process.  A group is made
 * of processes, of areas, or of both: its family is what the processes of it have in common, and all
 * processes of one family come one after the other.  So a frame's past is only what its last family did.
 */
#ifndef VMAVIEW_FRAME_COUNT_H
#define VMAVIEW_FRAME_COUNT_H

#include <stddef.h>
#include <stdint.h>

/* Who maps what follows.  Numbers from 0 on, below FRAME_MANY. */
struct mapper {
	uint32_t group;
	uint32_t family;
	uint32_t process;	/* an address space: those that share one are one */
};

#define FRAME_MANY UINT32_MAX

/* In page frames.  Those that others map, too, are the rest: frames - unique. */
struct frame_sums {
	uint64_t frames;	/* mapped by the group */
	uint64_t unique;	/* and by nobody else */
	uint64_t inside;	/* by two or more processes of it */
};

struct frame_count;

/* NULL without memory. */
struct frame_count *frame_count_new(void);
void frame_count_free(struct frame_count *count);

/*
 * @nr frames from @frame on, each of which is mapped once here and @mapcount times in all; 0: that is not
 * known, and nobody is believed to map it who is not seen.  0 or -ENOMEM.
 */
int frame_count_add(struct frame_count *count, const struct mapper *mapper, uint64_t frame, uint64_t nr,
		    uint32_t mapcount);

/*
 * The same of @nr words of FRAMES records.  What is not known of a mapcount has no page, and is nobody's memory; of a
 * table that processes share each entry is one mapping: that another one has it is sure, how many have is not.
 */
int frame_count_add_words(struct frame_count *count, const struct mapper *mapper, const uint64_t *words, size_t nr);

/* Once all were added: the sums of groups 0 to @nr - 1, and those of all together. */
void frame_count_sums(struct frame_count *count, struct frame_sums *groups, uint32_t nr,
		      struct frame_sums *all);

/* What it takes of memory, and for how many frames. */
uint64_t frame_count_bytes(const struct frame_count *count);
uint64_t frame_count_frames(const struct frame_count *count);

#endif /* VMAVIEW_FRAME_COUNT_H */
