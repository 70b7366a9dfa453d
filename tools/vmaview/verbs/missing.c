// SPDX-License-Identifier: GPL-2.0
/* missing.c - in: what became of a target; out: counts, and no more lines than one can read. */
#include "text/say.h"
#include "verbs/blame.h"
#include "verbs/missing.h"

/* One that was found may have ended since; one that was named was never there. */
static bool has_ended(const struct target *target, const struct collector *collector, enum collected collected)
{
	if (collected == COLLECTED && target_began(target, collector->began))
		return false;
	if (collected == COLLECT_NOBODY || collected == COLLECT_ZOMBIE)
		return target->started;
	return !target_is_there(target);
}

bool missing_none(struct missing *missing, const struct collector *collector, enum collected collected,
		  const struct target *target)
{
	if (has_ended(target, collector, collected)) {
		missing->ended++;
		return false;
	}
	if (collected == COLLECTED)
		return true;
	if (!target->started || !missing->unreadable++)
		blame_target(collector, collected, target->pid);
	if (collected == COLLECT_NOBODY)
		missing->nobody++;
	else
		missing->failed++;
	return false;
}

void missing_failed(struct missing *missing)
{
	missing->failed++;
}

void missing_late(struct missing *missing)
{
	missing->late++;
	missing->failed++;
}

void missing_say(const struct missing *missing)
{
	if (missing->unreadable > 1)
		say("%zu other process%s could not be read", missing->unreadable - 1,
		    missing->unreadable == 2 ? "" : "es");
	if (missing->late)
		say("%zu process%s not reached in time", missing->late, missing->late == 1 ? " was" : "es were");
	if (missing->ended)
		say("%zu process%s ended meanwhile", missing->ended, missing->ended == 1 ? "" : "es");
}

int missing_exit_code(const struct missing *missing, size_t shown)
{
	if (missing->ended && !shown && !missing->failed)
		return EXIT_NOBODY;
	return blame_exit_code(missing->nobody, missing->failed, shown);
}
