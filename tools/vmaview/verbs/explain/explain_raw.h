/* SPDX-License-Identifier: GPL-2.0 */
/* explain_raw.h - in: answers; out: unaligned cells. */
#ifndef VMAVIEW_EXPLAIN_RAW_H
#define VMAVIEW_EXPLAIN_RAW_H

#include "command/options.h"
#include "verbs/explain/explanation.h"

/* 0 or -ENOMEM. */
int explain_print_raw(const struct options *options, const struct explanation *explanation);

#endif /* VMAVIEW_EXPLAIN_RAW_H */
