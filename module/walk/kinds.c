// SPDX-License-Identifier: GPL-2.0
/* kinds.c - small pages in, each judged once for all that are alike.  Under the lock of their table; takes none. */
#include "walk/entry_facts.h"
#include "walk/kinds.h"
#include "walk/page.h"
#include "walk/run.h"
#include "walk/walk_run.h"

/* As page_fill() has it, but of the words that others are compared with. */
static struct leaf leaf_of_raw(struct walk *walk, const struct raw_page *raw, struct page *page)
{
	struct leaf leaf = { .state = LEAF_STATE_PRESENT, .bits = LEAF_PAGE | pte_bits(__pte(raw->entry)) };

	leaf.bits |= page_flags(walk, raw->flags) | page_origin(walk, page, (struct folio *)page);
	if (unlikely(folio_is_zone_device((struct folio *)page)))
		leaf.bits |= LEAF_ZONE_DEVICE;
	leaf.refcount = raw->refcount;
	leaf.mapcount = leaf.page_mapcount = raw->mapcount + 1;
	if (leaf.refcount >= GUP_PIN_COUNTING_BIAS)
		leaf.bits |= LEAF_PINNED;
	return leaf;
}

static struct entry entry_of_raw(const struct raw_page *raw, unsigned long pfn)
{
	struct entry entry = entry_of_pte(__pte(raw->entry));

	entry.pfn = pfn;
	return entry;
}

/* What decides what a page means, now.  Others may write to it, whatever is locked. */
static struct raw_page raw_of(const struct walk *walk, struct vv_pte_parts parts)
{
	struct raw_page raw = { .entry = parts.rest };

	raw_fill(&raw, walk->kinds, page_of_parts(parts), walk->kinds->memcg);
	return raw;
}

/*
 * Of a large folio no page says it all.  Its head has a flag, and each of its other pages a refcount of 0, which
 * none has that an entry maps for itself; so a page that has the words of a kind is small.  And only one that is
 * mapped and of no type of its own counts its mappings so.  The zero page is reserved.
 */
static bool may_be_kind(const struct raw_page *raw, struct page *page)
{
	return !(raw->flags & (1UL << PG_head | 1UL << PG_reserved)) && !PageTail(page) && raw->refcount > 0 &&
	       raw->mapcount >= 0;
}

/* As no page is: the rest of an entry never has the bits of its frame. */
static void forget(struct kind *kind)
{
	kind->raw.entry = ~0UL;
	kind->nr = 0;
}

static void flush(struct walk *walk, struct kind *kind)
{
	if (kind->nr)
		walk_note(walk, &kind->leaf, kind->nr);
	forget(kind);
}

static struct kind *make_room(struct walk *walk)
{
	struct kinds *kinds = walk->kinds;
	struct kind *kind;

	if (kinds->nr < KINDS_NR)
		return &kinds->kind[kinds->nr++];
	kind = &kinds->kind[kinds->oldest];
	kinds->oldest = (kinds->oldest + 1) % KINDS_NR;
	flush(walk, kind);
	return kind;
}

static struct kind *add(struct walk *walk, const struct raw_page *raw, struct vv_pte_parts parts)
{
	struct leaf leaf = leaf_of_raw(walk, raw, page_of_parts(parts));
	struct entry entry = entry_of_raw(raw, vv_parts_frame(parts));
	struct kind *kind = make_room(walk);
	struct raw_page now;

	kind->leaf = leaf;
	if (walk->runs) {
		walk_fill_run(walk, &kind->run, &leaf, &entry);
		kind->selected = run_is_selected(&walk->runs->select, &kind->run);
	}
	now = raw_of(walk, parts);
	if (!raw_equal(&now, raw, true))
		return NULL;
	kind->raw = *raw;
	return kind;
}

struct kind *kinds_look_up(struct walk *walk, struct vv_pte_parts parts)
{
	struct raw_page raw = raw_of(walk, parts);
	struct kinds *kinds = walk->kinds;
	struct kind *kind = NULL;
	u32 i;

	for (i = 0; i < kinds->nr && !kind; i++)
		if (raw_equal(&kinds->kind[i].raw, &raw, true))
			kind = &kinds->kind[i];
	if (!kind && may_be_kind(&raw, page_of_parts(parts)))
		kind = add(walk, &raw, parts);
	if (kind)
		*kinds_place(kinds, &raw) = kind;
	return kind;
}

void kinds_flush(struct walk *walk)
{
	struct kinds *kinds = walk->kinds;
	u32 i;

	for (i = 0; i < kinds->nr; i++)
		flush(walk, &kinds->kind[i]);
	kinds->nr = kinds->oldest = 0;
}

void kinds_init(struct kinds *kinds, const struct run_select *select)
{
	u32 i;

	kinds->sections.any = true;
	sections_forget(&kinds->sections);
	kinds->flags = select ? RUN_FLAGS_SEEN | RUN_FLAGS_KIND : PAGE_FLAGS_SEEN | PAGE_FLAGS_KIND;
	kinds->memcg = select && !select->dense;
	kinds->nr = kinds->oldest = 0;
	for (i = 0; i < KINDS_NR; i++)
		forget(&kinds->kind[i]);
	for (i = 0; i < KINDS_PLACES; i++)
		kinds->place[i] = kinds->kind;
}
