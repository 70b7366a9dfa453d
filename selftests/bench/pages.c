// SPDX-License-Identifier: GPL-2.0
/* pages.c - single pages of 1 GiB: runs against pagemap and its kin. */
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

static uint64_t runs(const struct scene *scene)
{
	return read_runs(scene->pid);
}

static uint64_t pagemap(const struct scene *scene)
{
	return read_pagemap(scene->pid, &scene->place);
}

static uint64_t stream(const struct scene *scene)
{
	return read_device(scene->pid, NULL);
}

static uint64_t rollup(const struct scene *scene)
{
	return read_proc(scene->pid, SMAPS_ROLLUP);
}

/* Where runs are long they are sums with a record now and then; where each page is one, smaps_rollup is the measure. */
static void measure(const char *title, struct place (*build)(size_t size), bool is_long, unsigned int rounds)
{
	static const struct goal fourfold = { 4, ">= 4" };
	static const struct goal near = { 0.5, ">= 0.5 (within 2x)" };
	const struct plan plan = { .build = build, .size = RESIDENT };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = runs, .scene = &scene },
		{ .run = pagemap, .scene = &scene },
		{ .run = is_long ? stream : rollup, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 3, rounds);
	scene_end(&scene);
	report_times_table(title);
	report_times("runs, pagemap + kpagecount + kpageflags", &entrant[0], &entrant[1], &fourfold);
	report_times(is_long ? "runs, stream" : "runs, smaps_rollup", &entrant[0], &entrant[2], &near);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	measure("Single pages of 1 GiB, frames as they come", build_resident, true, rounds);
	measure("Single pages of 1 GiB, frames scattered", build_scattered, false, rounds);
	measure("Single pages of 1 GiB, every other page shared with a child", build_half_shared, false, rounds);
	measure("Single pages of 1 GiB, every third page accessed", build_marked, false, rounds);
	return 0;
}
