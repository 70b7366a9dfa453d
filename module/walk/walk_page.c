// SPDX-License-Identifier: GPL-2.0
/* walk_page.c - leaves in, runs of equal ones out into the sums.  Any context; takes no lock. */
#include "judge/tally.h"
#include "walk/walk.h"

bool walk_note_at(struct walk *walk, unsigned long addr, const struct leaf *leaf,
		  const struct entry *entry, u64 nr)
{
	if (walk->runs && !walk_note_run(walk, addr, leaf, entry, nr))
		return false;
	walk_note(walk, leaf, nr);
	return true;
}

void walk_note_none(struct walk *walk, unsigned long addr, unsigned long end)
{
	if (walk->runs)
		walk_note_run_none(walk, addr, end);
	tally_absent(walk->area, LEAF_STATE_NONE, walk_nr_entries(addr, end, walk->area->kernel_page_size));
}
