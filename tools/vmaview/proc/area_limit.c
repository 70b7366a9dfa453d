// SPDX-License-Identifier: GPL-2.0
/* area_limit.c - in: /proc/sys/vm/max_map_count; out: how many areas a process may have. */
#include <stdio.h>

#include "proc/area_limit.h"

uint64_t area_limit_read(void)
{
	FILE *file = fopen("/proc/sys/vm/max_map_count", "re");
	unsigned long long limit = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%llu", &limit) != 1)
		limit = 0;
	fclose(file);
	return limit;
}
