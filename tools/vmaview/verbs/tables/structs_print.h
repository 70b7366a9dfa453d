/* SPDX-License-Identifier: GPL-2.0 */
/* structs_print.h - in: structures; out: their sizes, or all their members, on stdout. */
#ifndef VMAVIEW_STRUCTS_PRINT_H
#define VMAVIEW_STRUCTS_PRINT_H

#include "command/options.h"
#include "read/structs.h"

/* A line each. */
void structs_print_sizes(const struct structs *structs);

/* A table of all members.  0 or -ENOMEM. */
int structs_print_members(const struct options *options, const struct structs *structs);

#endif /* VMAVIEW_STRUCTS_PRINT_H */
