/* SPDX-License-Identifier: GPL-2.0 */
/* fault_times.h - in: durations; out: how many, how long, and how they are spread.  Pure. */
#ifndef VMAVIEW_FAULT_TIMES_H
#define VMAVIEW_FAULT_TIMES_H

#include <stdint.h>

/*
 * struct fault_times - durations in ns, sorted into ranges that double
 * @nr: how many; the next two are 0 where it is 0
 * @sum: of them, in ns
 * @max: the longest, in ns
 * @in_range: of range N those from 2^N up to, but not, 2^(N + 1) ns; the first has 0, too, the last all that is longer
 */
#define FAULT_RANGES 40		/* the last begins at 9 minutes */
struct fault_times {
	uint64_t nr;
	uint64_t sum;
	uint64_t max;
	uint64_t in_range[FAULT_RANGES];
};

void fault_times_add(struct fault_times *times, uint64_t ns);
void fault_times_join(struct fault_times *into, const struct fault_times *times);

/* ns at which range @range begins. */
static inline uint64_t fault_range_start(int range)
{
	return range ? UINT64_C(1) << range : 0;
}

/*
 * How long @percent of 100 of them took at most, in ns, never more than the longest: from the range that it falls into,
 * as if those in it lay at equal distances.  0 where there are none.
 */
uint64_t fault_times_percentile(const struct fault_times *times, unsigned int percent);

#endif /* VMAVIEW_FAULT_TIMES_H */
