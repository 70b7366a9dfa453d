/* SPDX-License-Identifier: GPL-2.0 */
/* fault_histogram.h - in: rows of faults; out: on stdout, how long those of each took, as bars. */
#ifndef VMAVIEW_FAULT_HISTOGRAM_H
#define VMAVIEW_FAULT_HISTOGRAM_H

#include "command/options.h"
#include "verbs/faults/fault_sums.h"

/* Rows of which no duration is known are left out. */
void fault_histograms(const struct options *options, const struct fault_sums *sums);

#endif /* VMAVIEW_FAULT_HISTOGRAM_H */
