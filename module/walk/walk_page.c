// SPDX-License-Identifier: GPL-2.0
/* walk_page.c - leaves in, runs of equal ones out into the sums.  Under the lock of their table; takes none. */
#include "judge/tally.h"
#include "walk/page.h"
#include "walk/walk.h"
#include "walk/walk_page.h"
#include "walk/walk_run.h"

bool walk_note_at(struct walk *walk, unsigned long addr, const struct leaf *leaf,
		  const struct entry *entry, u64 nr)
{
	if (walk->runs && !walk_note_run(walk, addr, leaf, entry, nr))
		return false;
	walk_note(walk, leaf, nr);
	return true;
}

bool walk_note_absent(struct walk *walk, unsigned long addr, struct vv_absent absent,
		      const struct entry *entry, u64 nr)
{
	struct leaf leaf = {
		.bits = absent.counted ? LEAF_COUNTED : 0, .state = absent.state, .level = entry->level,
	};

	if (absent.page)
		page_fill(walk, &leaf, absent.page);
	if (walk->runs && !walk_note_run(walk, addr, &leaf, entry, nr))
		return false;
	tally_absent(walk->area, absent.state, nr);
	if (absent.state == LEAF_STATE_SWAP)
		tally_swap(walk->area, &walk->rules, nr);
	if (absent.page)
		walk_note(walk, &leaf, nr);
	return true;
}

void walk_note_none(struct walk *walk, unsigned long addr, unsigned long end)
{
	if (walk->runs)
		walk_note_run_none(walk, addr, end);
	tally_absent(walk->area, LEAF_STATE_NONE, walk_nr_entries(addr, end, walk->area->kernel_page_size));
}
