// SPDX-License-Identifier: GPL-2.0
/* page_types.c - single pages of 1 GiB: the tool against the kernel's own page-types. */
#include <unistd.h>

#include "lib/command.h"
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

/* Built by scripts/bench from the kernel's sources. */
#define BUILT "/host/page-types"

static uint64_t tool(const struct scene *scene)
{
	return command_run_with("vmaview", (const char *[]){ "pages", NULL }, scene->pid);
}

static uint64_t page_types(const struct scene *scene)
{
	return command_run_with("page-types", (const char *[]){ "-l", "-N", "-p", NULL }, scene->pid);
}

static uint64_t runs(const struct scene *scene)
{
	return read_runs(scene->pid);
}

static void measure(const char *title, struct place (*build)(size_t size), unsigned int rounds)
{
	static const struct goal tenfold = { 10, ">= 10" };
	const struct plan plan = { .build = build, .size = RESIDENT };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = tool, .scene = &scene },
		{ .run = runs, .scene = &scene },
		{ .run = page_types, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 3, rounds);
	scene_end(&scene);
	report_times_table(title);
	report_times("`vmaview pages PID`, `page-types -p PID -l -N`", &entrant[0], &entrant[2], &tenfold);
	report_times("runs alone, `page-types -p PID -l -N`", &entrant[1], &entrant[2], &tenfold);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	if (access(BUILT, X_OK)) {
		report_table("The tool against page-types", "not measured");
		report_row("no " BUILT " here: no linux-source to build it from");
		return 0;
	}
	measure("The tool: single pages of 1 GiB, frames as they come", build_resident, rounds);
	measure("The tool: single pages of 1 GiB, frames scattered", build_scattered, rounds);
	return 0;
}
