// SPDX-License-Identifier: GPL-2.0
/* areas.c - 60,000 areas that touch: the stream and the texts against smaps, smaps_rollup and maps. */
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

static uint64_t stream(const struct scene *scene)
{
	return read_device(scene->pid, NULL);
}

static uint64_t text(const struct scene *scene)
{
	return read_proc(scene->pid, DEBUGFS_AREAS);
}

static uint64_t smaps(const struct scene *scene)
{
	return read_proc(scene->pid, SMAPS);
}

static uint64_t summary(const struct scene *scene)
{
	return read_proc(scene->pid, DEBUGFS_SUMMARY);
}

/* Each two areas are a record: there are no more of them for so many areas. */
static uint64_t seams(const struct scene *scene)
{
	return read_seams(scene->pid);
}

static uint64_t maps(const struct scene *scene)
{
	return read_proc(scene->pid, MAPS);
}

static uint64_t rollup(const struct scene *scene)
{
	return read_proc(scene->pid, SMAPS_ROLLUP);
}

int main(int argc, char **argv)
{
	static const struct plan plan = { .build = build_areas, .size = NR_AREAS };
	static const struct goal tenfold = { 10, ">= 10" };
	static const struct goal per_byte = { 1.5, ">= 1.5, per byte" };
	static const struct goal as_fast = { 1, ">= 1" };
	unsigned int rounds = rounds_of(argc, argv);
	struct scene scene;
	uint64_t hold;
	struct entrant entrant[] = {
		{ .run = stream, .scene = &scene },
		{ .run = text, .scene = &scene },
		{ .run = smaps, .scene = &scene },
		{ .run = summary, .scene = &scene },
		{ .run = rollup, .scene = &scene },
		{ .run = seams, .scene = &scene },
		{ .run = maps, .scene = &scene },
	};

	scene_start(&scene, &plan);
	attach(scene.pid);
	contest(entrant, sizeof(entrant) / sizeof(entrant[0]), rounds);
	detach(scene.pid);
	hold = device_hold(scene.pid);
	scene_end(&scene);
	report_times_table("60,000 areas of one page each");
	report_times("stream, smaps", &entrant[0], &entrant[2], &tenfold);
	report_bytes("text `areas`, smaps", &entrant[1], &entrant[2], &per_byte);
	report_times("text `summary`, smaps_rollup", &entrant[3], &entrant[4], &as_fast);
	report_times("stream of seams, maps", &entrant[5], &entrant[6], &as_fast);
	report_hold(hold);
	return 0;
}
