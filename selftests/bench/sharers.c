// SPDX-License-Identifier: GPL-2.0
/* sharers.c - who shares 1 GiB with its parent: 4, 16, 64 children, by what a page mapped takes. */
#include "lib/contest.h"
#include "lib/readers.h"
#include "lib/report.h"

/* What a page mapped may take more of among many than among few. */
#define LINEAR 1.25

static uint64_t sharers(const struct scene *scene)
{
	return read_sharers(scene->pid);
}

/* Return: ns that a page of @children children took. */
static double measure(size_t children, unsigned int rounds, double few)
{
	const struct plan plan = { .build = build_family, .size = children };
	double pages = (double)children * (RESIDENT / PAGE), ns;
	struct scene scene;
	struct entrant entrant = { .run = sharers, .scene = &scene };

	scene_start(&scene, &plan);
	contest(&entrant, 1, rounds);
	scene_end(&scene);
	ns = entrant.best_ns / pages;
	if (few)
		report_row("%zu\t%.0f\t%.1f ms\t%.2f ns\tas with 4, within %.2f\t%s", children, pages,
			   entrant.best_ns / 1e6, ns, LINEAR, verdict(ns <= few * LINEAR));
	else
		report_row("%zu\t%.0f\t%.1f ms\t%.2f ns\t\t", children, pages, entrant.best_ns / 1e6, ns);
	return ns;
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);
	double few;

	report_table("Who shares 1 GiB in 4 KiB pages with its parent",
		     "children\tpages they map\ttime\ta page\ttarget\tverdict");
	few = measure(4, rounds, 0);
	measure(16, rounds, few);
	measure(64, rounds, few);
	return 0;
}
