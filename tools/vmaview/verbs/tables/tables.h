/* SPDX-License-Identifier: GPL-2.0 */
/* tables.h - in: options; out: page tables of processes, and structures of the kernel. */
#ifndef VMAVIEW_TABLES_H
#define VMAVIEW_TABLES_H

#include "command/options.h"

int tables_main(struct options *options);

#endif /* VMAVIEW_TABLES_H */
