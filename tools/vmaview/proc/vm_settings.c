// SPDX-License-Identifier: GPL-2.0
/* vm_settings.c - in: sysinfo(2), /proc/sys/vm; out: what decides whether memory is swapped out, and moved. */
#include <stdio.h>
#include <sys/sysinfo.h>

#include "proc/vm_settings.h"

/* A kernel without compaction has no such file, and neither has one of which we are not told. */
static bool read_compaction(bool *allowed)
{
	FILE *file = fopen("/proc/sys/vm/compact_unevictable_allowed", "re");
	int number;
	bool read = file && fscanf(file, "%d", &number) == 1;

	if (file)
		fclose(file);
	*allowed = read && number;
	return read;
}

void vm_settings_read(struct vm_settings *settings)
{
	struct sysinfo info;

	*settings = (struct vm_settings){ .knows_swap = !sysinfo(&info) };
	if (settings->knows_swap)
		settings->swap_free = (uint64_t)info.freeswap * info.mem_unit;
	settings->knows_compaction = read_compaction(&settings->compacts_unevictable);
}
