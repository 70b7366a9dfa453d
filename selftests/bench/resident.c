// SPDX-License-Identifier: GPL-2.0
/* resident.c - 1 GiB in 4 KiB pages: the stream against smaps_rollup and against pagemap. */
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

static uint64_t stream(const struct scene *scene)
{
	return read_device(scene->pid, NULL);
}

static uint64_t rollup(const struct scene *scene)
{
	return read_proc(scene->pid, SMAPS_ROLLUP);
}

static uint64_t pagemap(const struct scene *scene)
{
	return read_pagemap(scene->pid, &scene->place);
}

int main(int argc, char **argv)
{
	static const struct plan plan = { .build = build_resident, .size = RESIDENT };
	static const struct goal tenfold = { 10, ">= 10" };
	static const struct goal as_fast = { 1, ">= 1" };
	static const struct goal near = { 1 / 1.4, ">= 0.71 (within 1.4x)" };
	unsigned int rounds = rounds_of(argc, argv);
	struct scene scene;
	uint64_t hold;
	struct entrant entrant[] = {
		{ .run = stream, .scene = &scene },
		{ .run = rollup, .scene = &scene },
		{ .run = pagemap, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 3, rounds);
	hold = device_hold(scene.pid);
	scene_end(&scene);
	report_times_table("1 GiB resident in 4 KiB pages");
	report_times("stream, smaps_rollup", &entrant[0], &entrant[1],
		     kernel_before(6, 12) ? &near : &as_fast);
	report_times("stream, pagemap + kpagecount + kpageflags", &entrant[0], &entrant[2],
		     &tenfold);
	report_hold(hold);
	return 0;
}
