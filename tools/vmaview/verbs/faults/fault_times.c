// SPDX-License-Identifier: GPL-2.0
/* fault_times.c - in: durations; out: their ranges, and percentiles.  Pure. */
#include "verbs/faults/fault_times.h"

static int range_of(uint64_t ns)
{
	int range = ns ? 63 - __builtin_clzll(ns) : 0;

	return range < FAULT_RANGES ? range : FAULT_RANGES - 1;
}

void fault_times_add(struct fault_times *times, uint64_t ns)
{
	times->nr++;
	times->sum += ns;
	if (ns > times->max)
		times->max = ns;
	times->in_range[range_of(ns)]++;
}

void fault_times_join(struct fault_times *into, const struct fault_times *times)
{
	into->nr += times->nr;
	into->sum += times->sum;
	if (times->max > into->max)
		into->max = times->max;
	for (int range = 0; range < FAULT_RANGES; range++)
		into->in_range[range] += times->in_range[range];
}

/* The @rank-th of those in @range, the first being 1. */
static uint64_t in_range(const struct fault_times *times, int range, uint64_t rank)
{
	uint64_t start = fault_range_start(range), ns;
	uint64_t end = range == FAULT_RANGES - 1 ? times->max : fault_range_start(range + 1);

	ns = start + (double)(end - start) * rank / times->in_range[range];
	return ns < times->max ? ns : times->max;
}

uint64_t fault_times_percentile(const struct fault_times *times, unsigned int percent)
{
	/* The first rank below which that part lies, rounded up. */
	uint64_t rank = times->nr / 100 * percent + (times->nr % 100 * percent + 99) / 100;

	for (int range = 0; range < FAULT_RANGES; range++) {
		if (rank && rank <= times->in_range[range])
			return in_range(times, range, rank);
		rank -= times->in_range[range] < rank ? times->in_range[range] : rank;
	}
	return 0;
}
