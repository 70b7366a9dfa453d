// SPDX-License-Identifier: GPL-2.0
/* tools.c - the tool: its time against pmap's, its memory against areas and against pages. */
#include <stdio.h>
#include <unistd.h>

#include "lib/command.h"
#include "lib/contest.h"
#include "lib/report.h"

/* One process is small and its peak varies by a few pages. */
#define SPREAD_KIB 256

static uint64_t vmaview(const struct scene *scene)
{
	return command_run("vmaview", NULL, scene->pid);
}

/* All of it, packed, into memory. */
static uint64_t record(const struct scene *scene)
{
	static const char file[] = "/tmp/bench.vmav";
	uint64_t kib = command_run_with("vmaview", (const char *[]){ "record", "-f", file, NULL }, scene->pid);

	unlink(file);
	return kib;
}

static uint64_t pmap(const struct scene *scene)
{
	return command_run("pmap", "-X", scene->pid);
}

/* KiB at the peak of vmaview, its lowest of some runs, for a process made of @plan. */
static uint64_t peak(const struct plan *plan)
{
	uint64_t lowest = UINT64_MAX;
	struct scene scene;

	scene_start(&scene, plan);
	for (int i = 0; i < 3; i++) {
		uint64_t kib = vmaview(&scene);

		lowest = kib < lowest ? kib : lowest;
	}
	scene_end(&scene);
	return lowest;
}

static void times(unsigned int rounds)
{
	static const struct plan plan = { .build = build_areas, .size = NR_AREAS };
	static const struct goal fivefold = { 5, ">= 5" };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = vmaview, .scene = &scene },
		{ .run = pmap, .scene = &scene },
		{ .run = record, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 3, rounds);
	scene_end(&scene);
	report_times_table("The tool: 60,000 areas of one page each");
	report_times("`vmaview PID`, `pmap -X PID`", &entrant[0], &entrant[1], &fivefold);
	report_times("`vmaview record PID`, `pmap -X PID`", &entrant[2], &entrant[1], &fivefold);
}

static void memory(void)
{
	static const struct plan few_pages = { .build = build_resident, .size = RESIDENT / 64 };
	static const struct plan many_pages = { .build = build_resident, .size = RESIDENT };
	static const struct plan many_areas = { .build = build_areas, .size = NR_AREAS };
	uint64_t few = peak(&few_pages), pages = peak(&many_pages), areas = peak(&many_areas);

	report_table("The tool: its peak resident set", "process\tpeak\ttarget\tverdict");
	report_row("16 MiB resident\t%llu KiB\t\t", (unsigned long long)few);
	report_row("1 GiB resident\t%llu KiB\tas with 16 MiB\t%s", (unsigned long long)pages,
		   verdict(pages <= few + SPREAD_KIB));
	report_row("60,000 areas\t%llu KiB, %llu bytes an area\tgrows with areas\t%s",
		   (unsigned long long)areas, (unsigned long long)((areas - few) * 1024 / NR_AREAS),
		   verdict(areas > few));
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	memory();
	times(rounds / 2 ? rounds / 2 : 1);	/* minutes each where processors are emulated */
	return 0;
}
