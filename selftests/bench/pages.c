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

static void measure(const char *title, struct place (*build)(size_t size), unsigned int rounds)
{
	static const struct goal fourfold = { 4, ">= 4" };
	const struct plan plan = { .build = build, .size = RESIDENT };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = runs, .scene = &scene },
		{ .run = pagemap, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 2, rounds);
	scene_end(&scene);
	report_times_table(title);
	report_times("runs, pagemap + kpagecount + kpageflags", &entrant[0], &entrant[1], &fourfold);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	measure("Single pages of 1 GiB, frames as they come", build_resident, rounds);
	measure("Single pages of 1 GiB, frames scattered", build_scattered, rounds);
	return 0;
}
