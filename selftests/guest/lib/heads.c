// SPDX-License-Identifier: GPL-2.0
/* heads.c - areas and maps of a process, line by line. */
#include <stdio.h>
#include <string.h>

#include "door.h"
#include "heads.h"
#include "result.h"

/* maps of @pid without its last line where that is the gate area's, which no module can see. */
static bool read_maps(pid_t pid, struct bytes *out)
{
	char path[32], *gate;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	if (slurp(path, out))
		return false;
	gate = strstr(out->data, "[vsyscall]\n");
	while (gate && gate > out->data && gate[-1] != '\n')
		gate--;
	if (gate)
		*gate = '\0';
	return true;
}

bool heads_equal(pid_t pid, const struct area_list *list)
{
	struct bytes maps;
	char *line = NULL;
	size_t i = 0;
	bool same = true;

	if (!read_maps(pid, &maps))
		return false;
	for (line = strtok(maps.data, "\n"); line && same; line = strtok(NULL, "\n"), i++) {
		same = i < list->nr && !strcmp(line, list->area[i].head);
		if (!same)
			note("pid %d: expected \"%s\", got \"%s\"", pid, line,
			     i < list->nr ? list->area[i].head : "(nothing)");
	}
	same &= i == list->nr;
	bytes_free(&maps);
	return same;
}

bool heads_equal_maps(pid_t pid)
{
	struct area_list list;
	bool same;

	door_areas(pid, &list);
	same = heads_equal(pid, &list);
	area_list_free(&list);
	return same;
}
