/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kinds.h - small pages in, each judged once for all that are alike; how many there are of each kind out.
 *
 * Neighbours are often of a few kinds, in any order: shared and not, accessed and not, with frames from all over
 * memory.  What they mean is made out once a kind, and kept while one lock of a table is held: until then no word that
 * was compared can come to mean anything else.
 */
#ifndef VMAVIEW_KINDS_H
#define VMAVIEW_KINDS_H

#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/prefetch.h>
#include <vmaview.h>

#include "compat/compat.h"
#include "judge/leaf.h"
#include "walk/page.h"
#include "walk/walk.h"
#include "walk/walk_run.h"

/* So many are kept; more make room for each other. */
#define KINDS_NR 8

/* Where one is looked for: so many that few kinds are in the place of another. */
#define KINDS_PLACE_BITS 6
#define KINDS_PLACES (1 << KINDS_PLACE_BITS)

/* Entries between the one that is judged and the one whose page is asked for. */
#define KINDS_AHEAD 16

/**
 * struct raw_page - everything that decides what a small page means, as it lies in memory
 * @entry: the entry, but for the frame that it names
 * @flags: folio->flags, what matters of them
 * @mapping: folio->mapping; compared, never followed
 * @memcg: what names the memory cgroup, where RUN records are wanted; compared, never followed
 * @counts: _mapcount and _refcount, side by side: @mapcount is how often it is mapped, less 1, where not negative, and
 *	else says what else the page is
 * @refcount: the other of @counts
 *
 * Two small pages with the same words here have the same facts.
 */
struct raw_page {
	unsigned long entry;
	unsigned long flags;
	unsigned long mapping;
	unsigned long memcg;
	union {
		u64 counts;
		struct {
			s32 mapcount;
			s32 refcount;
		};
	};
};

/**
 * struct kind - pages that are alike
 * @raw: what they have in common
 * @leaf: what it means
 * @nr: how many of them are not in the sums yet
 * @selected: they are asked for, where runs are wanted
 * @run: what a run says of them, but for addresses and frame
 */
struct kind {
	struct raw_page raw;
	struct leaf leaf;
	u32 nr;
	bool selected;
	struct vmaview_run run;
};

/**
 * struct kinds - what a walk keeps of pages, beside the walk
 * @sections: which of them there are
 * @flags: of folio->flags, those that matter: a run says more than sums do
 * @memcg: the memory cgroup matters, too: RUN records say it
 * @place: by the hash of what a page has, the kind that had it last, or any
 * @nr: kinds that are in use; the others are as no page is
 * @oldest: of those in use, the one that makes room next
 * @kind: the kinds
 */
struct kinds {
	struct sections sections;
	unsigned long flags;
	bool memcg;
	struct kind *place[KINDS_PLACES];
	u32 nr;
	u32 oldest;
	struct kind kind[KINDS_NR];
};

/*
 * Are frames of neighbours in other lines of memory?  Then waiting for one struct page after the other would take
 * most of the time, and they are asked for ahead.  The first two of @max entries stand for all.
 */
static __always_inline bool kinds_are_far(pte_t *ptep, unsigned long max, unsigned long mask)
{
	return max > KINDS_AHEAD && (vv_pte_parts(ptep_get(ptep), mask).address ^
				     vv_pte_parts(ptep_get(ptep + 1), mask).address) >= KINDS_AHEAD * PAGE_SIZE;
}

static __always_inline struct page *page_of_parts(struct vv_pte_parts parts)
{
	return pfn_to_page(vv_parts_frame(parts));
}

/* Has a frame a struct page?  Where frames are @far from each other sections of @kinds are looked at first. */
static __always_inline bool frame_has_page(struct walk *walk, const struct kinds *kinds, unsigned long pfn, bool far)
{
	return (far && likely(section_is_known(&kinds->sections, pfn))) || page_exists(walk, pfn);
}

/* Has an entry one? */
static __always_inline bool parts_have_page(struct walk *walk, const struct kinds *kinds, struct vv_pte_parts parts,
					    bool far)
{
	return likely(vv_rest_may_have_page(parts.rest)) && frame_has_page(walk, kinds, vv_parts_frame(parts), far);
}

/* Ask for the struct page that the entry at @ptep names, where its section is known.  Never waits. */
static __always_inline void kinds_prefetch(const struct kinds *kinds, pte_t *ptep, unsigned long mask)
{
	unsigned long pfn = vv_parts_frame(vv_pte_parts(ptep_get(ptep), mask));

	if (section_is_known(&kinds->sections, pfn))
		prefetch(pfn_to_page(pfn));
}

