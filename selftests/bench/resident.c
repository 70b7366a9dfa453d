// SPDX-License-Identifier: GPL-2.0
/* resident.c - 1 GiB in 4 KiB pages, alike and not: the stream against smaps_rollup and against pagemap. */
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

/* Where neighbours are not alike. */
static void measure(const char *title, struct place (*build)(size_t size), unsigned int rounds)
{
	static const struct goal faster = { 2.5, ">= 2.5" };
	const struct plan plan = { .build = build, .size = RESIDENT };
	struct scene scene;
	uint64_t hold;
	struct entrant entrant[] = {
		{ .run = stream, .scene = &scene },
		{ .run = rollup, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 2, rounds);
	hold = device_hold(scene.pid);
	scene_end(&scene);
	report_times_table(title);
	report_times("stream, smaps_rollup", &entrant[0], &entrant[1], &faster);
	report_hold(hold);
}

static void measure_as_they_come(unsigned int rounds)
{
	static const struct plan plan = { .build = build_resident, .size = RESIDENT };
	static const struct goal tenfold = { 10, ">= 10" };
	static const struct goal faster = { 2.5, ">= 2.5" };
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
	report_times("stream, smaps_rollup", &entrant[0], &entrant[1], &faster);
	report_times("stream, pagemap + kpagecount + kpageflags", &entrant[0], &entrant[2],
		     &tenfold);
	report_hold(hold);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	measure_as_they_come(rounds);
	measure("1 GiB resident, frames scattered", build_scattered, rounds);
	measure("1 GiB resident, every other page shared with a child", build_half_shared, rounds);
	measure("1 GiB resident, every third page accessed", build_marked, rounds);
	return 0;
}
