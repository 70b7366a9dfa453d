// SPDX-License-Identifier: GPL-2.0
/* totals.c - in: areas; out: sums. */
#include <string.h>

#include "vmaview/area_place.h"
#include "vmaview/totals.h"

static uint64_t keys_with(enum key_sum sum)
{
	uint64_t mask = 0;

	for (int key = 0; key < KEY_NR; key++)
		if (key_rows[key].sum == sum)
			mask |= KEY_BIT(key);
	return mask;
}

/* Of all keys, which takes less time than to ask each for its total: what is not known of an area is kept as 0. */
static void add(uint64_t *sums, const struct area *area)
{
	for (int key = 0; key < KEY_NR; key++)
		sums[key] += area->value[key];
}

static void raise_highest(uint64_t *highest, const struct area *area, uint64_t keys)
{
	for (; keys; keys &= keys - 1) {
		int key = __builtin_ctzll(keys);

		if (area->value[key] > highest[key])
			highest[key] = area->value[key];
	}
}

/* That of the process is where it is kept: a sum of all areas has no other. */
static struct area_place *sum_places(const struct process *process)
{
	struct area_place *total = process->total_place;

	if (!total)
		return NULL;
	place_clear(total);
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		if (area->place)
			place_add(total, area->place);
		else if (!area->gate)
			return NULL;
	}
	return total;
}

void totals_sum(const struct process *process, struct area *total)
{
	uint64_t sums = keys_with(SUM_ADD), most = keys_with(SUM_MAX);
	uint64_t highest[KEY_NR] = { 0 };

	memset(total, 0, sizeof(*total));
	total->name = "";
	total->known = sums | most;
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		add(total->value, area);
		raise_highest(highest, area, most);
		if (!area->gate)
			total->known &= area->known;
	}
	for (int key = 0; key < KEY_NR; key++)
		if (!(sums >> key & 1))
			total->value[key] = highest[key];
	total->place = sum_places(process);
}