/*
 * All of @raw but its entry.  Of a page that is not small these are words that no kind has: may_be_kind() in kinds.c.
 * @memcg: as kinds->memcg
 */
static __always_inline void raw_fill(struct raw_page *raw, const struct kinds *kinds, struct page *page, bool memcg)
{
	struct folio *folio = (struct folio *)page;

	BUILD_BUG_ON(offsetof(struct page, _refcount) != offsetof(struct page, _mapcount) + sizeof(s32));
	raw->flags = vv_folio_flags(folio) & kinds->flags;
	raw->mapping = (unsigned long)READ_ONCE(folio->mapping);
	raw->memcg = memcg ? vv_folio_memcg_data(folio) : 0;
	raw->counts = READ_ONCE(*(u64 *)&page->_mapcount);
}

/* @memcg: they have been filled with it. */
static __always_inline bool raw_equal(const struct raw_page *a, const struct raw_page *b, bool memcg)
{
	return !((a->entry ^ b->entry) | (a->flags ^ b->flags) | (a->mapping ^ b->mapping) |
		 (memcg ? a->memcg ^ b->memcg : 0) | (a->counts ^ b->counts));
}

/* Where the kind of @raw is, unless another is there.  Inline, for it is most of the work. */
static __always_inline struct kind **kinds_place(struct kinds *kinds, const struct raw_page *raw)
{
	u64 all = raw->entry + raw->flags + raw->mapping + raw->memcg + raw->counts;

	return &kinds->place[hash_64(all, KINDS_PLACE_BITS)];
}

/**
 * kinds_look_up() - the kind of a page that is not in its place, which it has from now on
 * @walk: whose kinds they are
 * @parts: of an entry that may have a page, which exists
 *
 * Another kind may have made room for it, whichever one.
 * Return: NULL where the page has to be judged by itself.
 */
struct kind *kinds_look_up(struct walk *walk, struct vv_pte_parts parts);

/*
 * The kind of a page; @parts are of an entry that may have one, which exists. @memcg: as kinds->memcg.
 * Return: as kinds_look_up().
 */
static __always_inline struct kind *kinds_find(struct walk *walk, struct vv_pte_parts parts, bool memcg)
{
	struct raw_page raw = { .entry = parts.rest };
	struct kind *kind;

	raw_fill(&raw, walk->kinds, page_of_parts(parts), memcg);
	kind = *kinds_place(walk->kinds, &raw);
	return likely(raw_equal(&kind->raw, &raw, memcg)) ? kind : kinds_look_up(walk, parts);
}

/*
 * The kind of the page that the entry at @ptep names, where the memory cgroup does not matter.
 * Return: as kinds_look_up(), and NULL where it names none.
 */
static __always_inline struct kind *kinds_of_entry(struct walk *walk, pte_t *ptep)
{
	struct vv_pte_parts parts = vv_pte_parts(ptep_get(ptep), vv_pte_frame_mask());

	return parts_have_page(walk, walk->kinds, parts, false) ? kinds_find(walk, parts, false) : NULL;
}

/*
 * Is the page that an entry names of @kind, where the memory cgroup does not matter?  Most pages are of the kind of the
 * one before, and no place is looked for.  Only the rest of an entry says that it may have a page, and @kind's may.
 * @far: as for parts_have_page()
 */
static __always_inline bool kind_has(struct walk *walk, const struct kind *kind, struct vv_pte_parts parts, bool far)
{
	struct raw_page raw = { .entry = parts.rest };

	if (unlikely(parts.rest != kind->raw.entry) ||
	    unlikely(!frame_has_page(walk, walk->kinds, vv_parts_frame(parts), far)))
		return false;
	raw_fill(&raw, walk->kinds, page_of_parts(parts), false);
	return likely(raw_equal(&kind->raw, &raw, false));
}

/* None is known.  @kinds needs nothing more when it goes.  @select: for these runs; NULL: for sums. */
void kinds_init(struct kinds *kinds, const struct run_select *select);

/* kinds.c: all pages that were counted are in the sums, or on their way there, and no kind is known any more. */
void kinds_flush(struct walk *walk);

/* The lock of a table ends. */
static inline void kinds_end(struct walk *walk)
{
	if (walk->kinds->nr)
		kinds_flush(walk);
}

#endif
