/* SPDX-License-Identifier: GPL-2.0 */
/* clock.h - out: what a clock says. */
#ifndef VMAVIEW_CLOCK_H
#define VMAVIEW_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

static inline double clock_seconds(clockid_t clock)
{
	return clock_ns(clock) / 1e9;
}

#endif /* VMAVIEW_CLOCK_H */
