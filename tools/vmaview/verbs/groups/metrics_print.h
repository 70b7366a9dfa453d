/* SPDX-License-Identifier: GPL-2.0 */
/* metrics_print.h - in: groups; out: gauges in the text that OpenMetrics and Prometheus both take. */
#ifndef VMAVIEW_METRICS_PRINT_H
#define VMAVIEW_METRICS_PRINT_H

#include <stdio.h>

#include "verbs/groups/groups_read.h"

/* What is said beside the groups. */
struct metrics {
	const struct groups *groups;
	const struct group_row *rows;	/* as they are to be shown */
	size_t nr;
	const struct group_row *rest;	/* the sums of all others; NULL: there are none */
	uint64_t areas_limit;		/* of a process; 0: not known */
	double seconds;			/* that it took */
};

/* 0 or -ENOMEM. */
int metrics_print(FILE *file, const struct metrics *metrics);

#endif /* VMAVIEW_METRICS_PRINT_H */
