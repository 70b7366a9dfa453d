// SPDX-License-Identifier: GPL-2.0
/* hole.c - a process with 1 TiB of nothing against one with 4 KiB of nothing. */
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

#define HOLE (1UL << 40)
/* One stream of a small process is too short to be timed. */
#define STREAMS 200
/* What two times of the same thing differ by on a busy machine. */
#define NOISE 0.05

static uint64_t streams(const struct scene *scene)
{
	uint64_t bytes = 0;

	for (int i = 0; i < STREAMS; i++)
		bytes += read_device(scene->pid, NULL);
	return bytes;
}

static unsigned long long entries(const struct scene *scene)
{
	struct vmaview_end end;

	read_device(scene->pid, &end);
	return end.entries;
}

/* Both sizes, built by @build, in the same table. */
static void compare(const char *where, struct place (*build)(size_t size), unsigned int rounds)
{
	const struct plan without = { .build = build, .size = PAGE };
	const struct plan with = { .build = build, .size = HOLE };
	struct scene small, huge;
	struct entrant entrant[] = {
		{ .run = streams, .scene = &huge },
		{ .run = streams, .scene = &small },
	};
	double ratio;

	scene_start(&small, &without);
	scene_start(&huge, &with);
	contest(entrant, 2, rounds);
	ratio = (double)entrant[0].best_ns / entrant[1].best_ns;
	report_row("4 KiB, %s\t1\t%llu\t\t", where, entries(&small));
	report_row("1 TiB, %s\t%.2f\t%llu\t1, within %.2f\t%s", where, ratio, entries(&huge), NOISE,
		   verdict(ratio <= 1 + NOISE));
	scene_end(&small);
	scene_end(&huge);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);

	report_table("A stream of a small process with an area in which nothing is",
		     "size of the area\ttime\tentries read\ttarget\tverdict");
	compare("anywhere", build_hole, rounds);
	compare("between two used pages", build_hole_between, rounds);
	return 0;
}
