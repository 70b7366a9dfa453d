// SPDX-License-Identifier: GPL-2.0
/* map_heat.c - in: a word and areas; out: how much of that there is in each, or in each cell of a picture. */
#include <string.h>

#include "verbs/map/map_cells.h"
#include "verbs/map/map_heat.h"

const char *const map_heat_names[HEAT_NR] = {
	[HEAT_PRESENT] = "present",
	[HEAT_SWAP] = "swap",
	[HEAT_DEBT] = "debt",
	[HEAT_SHARED] = "shared",
	[HEAT_REFCOUNT] = "refcount",
	[HEAT_MAPCOUNT] = "mapcount",
};

const char *const map_heat_words[HEAT_NR] = {
	[HEAT_PRESENT] = "tenths of what is mapped are present",
	[HEAT_SWAP] = "tenths of what is mapped are in swap",
	[HEAT_DEBT] = "tenths of what is mapped would be new memory if what is present were written",
	[HEAT_SHARED] = "tenths of what is present are others' by Pss",
	[HEAT_REFCOUNT] = "times one and the highest refcount can be halved",
	[HEAT_MAPCOUNT] = "times one and the highest mapcount can be halved",
};

enum map_heat map_heat_find(const char *name)
{
	enum map_heat heat = 0;

	while (heat < HEAT_NR && strcmp(map_heat_names[heat], name))
		heat++;
	return heat;
}

static bool is_count(enum map_heat heat)
{
	return heat == HEAT_REFCOUNT || heat == HEAT_MAPCOUNT;
}

static bool part(const struct area *area, enum key key, enum key of, double *value)
{
	if (!area_knows(area, key) || !area_knows(area, of) || !area_get(area, of))
		return false;
	*value = (double)area_get(area, key) / area_get(area, of);
	return true;
}

static bool part_present(const struct area *area, double *value)
{
	uint64_t bytes;

	if (!map_present(area, &bytes))
		return false;
	*value = (double)bytes / (area->end - area->start);
	return true;
}

/* In the middle of its step: how often one and it can be halved. */
static double logarithm(uint64_t count)
{
	return count == UINT64_MAX ? 1 : (63 - __builtin_clzll(count + 1) + 0.5) / HEAT_STEPS;
}

/* From 0 to 1, or more; of counts in tenths, too.  False: not known, or there is nothing that it could be of. */
static bool value_of(enum map_heat heat, const struct area *area, double *value)
{
	enum key count = heat == HEAT_REFCOUNT ? KEY_REFCOUNT_MAX : KEY_MAPCOUNT_MAX;

	switch (heat) {
	case HEAT_PRESENT:
		return part_present(area, value);
	case HEAT_SWAP:
		return part(area, KEY_SWAP, KEY_SIZE, value);
	case HEAT_DEBT:
		return part(area, KEY_COW_DEBT, KEY_SIZE, value);
	case HEAT_SHARED:
		if (!part(area, KEY_PSS, KEY_RSS, value))
			return false;
		*value = 1 - *value;
		return true;
	default:
		*value = logarithm(area_get(area, count));
		return area_knows(area, count);
	}
}

static int step_of(double value)
{
	return value <= 0 ? 0 : value >= 1 ? HEAT_STEPS - 1 : (int)(value * HEAT_STEPS);
}

int map_heat_of(enum map_heat heat, const struct area *area)
{
	double value;

	return value_of(heat, area, &value) ? step_of(value) : HEAT_UNKNOWN;
}

/* What is known of a cell so far. */
struct sum {
	enum map_heat heat;
	uint64_t mapped;
	uint64_t known;
	double value;		/* sum by bytes, or the highest */
};

static void add(void *context, const struct area *area, uint64_t length)
{
	struct sum *sum = context;
	double value;

	sum->mapped += length;
	if (!value_of(sum->heat, area, &value))
		return;
	sum->known += length;
	if (!is_count(sum->heat))
		sum->value += value * length;
	else if (value > sum->value)
		sum->value = value;
}

static int step_of_sum(const struct sum *sum)
{
	if (!sum->known)
		return sum->mapped ? HEAT_UNKNOWN : HEAT_NOTHING;
	return step_of(is_count(sum->heat) ? sum->value : sum->value / sum->known);
}

void map_heat_cells(enum map_heat heat, const struct process *process, const struct map_scale *scale,
		    const struct map_row *row, int *steps)
{
	struct map_cursor cursor = map_cursor_begin(process, scale, row);

	for (unsigned int i = 0; i < scale->cells; i++) {
		struct sum sum = { .heat = heat };

		map_cursor_next(&cursor, add, &sum);
		steps[i] = step_of_sum(&sum);
	}
}

/* Blue to red, dark on bright: the digit says it, too. */
const char *map_heat_color(int step)
{
	static const char *const colors[HEAT_STEPS] = {
		"\033[97;44m", "\033[97;44m", "\033[30;104m", "\033[30;46m", "\033[30;106m",
		"\033[30;42m", "\033[30;102m", "\033[30;43m", "\033[30;101m", "\033[97;41m",
	};

	return step >= 0 ? colors[step] : NULL;
}
