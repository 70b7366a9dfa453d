/* SPDX-License-Identifier: GPL-2.0 */
/* fault_print.h - in: rows of faults; out: tables, lines or JSON on stdout. */
#ifndef VMAVIEW_FAULT_PRINT_H
#define VMAVIEW_FAULT_PRINT_H

#include "command/options.h"
#include "verbs/faults/fault_sums.h"

/* Chooses columns where -o did not, and says who it is, or the headings of a stream. */
int fault_print_begin(struct options *options, const struct process *process);

/* One fault of a stream: a line, or a JSON object in a line. */
void fault_print_row(const struct options *options, const struct fault_row *row);

/* What an interval had that ended at @time, ns since the beginning.  0 or -ENOMEM, as the next. */
int fault_print_interval(struct options *options, struct fault_sums *sums, uint64_t time);

/* All of it, at the end. */
int fault_print_total(const struct options *options, const struct process *process,
		      struct fault_sums *sums, uint64_t time);

#endif /* VMAVIEW_FAULT_PRINT_H */
