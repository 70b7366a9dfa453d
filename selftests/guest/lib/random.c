// SPDX-License-Identifier: GPL-2.0
/* random.c - xorshift64*: nothing but the seed decides. */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "random.h"
#include "result.h"

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

struct dice dice_new(uint64_t player)
{
	uint64_t seed = from_environment("VMAVIEW_SEED", 1);

	if (!player)
		note("VMAVIEW_SEED=%llu", (unsigned long long)seed);
	return (struct dice){ (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (player + 1) * 0xbf58476d1ce4e5b9ULL };
}

unsigned int dice_rounds(unsigned int usual)
{
	unsigned int rounds = from_environment("VMAVIEW_ROUNDS", 0);

	if (rounds)
		return usual * rounds;
	return kernel_is_slow() ? usual / 5 + 1 : usual;
}

uint64_t roll(struct dice *dice)
{
	dice->state ^= dice->state >> 12;
	dice->state ^= dice->state << 25;
	dice->state ^= dice->state >> 27;
	return dice->state * 0x2545f4914f6cdd1dULL;
}

uint64_t roll_below(struct dice *dice, uint64_t limit)
{
	return (roll(dice) >> 11) % limit;
}

bool roll_once_in(struct dice *dice, unsigned int n)
{
	return !roll_below(dice, n);
}

uint64_t roll_odd(struct dice *dice)
{
	uint64_t power = 1ULL << roll_below(dice, 64);

	switch (roll_below(dice, 5)) {
	case 0:
		return power;
	case 1:
		return power - 1;
	case 2:
		return -power;
	case 3:
		return roll_below(dice, 100);
	}
	return roll(dice);
}

void roll_bytes(struct dice *dice, void *out, unsigned int nr)
{
	unsigned char *byte = out;

	while (nr--)
		*byte++ = roll(dice) >> 40;
}
