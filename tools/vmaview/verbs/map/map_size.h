/* SPDX-License-Identifier: GPL-2.0 */
/* map_size.h - in: bytes; out: "64K" or "1.5G". */
#ifndef VMAVIEW_MAP_SIZE_H
#define VMAVIEW_MAP_SIZE_H

#include <stdint.h>
#include <stdio.h>

/* In powers of 1024, one digit after the point where it is not exact. */
void map_print_size(FILE *file, uint64_t bytes);

#endif /* VMAVIEW_MAP_SIZE_H */
