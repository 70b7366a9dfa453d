// SPDX-License-Identifier: GPL-2.0
/* thp_areas.c - in: status, mountinfo and smaps of a process; out: who of it may have huge pages. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/thp.h"

static FILE *open_of(pid_t thread, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", thread, name);
	return fopen(path, "re");
}

/* Of a kernel without such pages each process has them off, which is no setting of its own. */
static enum thp_process off_of_process(void)
{
	switch (thp_of_kernel()) {
	case THP_KERNEL_HAS:
		return THP_PROCESS_OFF;
	case THP_KERNEL_LACKS:
		return THP_PROCESS_ON;
	case THP_KERNEL_UNKNOWN:
		break;
	}
	return THP_PROCESS_UNKNOWN;
}

enum thp_process thp_of_process(pid_t thread)
{
	enum thp_process found = THP_PROCESS_UNKNOWN;
	FILE *file = open_of(thread, "status");
	char line[4096];
	int on;

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "THP_enabled: %d", &on) == 1) {
			found = on ? THP_PROCESS_ON : off_of_process();
			break;
		}
	if (file)
		fclose(file);
	return found;
}

/* "36 35 0:31 / /mnt rw,noatime shared:1 - tmpfs none rw,size=4k,huge=advise": 0 for another line. */
static enum thp_mode mode_of_mount(const char *line, uint32_t dev_major, uint32_t dev_minor)
{
	static const struct { const char *option; enum thp_mode mode; } options[] = {
		{ "huge=always", THP_ALWAYS }, { "huge=within_size", THP_ALWAYS }, { "huge=advise", THP_MADVISE },
	};
	const char *rest = strstr(line, " - tmpfs ");
	uint32_t major, minor;

	if (!rest || sscanf(line, "%*u %*u %" SCNu32 ":%" SCNu32, &major, &minor) != 2 ||
	    major != dev_major || minor != dev_minor)
		return THP_UNKNOWN;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (strstr(rest, options[i].option))
			return options[i].mode;
	return THP_NEVER;
}

enum thp_mode thp_of_mount(pid_t thread, uint32_t dev_major, uint32_t dev_minor)
{
	FILE *file = open_of(thread, "mountinfo");
	enum thp_mode mode = THP_UNKNOWN;
	char *line = NULL;
	size_t room = 0;

	while (file && mode == THP_UNKNOWN && getline(&line, &room, file) > 0)
		mode = mode_of_mount(line, dev_major, dev_minor);
	free(line);
	if (file)
		fclose(file);
	return mode;
}

bool thp_eligible(pid_t thread, void (*take)(void *context, uint64_t start, bool eligible), void *context)
{
	FILE *file = open_of(thread, "smaps");
	uint64_t start = 0, first, end;
	char *line = NULL;
	size_t room = 0;
	bool any = false;
	int eligible;

	while (file && getline(&line, &room, file) > 0) {
		/* "7f00-7f01 r--p ...", or a key, which may begin as a number does */
		if (sscanf(line, "%" SCNx64 "-%" SCNx64, &first, &end) == 2)
			start = first;
		if (sscanf(line, "THPeligible: %d", &eligible) != 1)
			continue;
		take(context, start, eligible);
		any = true;
	}
	free(line);
	if (file)
		fclose(file);
	return any;
}
