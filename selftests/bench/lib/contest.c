// SPDX-License-Identifier: GPL-2.0
/*
 * contest.c - things to time side by side in, the best time of each out.
 *
 * The shortest run is the one that was disturbed least; running by turns lets what disturbs for a
 * while disturb all of them.  The first run, with cold caches, is never the shortest.
 */
#include "clock.h"
#include "contest.h"

#define SHORT_NS (2 * NS_PER_S)
#define MANY 40

static void run_once(struct entrant *entrant)
{
	uint64_t began = now_ns(), took;

	entrant->bytes = entrant->run(entrant->scene);
	took = now_ns() - began;
	if (!entrant->best_ns || took < entrant->best_ns)
		entrant->best_ns = took;
}

void contest(struct entrant *entrant, size_t nr, unsigned int rounds)
{
	uint64_t began = now_ns();

	for (unsigned int round = 0; round < MANY; round++) {
		if (round >= rounds && now_ns() - began > SHORT_NS)
			break;
		for (size_t i = 0; i < nr; i++)
			run_once(&entrant[i]);
	}
}
