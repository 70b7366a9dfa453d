/* SPDX-License-Identifier: GPL-2.0 */
/* contest.h - things to time side by side in, the best time of each out. */
#ifndef CONTEST_H
#define CONTEST_H

#include <stddef.h>
#include <stdint.h>

#include "scene.h"

/**
 * struct entrant - one way to do it
 * @run: does it once; returns the bytes it read
 * @scene: its argument
 * @best_ns: out: the shortest of its runs
 * @bytes: out: what its last run returned
 */
struct entrant {
	uint64_t (*run)(const struct scene *scene);
	const struct scene *scene;
	uint64_t best_ns;
	uint64_t bytes;
};

/*
 * Runs the entrants by turns, A B A B: at least @rounds times, and on until a few seconds are over
 * or dozens of rounds are done, so that what is short is repeated more often.
 */
void contest(struct entrant *entrant, size_t nr, unsigned int rounds);

#endif
