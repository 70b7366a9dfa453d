// SPDX-License-Identifier: GPL-2.0
/* map_size.c - in: bytes; out: "64K" or "1.5G". */
#include <inttypes.h>

#include "verbs/map/map_size.h"

void map_print_size(FILE *file, uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	int unit = 0;

	while (unit < 6 && bytes >> (10 * unit) >= 1024)
		unit++;
	if (bytes & ((1ULL << (10 * unit)) - 1))
		fprintf(file, "%.1f%c", (double)bytes / (1ULL << (10 * unit)), units[unit]);
	else
		fprintf(file, "%" PRIu64 "%c", bytes >> (10 * unit), units[unit]);
}
