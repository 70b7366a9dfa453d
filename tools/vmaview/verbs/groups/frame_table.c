// SPDX-License-Identifier: GPL-2.0
/*
 * frame_table.c - in: page frames; out: a number kept for each of them.  Pure.
 *
 * 64 frames are a chunk: a bit for each that has a number, and the numbers: each at its place, or, where few frames
 * of many chunks have one, without gaps.  Chunks are in leaves, which are found by hashing.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/frame_table.h"

/* Numbers without gaps are given room for so many, or for twice as many as before. */
#define ROOM_LEAST 4

/* A chunk with more frames than half has all places: 8 bytes a frame at most. */
#define PACKED_MOST (FRAME_CHUNK / 2)

/* And any has, as long as the whole table takes less than that a frame. */
#define SPREAD_BYTES 7

/* Of no frame; nobody writes to it. */
static struct frame_leaf nowhere = { .place = UINT64_MAX };

void frame_table_init(struct frame_table *table)
{
	memset(table, 0, sizeof(*table));
	for (size_t i = 0; i < FRAME_NEAR; i++)
		table->near[i] = &nowhere;
}

void frame_table_free(struct frame_table *table)
{
	for (size_t i = 0; i < table->room_leaves; i++) {
		if (!table->leaves[i])
			continue;
		for (size_t j = 0; j < FRAME_LEAF_CHUNKS; j++)
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
	struct frame_leaf **near = &table->near[place % FRAME_NEAR], *leaf = *near;

	if (leaf->place == place)
		return leaf;
	leaf = table->room_leaves ? *slot_of(table->leaves, table->room_leaves, place) : NULL;
	if (!leaf)
		leaf = new_leaf(table, place);
	if (leaf)
		*near = leaf;
	return leaf;
}

/* Bits @first to @first + @nr - 1; 1 <= nr <= 64 - first. */
static uint64_t mask(unsigned int first, unsigned int nr)
{
	return (~UINT64_C(0) >> (FRAME_CHUNK - nr)) << first;
}

/* Of numbers without gaps. */
static size_t room_for(unsigned int nr)
{
	size_t room = nr ? ROOM_LEAST : 0;

	while (room < nr)
		room *= 2;
	return room;
}

/* From the last to the first, so that each is moved before its place is taken. */
static void make_gaps(struct frame_chunk *chunk, uint64_t has)
{
	unsigned int from = frame_bits(chunk->has), to = frame_bits(has);

	while (to > from) {
		unsigned int bit = FRAME_CHUNK - 1 - __builtin_clzll(has);

		chunk->numbers[--to] = chunk->has >> bit & 1 ? chunk->numbers[--from] : 0;
		has &= ~(UINT64_C(1) << bit);
	}
}

/* Each number goes to its place. */
static int chunk_spread(struct frame_table *table, struct frame_chunk *chunk)
{
	uint32_t *numbers = calloc(FRAME_CHUNK, sizeof(*numbers));
	uint64_t has = chunk->has;
	unsigned int from = 0;

	if (!numbers)
		return -1;
	table->bytes += (FRAME_CHUNK - room_for(frame_bits(has))) * sizeof(*numbers);
	for (; has; has &= has - 1)
		numbers[__builtin_ctzll(has)] = chunk->numbers[from++];
	free(chunk->numbers);
	chunk->numbers = numbers;
	return 0;
}

/* All frames of @wanted have a number then. */
static int chunk_pack(struct frame_table *table, struct frame_chunk *chunk, uint64_t wanted)
{
	uint64_t has = chunk->has | wanted;
	size_t before = room_for(frame_bits(chunk->has)), after = room_for(frame_bits(has));
	uint32_t *numbers = chunk->numbers;

	if (has == chunk->has)
		return 0;
	if (after != before)
		numbers = realloc(numbers, after * sizeof(*numbers));
	if (!numbers)
		return -1;
	chunk->numbers = numbers;
	make_gaps(chunk, has);
	table->bytes += (after - before) * sizeof(*numbers);
	return 0;
}

/* May a chunk in which frames of @has have numbers have all places? */
static bool may_spread(const struct frame_table *table, uint64_t has)
{
	return table->bytes + FRAME_CHUNK * sizeof(uint32_t) <= SPREAD_BYTES * table->frames ||
	       frame_bits(has) > PACKED_MOST;
}

/* Frames of @wanted have numbers then, in the one way or the other. */
static int chunk_add(struct frame_table *table, struct frame_leaf *leaf, unsigned int index, uint64_t wanted)
{
	struct frame_chunk *chunk = &leaf->chunks[index];
	const uint64_t has = chunk->has | wanted;

	if (!(leaf->spread >> index & 1)) {
		const bool spread = may_spread(table, has);

		if (spread ? chunk_spread(table, chunk) : chunk_pack(table, chunk, wanted))
			return -1;
		leaf->spread |= (uint32_t)spread << index;
	}
	table->frames += frame_bits(has) - frame_bits(chunk->has);
	chunk->has = has;
	return 0;
}

uint32_t *frame_table_numbers(struct frame_table *table, uint64_t frame, uint64_t *nr)
{
	unsigned int first = frame % FRAME_CHUNK, index = frame / FRAME_CHUNK % FRAME_LEAF_CHUNKS;
	struct frame_leaf *leaf = find_leaf(table, frame / FRAME_LEAF);
	struct frame_chunk *chunk;

	if (!leaf)
		return NULL;
	if (*nr > FRAME_CHUNK - first)
		*nr = FRAME_CHUNK - first;
	chunk = &leaf->chunks[index];
	if (chunk_add(table, leaf, index, mask(first, *nr)))
		return NULL;
	if (leaf->spread >> index & 1)
		return chunk->numbers + first;
	return chunk->numbers + frame_bits(chunk->has & ((UINT64_C(1) << first) - 1));
}
