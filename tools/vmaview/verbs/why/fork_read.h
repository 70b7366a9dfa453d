/* SPDX-License-Identifier: GPL-2.0 */
/* fork_read.h - in: a process that lives; out: which of its pages a write would copy, and who else has them. */
#ifndef VMAVIEW_FORK_READ_H
#define VMAVIEW_FORK_READ_H

#include "verbs/why/fork_ranges.h"

/*
 * Pages of [@low, @high], both included, of a process with runs: it and those with whom it shares are read for that,
 * area by area.  0, -ENOMEM, or -ESRCH where it cannot be read any more; fork_ranges_free() whatever comes.
 */
int fork_read(struct fork_ranges *ranges, const struct process *process, uint64_t low, uint64_t high);

#endif /* VMAVIEW_FORK_READ_H */
