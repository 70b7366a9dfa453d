// SPDX-License-Identifier: GPL-2.0
/* stats.c - counters in, the file stats out.  Any context; no lock. */
#include <linux/seq_file.h>

#include "self/stats.h"

struct vmaview_stats vmaview_stats;

void vmaview_stats_hold(u64 ns)
{
	s64 longest = atomic64_read(&vmaview_stats.longest_hold_ns);

	while ((s64)ns > longest &&
	       !atomic64_try_cmpxchg(&vmaview_stats.longest_hold_ns, &longest, ns))
		;
}

int vmaview_stats_show(struct seq_file *seq, void *unused)
{
#define X(name, key) seq_printf(seq, "%s: %lld\n", key, (s64)atomic64_read(&vmaview_stats.name));
	VMAVIEW_STATS(X)
	seq_printf(seq, "Longest_Hold_Ns: %lld\n", (s64)atomic64_read(&vmaview_stats.longest_hold_ns));
	VMAVIEW_RACES(X)
#undef X
	return 0;
}
