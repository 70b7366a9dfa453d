// SPDX-License-Identifier: GPL-2.0
/* areas.c - 60,000 areas: the stream, the text and the tool against smaps and pmap. */
#include "lib/command.h"
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

#define NR_AREAS 60000

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

static uint64_t tool(const struct scene *scene)
{
	return command_run("vmaview", NULL, scene->pid);
}

static uint64_t pmap(const struct scene *scene)
{
	return command_run("pmap", "-X", scene->pid);
}

static void kernel_side(const struct scene *scene, unsigned int rounds)
{
	static const struct goal tenfold = { 10, ">= 10" };
	static const struct goal as_fast = { 1, ">= 1, per byte" };
	struct entrant entrant[] = {
		{ .run = stream, .scene = scene },
		{ .run = text, .scene = scene },
		{ .run = smaps, .scene = scene },
	};

	attach(scene->pid);
	contest(entrant, 3, rounds);
	detach(scene->pid);
	report_times("stream, smaps", &entrant[0], &entrant[2], &tenfold);
	report_bytes("text `areas`, smaps", &entrant[1], &entrant[2], &as_fast);
}

static void tools(const struct scene *scene, unsigned int rounds)
{
	static const struct goal fivefold = { 5, ">= 5" };
	struct entrant entrant[] = {
		{ .run = tool, .scene = scene },
		{ .run = pmap, .scene = scene },
	};

	contest(entrant, 2, (rounds + 1) / 2);	/* many seconds each */
	report_times("`vmaview PID`, `pmap -X PID`", &entrant[0], &entrant[1], &fivefold);
}

int main(int argc, char **argv)
{
	static const struct plan plan = { .build = build_areas, .size = NR_AREAS };
	unsigned int rounds = rounds_of(argc, argv);
	struct scene scene;

	scene_start(&scene, &plan);
	report_times_table("60,000 areas of one page each");
	kernel_side(&scene, rounds);
	tools(&scene, rounds);
	scene_end(&scene);
	return 0;
}
