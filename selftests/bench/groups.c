// SPDX-License-Identifier: GPL-2.0
/* groups.c - `vmaview groups` of a whole machine against reading smaps_rollup of each process; and its memory. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/command.h"
#include "lib/contest.h"
#include "lib/die.h"
#include "lib/report.h"

#define SHARERS 199
#define OWNERS 64

static uint64_t groups(const struct scene *scene)
{
	(void)scene;
	return command_run_alone("vmaview", (const char *[]){ "groups", NULL });
}

/* One after the other; of a kernel thread it cannot be read. */
static uint64_t rollups(const struct scene *scene)
{
	static char buffer[4096];
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	uint64_t sum = 0;

	(void)scene;
	while (proc && (entry = readdir(proc))) {
		char path[300];
		ssize_t got;
		int fd;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/smaps_rollup", entry->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		while (fd >= 0 && (got = read(fd, buffer, sizeof(buffer))) > 0)
			sum += got;
		if (fd >= 0)
			close(fd);
	}
	if (!proc)
		die("no /proc");
	closedir(proc);
	return sum;
}

/* KiB that it takes more than for a process that has next to nothing. */
static uint64_t memory(void)
{
	uint64_t least = command_run_with("vmaview", (const char *[]){ "groups", NULL }, 1);
	uint64_t peak = command_run_alone("vmaview", (const char *[]){ "groups", NULL });

	return peak > least ? peak - least : 0;
}

static void measure(const char *title, const struct plan *plan, uint64_t frames, unsigned int rounds)
{
	static const struct goal same = { 1, ">= 1" };
	uint64_t kib;
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = groups, .scene = &scene },
		{ .run = rollups, .scene = &scene },
	};

	scene_start(&scene, plan);
	contest(entrant, 2, rounds);
	kib = memory();
	scene_end(&scene);
	report_times_table(title);
	report_times("`vmaview groups`, smaps_rollup of all", &entrant[0], &entrant[1], &same);
	report_row("peak memory of the tool, a distinct frame\t%.1f bytes\t\t\t<= 8, and its processes\t%s",
		   kib * 1024.0 / frames, verdict(kib * 1024.0 / frames <= 8));
}

int main(int argc, char **argv)
{
	static const struct plan shared = { .build = build_sharers, .size = SHARERS };
	static const struct plan owned = { .build = build_owners, .size = OWNERS };
	unsigned int rounds = rounds_of(argc, argv);

	measure("Groups: 200 processes that map the same 256 MiB", &shared, (256UL << 20) / PAGE, rounds);
	measure("Groups: 64 processes with 64 MiB of their own, scattered", &owned, OWNERS * (64UL << 20) / PAGE,
		rounds);
	return 0;
}
