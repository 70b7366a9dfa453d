/* SPDX-License-Identifier: GPL-2.0 */
/*
 * random.h - dice that fall the same way again: a seed in, numbers out.
 *
 * The seed is VMAVIEW_SEED of the environment, or always the same.  VMAVIEW_ROUNDS makes a test that
 * many times as long.  Not for threads: each that rolls has dice of its own.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* The seed, different for each @player, is said in a line of diagnosis. */
struct dice dice_new(uint64_t player);
/* @usual, times VMAVIEW_ROUNDS; without that, a fifth on a slow kernel. */
unsigned int dice_rounds(unsigned int usual);

uint64_t roll(struct dice *dice);
/* 0 to @limit - 1. */
uint64_t roll_below(struct dice *dice, uint64_t limit);
/* True once in @n times. */
bool roll_once_in(struct dice *dice, unsigned int n);
/* A number at which mistakes like to sit: powers of two and their neighbours, extremes, any. */
uint64_t roll_odd(struct dice *dice);
/* @nr bytes of anything. */
void roll_bytes(struct dice *dice, void *out, unsigned int nr);

#endif
