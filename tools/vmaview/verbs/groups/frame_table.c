// SPDX-License-Identifier: GPL-2.0
/*
 * frame_table.c - in: page frames; out: a number kept for each of them.  Pure.
 *
 * 64 frames are a chunk: a bit for each that has a number, and these without gaps.  Chunks are in leaves, which
 * are found by hashing.
 */
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/frame_table.h"

#define CHUNK_FRAMES 64
#define LEAF_CHUNKS 32
#define LEAF_FRAMES (CHUNK_FRAMES * LEAF_CHUNKS)

/* Numbers are given room for so many at a time. */
#define STEP 4

struct chunk {
	uint64_t has;			/* bit i: frame i has a number */
	uint32_t *numbers;
};

struct frame_leaf {
	uint64_t place;			/* of its first frame, in leaves */
	struct chunk chunks[LEAF_CHUNKS];
};

void frame_table_init(struct frame_table *table)
{
	memset(table, 0, sizeof(*table));
}

void frame_table_free(struct frame_table *table)
{
	for (size_t i = 0; i < table->room_leaves; i++) {
		if (!table->leaves[i])
			continue;
		for (size_t j = 0; j < LEAF_CHUNKS; j++)
			free(table->leaves[i]->chunks[j].numbers);
		free(table->leaves[i]);
	}
	free(table->leaves);
	frame_table_init(table);
}

/* Where the leaf of @place is, or would be. */
static struct frame_leaf **slot_of(struct frame_leaf **leaves, size_t room, uint64_t place)
{
	size_t i = (place * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (room - 1);

	while (leaves[i] && leaves[i]->place != place)
		i = (i + 1) & (room - 1);
	return &leaves[i];
}

/* Half of the slots are empty, or more. */
static int make_room(struct frame_table *table)
{
	size_t room = table->room_leaves ? 2 * table->room_leaves : 64;
	struct frame_leaf **leaves;

	if (2 * (table->nr_leaves + 1) <= table->room_leaves)
		return 0;
	leaves = calloc(room, sizeof(*leaves));
	if (!leaves)
		return -1;
	for (size_t i = 0; i < table->room_leaves; i++)
		if (table->leaves[i])
			*slot_of(leaves, room, table->leaves[i]->place) = table->leaves[i];
	free(table->leaves);
	table->leaves = leaves;
	table->bytes += (room - table->room_leaves) * sizeof(*leaves);
	table->room_leaves = room;
	return 0;
}

static struct frame_leaf *new_leaf(struct frame_table *table, uint64_t place)
{
	struct frame_leaf *leaf = make_room(table) ? NULL : calloc(1, sizeof(*leaf));

	if (!leaf)
		return NULL;
	leaf->place = place;
	*slot_of(table->leaves, table->room_leaves, place) = leaf;
	table->nr_leaves++;
	table->bytes += sizeof(*leaf);
	return leaf;
}

static struct frame_leaf *find_leaf(struct frame_table *table, uint64_t place)
{
	struct frame_leaf *leaf = NULL;

	if (table->last && table->last->place == place)
		return table->last;
	if (table->room_leaves)
		leaf = *slot_of(table->leaves, table->room_leaves, place);
	if (!leaf)
		leaf = new_leaf(table, place);
	table->last = leaf;
	return leaf;
}

static unsigned int count(uint64_t bits)
{
	return __builtin_popcountll(bits);
}

/* Bits @first to @first + @nr - 1; 1 <= nr <= 64 - first. */
static uint64_t mask(unsigned int first, unsigned int nr)
{
	return (~UINT64_C(0) >> (CHUNK_FRAMES - nr)) << first;
}

static size_t room_for(unsigned int nr)
{
	return (nr + STEP - 1) / STEP * STEP;
}

/* From the last to the first, so that each is moved before its place is taken. */
static void spread(struct chunk *chunk, uint64_t has)
{
	unsigned int from = count(chunk->has), to = count(has);

	while (to > from) {
		unsigned int bit = CHUNK_FRAMES - 1 - __builtin_clzll(has);

		chunk->numbers[--to] = chunk->has >> bit & 1 ? chunk->numbers[--from] : 0;
		has &= ~(UINT64_C(1) << bit);
	}
}

/* All frames of @wanted have a number then. */
static int chunk_add(struct frame_table *table, struct chunk *chunk, uint64_t wanted)
{
	uint64_t has = chunk->has | wanted;
	size_t before = room_for(count(chunk->has)), after = room_for(count(has));
	uint32_t *numbers = chunk->numbers;

	if (has == chunk->has)
		return 0;
	if (after != before)
		numbers = realloc(numbers, after * sizeof(*numbers));
	if (!numbers)
		return -1;
	chunk->numbers = numbers;
	spread(chunk, has);
	table->bytes += (after - before) * sizeof(*numbers);
	table->frames += count(has) - count(chunk->has);
	chunk->has = has;
	return 0;
}

uint32_t *frame_table_numbers(struct frame_table *table, uint64_t frame, uint64_t *nr)
{
	struct frame_leaf *leaf = find_leaf(table, frame / LEAF_FRAMES);
	unsigned int first = frame % CHUNK_FRAMES;
	struct chunk *chunk;

	if (!leaf)
		return NULL;
	if (*nr > CHUNK_FRAMES - first)
		*nr = CHUNK_FRAMES - first;
	chunk = &leaf->chunks[frame / CHUNK_FRAMES % LEAF_CHUNKS];
	if (chunk_add(table, chunk, mask(first, *nr)))
		return NULL;
	return chunk->numbers + count(chunk->has & ((UINT64_C(1) << first) - 1));
}
