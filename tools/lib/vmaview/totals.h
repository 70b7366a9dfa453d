/* SPDX-License-Identifier: GPL-2.0 */
/* totals.h - in: areas; out: one pseudo area with the sums, and maxima, of their numbers. */
#ifndef VMAVIEW_TOTALS_H
#define VMAVIEW_TOTALS_H

#include "vmaview/model.h"

/*
 * A number is known of the total if it is known of every area that is part of the address space;
 * the gate area is not, and adds what is known of it.
 */
void totals_sum(const struct process *process, struct area *total);

#endif /* VMAVIEW_TOTALS_H */
