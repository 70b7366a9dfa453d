// SPDX-License-Identifier: GPL-2.0
/* fault_times.c - durations: their ranges, percentiles, and what two of them come to. */
#include <string.h>

#include "verbs/faults/fault_times.h"

#include "ktap.h"

static bool none(void)
{
	struct fault_times times = { .nr = 0 };

	return !fault_times_percentile(&times, 50) && !fault_times_percentile(&times, 99);
}

/* Ranges end where the next begins; what is shorter, or longer, than all of them is in the first or the last. */
static bool ranges(void)
{
	struct fault_times times = { .nr = 0 };
	bool good;

	fault_times_add(&times, 0);
	fault_times_add(&times, 1);
	fault_times_add(&times, 2);
	fault_times_add(&times, 1023);
	fault_times_add(&times, 1024);
	fault_times_add(&times, UINT64_MAX);
	good = times.nr == 6 && times.max == UINT64_MAX && times.in_range[0] == 2 && times.in_range[1] == 1;
	good = good && times.in_range[9] == 1 && times.in_range[10] == 1 && times.in_range[FAULT_RANGES - 1] == 1;
	return good && fault_range_start(0) == 0 && fault_range_start(10) == 1024;
}

static bool one(void)
{
	struct fault_times times = { .nr = 0 };

	fault_times_add(&times, 1500);
	return fault_times_percentile(&times, 50) == 1500 && fault_times_percentile(&times, 99) == 1500;
}

/* Of 100 that lie evenly in a range the N-th of them is where it would be. */
static bool even(void)
{
	struct fault_times times = { .nr = 0 };

	for (int i = 0; i < 1024; i++)
		fault_times_add(&times, 1024 + i);
	return fault_times_percentile(&times, 50) == 1536 && fault_times_percentile(&times, 99) == 2038 &&
	       fault_times_percentile(&times, 100) == 2047;
}

/* 98 short ones and two long ones: half are short, 99 of 100 are not. */
static bool tail(void)
{
	struct fault_times times = { .nr = 0 };

	for (int i = 0; i < 98; i++)
		fault_times_add(&times, 100);
	fault_times_add(&times, 1 << 20);
	fault_times_add(&times, 1 << 20);
	return fault_times_percentile(&times, 50) < 128 && fault_times_percentile(&times, 98) <= 128 &&
	       fault_times_percentile(&times, 99) == 1 << 20;
}

static bool longest_range(void)
{
	struct fault_times times = { .nr = 0 };

	fault_times_add(&times, UINT64_C(1) << 50);
	fault_times_add(&times, UINT64_C(3) << 50);
	return fault_times_percentile(&times, 50) <= UINT64_C(3) << 50 &&
	       fault_times_percentile(&times, 50) >= UINT64_C(1) << (FAULT_RANGES - 1) &&
	       fault_times_percentile(&times, 99) == UINT64_C(3) << 50;
}

static bool joined(void)
{
	struct fault_times times = { .nr = 0 }, more = { .nr = 0 }, all = { .nr = 0 };

	for (uint64_t ns = 1; ns < 100000; ns *= 3) {
		fault_times_add(ns % 2 ? &times : &more, ns);
		fault_times_add(&more, ns * 2);
		fault_times_add(&all, ns);
		fault_times_add(&all, ns * 2);
	}
	fault_times_join(&times, &more);
	return !memcmp(&times, &all, sizeof(all));
}

static const struct ktap_test tests[] = {
	{ "of none there is no percentile", none },
	{ "a range is from a power of two up to, but not, the next", ranges },
	{ "of one each percentile is that one", one },
	{ "in a range they are taken to lie evenly", even },
	{ "few long ones are in the last percents alone", tail },
	{ "the last range ends with the longest", longest_range },
	{ "two together are what all at once would be", joined },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
