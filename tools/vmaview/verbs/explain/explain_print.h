/* SPDX-License-Identifier: GPL-2.0 */
/* explain_print.h - in: answers; out: lines of text. */
#ifndef VMAVIEW_EXPLAIN_PRINT_H
#define VMAVIEW_EXPLAIN_PRINT_H

#include "command/options.h"
#include "verbs/explain/explanation.h"

/* 0 or -ENOMEM. */
int explain_print(const struct options *options, const struct explanation *explanation);

#endif /* VMAVIEW_EXPLAIN_PRINT_H */
