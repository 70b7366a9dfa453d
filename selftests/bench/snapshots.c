// SPDX-License-Identifier: GPL-2.0
/* snapshots.c - a file that is written, read back and compared, against the view of the same process. */
#include <unistd.h>

#include "lib/command.h"
#include "lib/contest.h"
#include "lib/report.h"

static const char saved[] = "/tmp/bench.vmav";

static uint64_t view(const struct scene *scene)
{
	return command_run("vmaview", NULL, scene->pid);
}

static uint64_t record(const struct scene *scene)
{
	return command_run_with("vmaview", (const char *[]){ "record", "-f", saved, NULL }, scene->pid);
}

/* It is read twice: as the one side and as the other. */
static uint64_t diff(const struct scene *scene)
{
	(void)scene;
	return command_run_alone("vmaview", (const char *[]){ "diff", saved, saved, NULL });
}

/* Nothing is asked of one alone. */
static void part(const char *what, const struct entrant *ours, const struct entrant *theirs)
{
	report_row("%s\t%.1f ms\t%.1f ms\t%.2f\t\t", what, ours->best_ns / 1e6, theirs->best_ns / 1e6,
		   (double)theirs->best_ns / ours->best_ns);
}

int main(int argc, char **argv)
{
	static const struct plan plan = { .build = build_areas, .size = NR_AREAS };
	static const struct goal half = { 0.5, ">= 0.5 (within 2x)" };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = view, .scene = &scene },
		{ .run = record, .scene = &scene },
		{ .run = diff, .scene = &scene },
	};
	struct entrant both = { .run = record };

	scene_start(&scene, &plan);
	contest(entrant, 3, rounds_of(argc, argv));
	scene_end(&scene);
	unlink(saved);
	both.best_ns = entrant[1].best_ns + entrant[2].best_ns;
	report_times_table("A snapshot of 60,000 areas of one page each");
	part("`record -f FILE PID`, `vmaview PID`", &entrant[1], &entrant[0]);
	part("`diff FILE FILE`, `vmaview PID`", &entrant[2], &entrant[0]);
	report_times("both of them, `vmaview PID`", &both, &entrant[0], &half);
	return 0;
}
