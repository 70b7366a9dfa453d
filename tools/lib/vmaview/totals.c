// SPDX-License-Identifier: GPL-2.0
/* totals.c - in: areas; out: sums. */
#include <string.h>

#include "vmaview/area_place.h"
#include "vmaview/totals.h"

static uint64_t keys_with_total(void)
{
	uint64_t mask = 0;

	for (int key = 0; key < KEY_NR; key++)
		if (key_rows[key].sum != SUM_NOT)
			mask |= KEY_BIT(key);
	return mask;
}

static void add(struct area *total, const struct area *area)
{
	for (int key = 0; key < KEY_NR; key++) {
		uint64_t value = area_knows(area, key) ? area->value[key] : 0;

		if (key_rows[key].sum == SUM_ADD)
			total->value[key] += value;
		else if (key_rows[key].sum == SUM_MAX && value > total->value[key])
			total->value[key] = value;
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
	memset(total, 0, sizeof(*total));
	total->name = "";
	total->known = keys_with_total();
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		add(total, area);
		if (!area->gate)
			total->known &= area->known;
	}
	total->place = sum_places(process);
}
