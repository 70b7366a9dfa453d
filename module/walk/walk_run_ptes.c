// SPDX-License-Identifier: GPL-2.0
/*
 * walk_run_ptes.c - entries in, runs of equal neighbours out, and their sums as without runs.
 *
 * For streams that want runs only: the others pass entry by entry in walk_pmd.c.  The caller holds
 * the lock of the entries' table.
 */
#include <linux/mm.h>

#include "judge/tally.h"
#include "walk/entry_facts.h"
#include "walk/kinds.h"
#include "walk/run.h"
#include "walk/walk.h"
#include "walk/walk_frame_ptes.h"
#include "walk/walk_page.h"
#include "walk/walk_race.h"
#include "walk/walk_run.h"
#include "walk/walk_run_ptes.h"
#include "walk/walk_swap.h"

/* One page of @kind, whatever there was before. False without room. */
static bool push_page(struct walk *walk, struct kind *kind, unsigned long addr, unsigned long pfn)
{
	struct run_sink *sink = walk->runs;

	kind->run.start = addr;
	kind->run.end = addr + PAGE_SIZE;
	if (!sink->select.join)
		kind->run.pfn = pfn;
	return run_push_known(sink, &kind->run, kind->selected);
}

/* One more page, of the same kind as the one before it. False without room. */
static __always_inline bool push_next(struct walk *walk, unsigned long addr, unsigned long pfn)
{
	struct vmaview_run *run = &walk->runs->run;

	if (!walk->runs->select.join && pfn != run->pfn + ((addr - run->start) >> PAGE_SHIFT))
		return run_new_frame(walk->runs, addr, pfn);
	run->end = addr + PAGE_SIZE;
	return true;
}

/* One page of @kind, after one of @last, if that is not NULL. False without room. */
static __always_inline bool push(struct walk *walk, struct kind *kind, const struct kind *last, unsigned long addr,
				 unsigned long pfn)
{
	return kind == last ? push_next(walk, addr, pfn) : push_page(walk, kind, addr, pfn);
}

/*
 * Entries of small pages, each counted with those that are like it, in runs.
 * Return: how many of @max, from the first on, until one is of anything else, or finds no room.
 */
static __always_inline unsigned long note_kinds(struct walk *walk, pte_t *ptep, unsigned long addr,
						unsigned long max, bool far)
{
	unsigned long nr, mask = vv_pte_frame_mask();
	struct kind *last = NULL, *kind;
	struct kinds *kinds = walk->kinds;
	struct vv_pte_parts parts;
	struct raw_page raw;

	for (nr = 0; nr < max; nr++, ptep++, addr += PAGE_SIZE, last = kind) {
		parts = vv_pte_parts(ptep_get(ptep), mask);
		if (unlikely(!parts_have_page(walk, kinds, parts, far)))
			break;
		if (far)
			kinds_prefetch(kinds, ptep + KINDS_AHEAD, mask);
		raw.entry = parts.rest;
		raw_fill(&raw, kinds, page_of_parts(parts), true);
		kind = *kinds_place(kinds, &raw);
		if (unlikely(!raw_equal(&kind->raw, &raw, true))) {
			kind = kinds_look_up(walk, parts);
			last = NULL;	/* it may have made room */
			if (!kind)
				break;
		}
		if (unlikely(!push(walk, kind, last, addr, vv_parts_frame(parts))))
			break;
		kind->nr++;
	}
	return nr;
}

static unsigned long note_runs(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max)
{
	unsigned long nr = 0, far = 0;

	if (kinds_are_far(ptep, max, vv_pte_frame_mask())) {
		far = max - KINDS_AHEAD;
		nr = note_kinds(walk, ptep, addr, far, true);
	}
	return nr < far ? nr : nr + note_kinds(walk, ptep + nr, addr + nr * PAGE_SIZE, max - nr, false);
}

/* One present entry, and those after it that need no look of their own. Return: how many; 0 without room. */
static unsigned long note_present(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max)
{
	struct run_sink *sink = walk->runs;
	struct entry entry;
	struct leaf leaf;
	unsigned long nr;
	pte_t pte;

	if (sink->select.dense)
		nr = walk_frame_ptes(walk, ptep, addr, max);
	else
		nr = note_runs(walk, ptep, addr, max);
	if (!nr && !sink->full) {
		pte = ptep_get(ptep);
		leaf = leaf_of_pte(walk, pte);
		entry = entry_of_pte(pte);
		nr = walk_note_at(walk, addr, &leaf, &entry, 1);
	}
	walk->time_is_up |= sink->full;
	walk->area->leaves[0] += nr;
	return nr;
}

static unsigned long note_none(struct walk *walk, unsigned long addr)
{
	walk_note_run_none(walk, addr, addr + PAGE_SIZE);
	tally_absent(walk->area, LEAF_STATE_NONE, 1);
	if (walk->swap == WALK_SWAP_HOLES)
		walk_shmem_holes(walk, addr, addr + PAGE_SIZE);
	return 1;
}

static unsigned long note_swp(struct walk *walk, pte_t pte, unsigned long addr)
{
	struct vv_absent absent = vv_absent_pte(pte);
	struct entry entry = entry_of_absent(absent, 0);

	entry_add_swp(&entry, pte, absent.state);
	return walk_note_absent(walk, addr, absent, &entry, 1) ? 1 : 0;
}

unsigned long walk_run_ptes(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long end)
{
	unsigned long nr = (end - addr) >> PAGE_SHIFT, done = 0, step;

	walk->large = NULL;
	walk->runs->memcg_seen = 0;
	walk_resume(walk, addr, 0);
	for (; done < nr && !walk_is_full(walk); done += step) {
		pte_t pte = ptep_get(ptep + done);
		unsigned long at = addr + done * PAGE_SIZE;

		if (pte_present(pte))
			step = note_present(walk, ptep + done, at, nr - done);
		else if (pte_none(pte))
			step = note_none(walk, at);
		else
			step = note_swp(walk, pte, at);
	}
	if (walk_is_full(walk))
		walk_cut(walk, addr + done * PAGE_SIZE, 0);
	kinds_end(walk);
	walk->entries += done;
	walk->work += done;
	return addr + done * PAGE_SIZE;
}
