// SPDX-License-Identifier: GPL-2.0
/* numa_policy.c - in: /proc/PID/numa_maps; out: what of each area is on a node that its memory policy does not name. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/numa_policy.h"
#include "vmaview/area_place.h"

/* "0", "0-1", "0,2"; a kernel without NUMA has no such file. */
static bool has_one_node(void)
{
	FILE *file = fopen("/sys/devices/system/node/has_memory", "re");
	char line[256] = "";
	bool read = file && fgets(line, sizeof(line), file);

	if (file)
		fclose(file);
	return !file || (read && !strpbrk(line, "-,"));
}

static void set_nothing(struct process *process)
{
	for (size_t i = 0; i < process->nr_areas; i++)
		if (process->areas[i].place)
			process->areas[i].place->knows_remote = true;
}

/* "7f0011223000 bind:0 file=/a anon=1 N0=1 kernelpagesize_kB=4", in the order of addresses. */
static void take_line(struct process *process, const char *line)
{
	struct place_policy policy;
	const struct area *area;
	uint64_t start;
	int used = 0;

	if (sscanf(line, "%" SCNx64 " %n", &start, &used) != 1 || !used || !place_parse_policy(&policy, line + used))
		return;
	area = process_find_area(process, start);
	if (area && area->place)
		place_apply_policy(area->place, &policy);
}

void numa_policies_add(struct process *process)
{
	char path[32], *line = NULL;
	size_t room = 0;
	FILE *file;

	if (has_one_node()) {
		set_nothing(process);
		return;
	}
	snprintf(path, sizeof(path), "/proc/%d/numa_maps", process->thread);
	file = fopen(path, "re");
	while (file && getline(&line, &room, file) > 0)
		take_line(process, line);
	free(line);
	if (file)
		fclose(file);
}
