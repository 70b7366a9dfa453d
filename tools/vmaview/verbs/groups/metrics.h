/* SPDX-License-Identifier: GPL-2.0 */
/* metrics.h - in: processes, or none, which is all, and --by; out: OpenMetrics text, an exit code. */
#ifndef VMAVIEW_METRICS_H
#define VMAVIEW_METRICS_H

struct options;

int metrics_main(struct options *options);

#endif /* VMAVIEW_METRICS_H */
