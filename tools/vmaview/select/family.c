// SPDX-License-Identifier: GPL-2.0
/* family.c - in: parents; out: who descends from one of them.  Each process is looked at once. */
#include <errno.h>
#include <stdlib.h>

#include "select/family.h"

enum { UNSEEN, OUTSIDE, INSIDE };

/*
 * Up to the eldest or to somebody of whom it is known, and the same way again to note it.  Whoever is being
 * looked at is outside until then: parents were read one after the other, and might make a circle.
 */
static void place(const struct people *people, char *seen, size_t index)
{
	const struct person *person = &people->list[index];
	char found;

	while (person && !seen[person - people->list]) {
		seen[person - people->list] = OUTSIDE;
		person = people_find(people, person->parent);
	}
	found = person ? seen[person - people->list] : OUTSIDE;
	if (found == OUTSIDE)
		return;
	for (person = &people->list[index]; person && seen[person - people->list] == OUTSIDE;
	     person = people_find(people, person->parent))
		seen[person - people->list] = INSIDE;
}

int family_choose(const struct people *people, pid_t eldest)
{
	const struct person *first = people_find(people, eldest);
	char *seen;

	if (!first)
		return 0;
	seen = calloc(people->nr, 1);
	if (!seen)
		return -ENOMEM;
	seen[first - people->list] = INSIDE;
	for (size_t i = 0; i < people->nr; i++) {
		if (!seen[i])
			place(people, seen, i);
		if (seen[i] == INSIDE && people->list[i].has_memory)
			people->list[i].chosen = true;
	}
	free(seen);
	return 0;
}
