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
#include "walk/run.h"
#include "walk/walk.h"
#include "walk/walk_page.h"
#include "walk/walk_race.h"
#include "walk/walk_run.h"
#include "walk/walk_run_ptes.h"
#include "walk/walk_swap.h"

/*
 * As struct raw_page, of a small page: where two are equal, the facts of their runs are.  @entry has no
 * pfn: frames that are scattered are all over memory, and only those side by side share a section.
 */
struct raw_run {
	unsigned long entry;
	unsigned long flags;
	unsigned long mapping;
	unsigned long memcg;
	u64 counts;
};

static __always_inline bool raw_fill(struct raw_run *raw, struct page *page)
{
	struct folio *folio = (struct folio *)page;

	raw->flags = vv_folio_flags(folio) & (RUN_FLAGS_SEEN | RUN_FLAGS_KIND);
	raw->mapping = (unsigned long)READ_ONCE(folio->mapping);
	raw->memcg = vv_folio_memcg_data(folio);
	raw->counts = READ_ONCE(*(u64 *)&page->_mapcount);
	return !(raw->flags & (1UL << PG_head)) && !PageTail(page);
}

/*
 * Entries after the last one whose pages are as its page was.
 * Return: how many of @max, from the first on, are in runs now.
 */
static unsigned long runs_again(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max,
				struct raw_run last)
{
	struct run_sink *sink = walk->runs;
	u64 next = sink->run.pfn + ((sink->run.end - sink->run.start) >> PAGE_SHIFT);
	unsigned long nr, pfn;
	struct raw_run raw;

	for (nr = 0; nr < max; nr++, next++) {
		pte_t pte = ptep_get(ptep + nr);

		pfn = pte_pfn(pte);
		if (vv_pte_flags(pte) != last.entry || is_zero_pfn(pfn) || !page_exists(walk, pfn))
			break;
		if (!raw_fill(&raw, pfn_to_page(pfn)) || raw.flags != last.flags ||
		    raw.mapping != last.mapping || raw.memcg != last.memcg || raw.counts != last.counts)
			break;
		if (pfn == next || sink->select.join)
			continue;
		sink->run.end = addr + nr * PAGE_SIZE;
		if (!run_new_frame(sink, addr + nr * PAGE_SIZE, pfn)) {
			walk->time_is_up = true;
			return nr;
		}
		next = pfn;
	}
	sink->run.end = addr + nr * PAGE_SIZE;
	return nr;
}

/* One present entry, and those after it that are like it. Return: how many; 0 without room. */
static unsigned long note_present(struct walk *walk, pte_t *ptep, pte_t pte, unsigned long addr,
				  unsigned long max)
{
	struct leaf leaf = leaf_of_pte(walk, pte);
	struct entry entry = entry_of_pte(pte);
	struct raw_run raw = { .entry = vv_pte_flags(pte) };
	unsigned long nr = 1;

	if (!walk_note_run(walk, addr, &leaf, &entry, 1))
		return 0;
	walk_note(walk, &leaf, 1);
	if (leaf.bits & LEAF_PAGE && !(leaf.bits & LEAF_LARGE) && vv_pte_is_plain(pte) &&
	    raw_fill(&raw, pfn_to_page(entry.pfn)))
		nr += runs_again(walk, ptep + 1, addr + PAGE_SIZE, max - 1, raw);
	walk->batch_nr += nr - 1;
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
	for (; done < nr; done += step) {
		pte_t pte = ptep_get(ptep + done);
		unsigned long at = addr + done * PAGE_SIZE;

		if (pte_present(pte))
			step = note_present(walk, ptep + done, pte, at, nr - done);
		else if (pte_none(pte))
			step = note_none(walk, at);
		else
			step = note_swp(walk, pte, at);
		if (!step) {
			walk_cut(walk, at, 0);
			break;
		}
	}
	walk->entries += done;
	walk->work += done;
	return addr + done * PAGE_SIZE;
}
