/* SPDX-License-Identifier: GPL-2.0 */
/* frame_table.h - in: page frames; out: a number kept for each of them, in as little memory as may be. */
#ifndef VMAVIEW_FRAME_TABLE_H
#define VMAVIEW_FRAME_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Frames of a chunk, and chunks and frames of a leaf. */
#define FRAME_CHUNK 64
#define FRAME_LEAF_CHUNKS 32
#define FRAME_LEAF (FRAME_CHUNK * FRAME_LEAF_CHUNKS)

/* Leaves that are found at once. */
#define FRAME_NEAR 256

struct frame_chunk {
	uint64_t has;			/* bit i: frame i has a number */
	uint32_t *numbers;
};

struct frame_leaf {
	uint64_t place;			/* of its first frame, in leaves */
	uint32_t spread;		/* bit i: in chunk i each number has its place */
	struct frame_chunk chunks[FRAME_LEAF_CHUNKS];
};

/*
 * Frames side by side have their numbers side by side, in words of four bytes.  All of it is 8 bytes a frame
 * at most, but where hardly one in eight has a number.
 */
struct frame_table {
	struct frame_leaf **leaves;		/* open addressing, by the frames that they are for */
	size_t nr_leaves;
	size_t room_leaves;		/* a power of two */
	struct frame_leaf *near[FRAME_NEAR];	/* asked for last, by the lowest bits of their place; or of no frame */
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

/* Bits that are set; popcnt is not in every processor that this is compiled for. */
static inline unsigned int frame_bits(uint64_t bits)
{
	bits -= bits >> 1 & UINT64_C(0x5555555555555555);
	bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
	bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return bits * UINT64_C(0x0101010101010101) >> 56;
}

/* Which leaf a frame is in; of what is no frame, that of none. */
static inline uint64_t frame_place(uint64_t frame)
{
	return frame / FRAME_LEAF;
}

/*
 * The chunk of @frame, if it has all places and is found at once, else NULL: the number is 0 where it has none yet.
 * Whoever gives it one says so in @has, and adds to @frames.  What is no frame is not found.
 */
static inline struct frame_chunk *frame_table_find(const struct frame_table *table, uint64_t frame)
{
	struct frame_leaf *leaf = table->near[frame_place(frame) % FRAME_NEAR];
	const unsigned int index = frame / FRAME_CHUNK % FRAME_LEAF_CHUNKS;

	if (leaf->place != frame_place(frame) || !(leaf->spread >> index & 1))
		return NULL;
	return &leaf->chunks[index];
}

#endif /* VMAVIEW_FRAME_TABLE_H */
