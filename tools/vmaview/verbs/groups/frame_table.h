/* SPDX-License-Identifier: GPL-2.0 */
/* frame_table.h - in: page frames; out: a number kept for each of them, in as little memory as may be. */
#ifndef VMAVIEW_FRAME_TABLE_H
#define VMAVIEW_FRAME_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct frame_leaf;

/*
 * Frames side by side have their numbers side by side, and those that nobody asked for have none: a word of
 * four bytes a frame, some room to grow, and a quarter of a byte to find it.
 */
struct frame_table {
	struct frame_leaf **leaves;		/* open addressing, by the frames that they are for */
	size_t nr_leaves;
	size_t room_leaves;		/* a power of two */
	struct frame_leaf *last;		/* the one that was asked for last */
	uint64_t frames;		/* that have a number */
	size_t bytes;			/* of all of this */
};

void frame_table_init(struct frame_table *table);
void frame_table_free(struct frame_table *table);

/*
 * The numbers of @frame and of those after it, at most *@nr of them: *@nr says how many there are in one piece,
 * at least 1.  A new one is 0.  NULL without memory.  Valid until the next call.
 */
uint32_t *frame_table_numbers(struct frame_table *table, uint64_t frame, uint64_t *nr);

#endif /* VMAVIEW_FRAME_TABLE_H */
