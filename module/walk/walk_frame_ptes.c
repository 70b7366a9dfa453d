// SPDX-License-Identifier: GPL-2.0
/*
 * walk_frame_ptes.c - present entries in, the words of FRAMES records out, and their sums as without these.
 *
 * For dense requests only.  Single frames go straight into words: no run is made of them.  The caller holds the lock of
 * the entries' table.
 */
#include <linux/mm.h>

#include "walk/frames.h"
#include "walk/kinds.h"
#include "walk/run.h"
#include "walk/walk.h"
#include "walk/walk_frame_ptes.h"

static void find_no_room(struct run_sink *sink, unsigned long addr)
{
	sink->full = true;
	sink->resume = addr;
}

/*
 * Entries of pages of one kind, which are asked for; where @far, there are KINDS_AHEAD more than @max.
 * Return: how many of @max, from the first on, until one is of anything else, or finds no room.
 */
static __always_inline unsigned long note_kind(struct walk *walk, struct kind *kind, pte_t *ptep, unsigned long max,
					       bool far)
{
	const u64 mapcount = kind->run.page_mapcount;
	unsigned long mask = vv_pte_frame_mask();
	struct frame_words words = walk->runs->words;
	const pte_t *first = ptep, *end = ptep + max;
	struct vv_pte_parts parts;

	for (; ptep < end; ptep++) {
		parts = vv_pte_parts(ptep_get(ptep), mask);
		if (far)
			kinds_prefetch(walk->kinds, ptep + KINDS_AHEAD, mask);
		if (unlikely(!kind_has(walk, kind, parts, far)))
			break;
		if (unlikely(!frames_put_one(&words, frames_word(vv_parts_frame(parts), mapcount))))
			break;
	}
	walk->runs->words = words;
	walk->runs->given |= ptep != first;
	kind->nr += ptep - first;
	return ptep - first;
}

/* One page of @kind. False without room. */
static __always_inline bool put(struct run_sink *sink, const struct kind *kind, unsigned long pfn)
{
	if (!kind->selected)
		return true;
	if (!frames_put_one(&sink->words, frames_word(pfn, kind->run.page_mapcount)))
		return false;
	sink->given = true;
	return true;
}

static bool is_mapped_too_often(const struct kind *kind)
{
	return kind->run.page_mapcount >= VMAVIEW_FRAMES_MORE;
}

/* Entries of small pages, of any kind. As note_kind(). */
static __always_inline unsigned long note_kinds(struct walk *walk, pte_t *ptep, unsigned long addr,
						unsigned long max, bool far)
{
	unsigned long nr, mask = vv_pte_frame_mask();
	struct vv_pte_parts parts;
	struct kind *kind;

	for (nr = 0; nr < max; nr++, ptep++) {
		parts = vv_pte_parts(ptep_get(ptep), mask);
		if (unlikely(!parts_have_page(walk, walk->kinds, parts, far)))
			break;
		if (far)
			kinds_prefetch(walk->kinds, ptep + KINDS_AHEAD, mask);
		kind = kinds_find(walk, parts, false);
		if (unlikely(!kind || is_mapped_too_often(kind)))
			break;
		if (unlikely(!put(walk->runs, kind, vv_parts_frame(parts)))) {
			find_no_room(walk->runs, addr + nr * PAGE_SIZE);
			break;
		}
		kind->nr++;
	}
	return nr;
}

/* Those of the first one's kind, and then those of any. */
static __always_inline unsigned long note_alike(struct walk *walk, pte_t *ptep, unsigned long addr,
						unsigned long max, bool far)
{
	struct kind *kind = kinds_of_entry(walk, ptep);
	unsigned long nr = 0;

	if (!kind || is_mapped_too_often(kind))
		return 0;
	if (kind->selected)
		nr = note_kind(walk, kind, ptep, max, far);
	return nr + note_kinds(walk, ptep + nr, addr + nr * PAGE_SIZE, max - nr, far);
}

static unsigned long note_small(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max)
{
	unsigned long nr = 0, far = 0;

	if (kinds_are_far(ptep, max, vv_pte_frame_mask())) {
		far = max - KINDS_AHEAD;
		nr = note_alike(walk, ptep, addr, far, true);
	}
	return nr < far ? nr : nr + note_alike(walk, ptep + nr, addr + nr * PAGE_SIZE, max - nr, false);
}

unsigned long walk_frame_ptes(struct walk *walk, pte_t *ptep, unsigned long addr, unsigned long max)
{
	struct run_sink *sink = walk->runs;

	/* What the range cuts is judged page by page, and so is what no word has room for. */
	if (!run_range_has(&sink->select, addr, addr + max * PAGE_SIZE) || !run_finish(sink, addr))
		return 0;
	return note_small(walk, ptep, addr, max);
}
