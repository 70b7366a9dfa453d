// SPDX-License-Identifier: GPL-2.0
/*
 * walk_run.c - a leaf and what its entry says in, a run out.
 *
 * For streams that want runs only.  The caller holds the lock of the entry's table.
 */
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/page_idle.h>

#include "judge/classify.h"
#include "walk/page.h"
#include "walk/run.h"
#include "walk/walk.h"
#include "walk/walk_run.h"

static_assert((int)LEAF_STATE_UFFD == VMAVIEW_STATE_UFFD && LEAF_STATE_NR == 8);
static_assert((int)LEAF_STATE_NONE == VMAVIEW_STATE_NONE);
static_assert((int)LEAF_STATE_PRESENT == VMAVIEW_STATE_PRESENT);
static_assert((int)LEAF_STATE_SWAP == VMAVIEW_STATE_SWAP);
static_assert((int)LEAF_STATE_MIGRATION == VMAVIEW_STATE_MIGRATION);
static_assert((int)LEAF_STATE_DEVICE == VMAVIEW_STATE_DEVICE);
static_assert((int)LEAF_STATE_HWPOISON == VMAVIEW_STATE_HWPOISON);
static_assert((int)LEAF_STATE_GUARD == VMAVIEW_STATE_GUARD);
static_assert((int)COW_COPY == VMAVIEW_COW_COPY && (int)COW_REUSE == VMAVIEW_COW_REUSE &&
	      (int)COW_MAYBE == VMAVIEW_COW_MAYBE && (int)COW_SOURCE == VMAVIEW_COW_SOURCE);
static_assert((int)LEAF_RECLAIM_DROP == VMAVIEW_RECLAIM_DROP &&
	      (int)LEAF_RECLAIM_WRITE == VMAVIEW_RECLAIM_WRITE &&
	      (int)LEAF_RECLAIM_SWAP == VMAVIEW_RECLAIM_SWAP &&
	      (int)LEAF_RECLAIM_NEVER == VMAVIEW_RECLAIM_NEVER);

static_assert(VMAVIEW_PIN_BIAS == GUP_PIN_COUNTING_BIAS);

/* Of one folio; only called where the flags differ from those of the folio before. */
static u64 flag_bits(struct folio *folio)
{
	return (folio_test_locked(folio) ? VMAVIEW_PAGE_LOCKED : 0) |
	       (folio_test_referenced(folio) ? VMAVIEW_PAGE_REFERENCED : 0) |
	       (folio_test_uptodate(folio) ? VMAVIEW_PAGE_UPTODATE : 0) |
	       (folio_test_dirty(folio) ? VMAVIEW_PAGE_DIRTY : 0) |
	       (folio_test_lru(folio) ? VMAVIEW_PAGE_LRU : 0) |
	       (folio_test_active(folio) ? VMAVIEW_PAGE_ACTIVE : 0) |
	       (folio_test_writeback(folio) ? VMAVIEW_PAGE_WRITEBACK : 0) |
	       (folio_test_reclaim(folio) ? VMAVIEW_PAGE_RECLAIM : 0) |
	       (folio_test_swapcache(folio) ? VMAVIEW_PAGE_SWAPCACHE : 0) |
	       (folio_test_swapbacked(folio) ? VMAVIEW_PAGE_SWAPBACKED : 0) |
	       (folio_test_unevictable(folio) ? VMAVIEW_PAGE_UNEVICTABLE : 0) |
	       (folio_test_idle(folio) ? VMAVIEW_PAGE_IDLE : 0) |
	       (folio_test_reserved(folio) ? VMAVIEW_PAGE_RESERVED : 0) |
	       (folio_test_mlocked(folio) ? VMAVIEW_PAGE_MLOCKED : 0) |
	       (folio_test_private(folio) ? VMAVIEW_PAGE_PRIVATE : 0) |
	       (folio_test_private_2(folio) ? VMAVIEW_PAGE_PRIVATE_2 : 0) |
	       (folio_test_workingset(folio) ? VMAVIEW_PAGE_WORKINGSET : 0) |
	       (folio_test_young(folio) ? VMAVIEW_PAGE_YOUNG : 0);
}

static u64 folio_bits(struct run_sink *sink, struct folio *folio)
{
	unsigned long flags = vv_folio_flags(folio) & RUN_FLAGS_SEEN;

	if (flags != sink->flags_seen) {
		sink->flags_seen = flags;
		sink->flags_bits = flag_bits(folio);
	}
	return sink->flags_bits;
}

static u64 folio_memcg_ino(struct run_sink *sink, struct folio *folio)
{
	unsigned long memcg = vv_folio_memcg_data(folio);

	if (!memcg || memcg != sink->memcg_seen) {
		sink->memcg_seen = memcg;
		sink->memcg_ino = vv_folio_memcg_ino(folio);
	}
	return sink->memcg_ino;
}

static u8 folio_lru(struct folio *folio, u64 bits)
{
	bool file = !(bits & VMAVIEW_PAGE_SWAPBACKED);

	if (!(bits & VMAVIEW_PAGE_LRU))
		return VMAVIEW_LRU_NONE;
	if (bits & VMAVIEW_PAGE_UNEVICTABLE)
		return VMAVIEW_LRU_UNEVICTABLE;
	if (vv_folio_is_in_generation(folio))
		return file ? VMAVIEW_LRU_GEN_FILE : VMAVIEW_LRU_GEN_ANON;
	if (bits & VMAVIEW_PAGE_ACTIVE)
		return file ? VMAVIEW_LRU_ACTIVE_FILE : VMAVIEW_LRU_ACTIVE_ANON;
	return file ? VMAVIEW_LRU_INACTIVE_FILE : VMAVIEW_LRU_INACTIVE_ANON;
}

static u8 page_kind(u32 bits)
{
	if (bits & LEAF_HUGETLB)
		return VMAVIEW_ORIGIN_HUGETLB;
	if (bits & LEAF_KSM)
		return VMAVIEW_ORIGIN_KSM;
	if (bits & LEAF_ANON)
		return VMAVIEW_ORIGIN_ANON;
	if (!(bits & LEAF_MAPPING))
		return VMAVIEW_ORIGIN_SPECIAL;
	return bits & LEAF_SWAPBACKED ? VMAVIEW_ORIGIN_SHMEM : VMAVIEW_ORIGIN_FILE;
}

static u8 origin(const struct leaf *leaf)
{
	if (leaf->bits & LEAF_PAGE)
		return page_kind(leaf->bits);
	if (leaf->bits & LEAF_ZERO)
		return leaf->level ? VMAVIEW_ORIGIN_HUGE_ZERO : VMAVIEW_ORIGIN_ZERO;
	if (leaf->state == LEAF_STATE_SWAP)
		return VMAVIEW_ORIGIN_ANON;
	if (leaf->state != LEAF_STATE_PRESENT)
		return VMAVIEW_ORIGIN_NONE;
	return leaf->bits & LEAF_HUGETLB ? VMAVIEW_ORIGIN_HUGETLB : VMAVIEW_ORIGIN_SPECIAL;
}

static u32 entry_bits(const struct leaf *leaf, const struct entry *entry)
{
	return entry->bits | (leaf->bits & LEAF_WRITE ? VMAVIEW_ENTRY_WRITE : 0) |
	       (leaf->bits & LEAF_DIRTY ? VMAVIEW_ENTRY_DIRTY : 0) |
	       (leaf->bits & LEAF_YOUNG ? VMAVIEW_ENTRY_YOUNG : 0) |
	       (leaf->bits & LEAF_UFFD ? VMAVIEW_ENTRY_UFFD_WP : 0);
}

/* What the leaf says of the page beyond the folio's flags.  Only a table of PMDs keeps how often it is shared. */
static u64 leaf_page_bits(const struct leaf *leaf)
{
	u64 bits = (leaf->bits & LEAF_EXCLUSIVE ? VMAVIEW_PAGE_EXCLUSIVE : 0) |
		   (leaf->bits & LEAF_PINNED ? VMAVIEW_PAGE_MAYBE_PINNED : 0) |
		   (leaf->bits & LEAF_ZONE_DEVICE ? VMAVIEW_PAGE_ZONE_DEVICE : 0) |
		   (leaf->bits & LEAF_PMD_SHARED && leaf->level == 1 ? VMAVIEW_PAGE_PMD_SHARED : 0);

	if (leaf->state == LEAF_STATE_PRESENT && classify_extra_refs(leaf) > 0)
		bits |= VMAVIEW_PAGE_EXTRA_REFS |
			(classify_in_lru_batch(leaf) ? VMAVIEW_PAGE_MAYBE_LRU_BATCH : 0);
	return bits;
}

static void fill_page(struct run_sink *sink, struct vmaview_run *run, const struct leaf *leaf,
		      struct page *page)
{
	struct folio *folio = page_folio(page);
	u64 bits = folio_bits(sink, folio);

	if (leaf->bits & LEAF_HUGETLB)	/* its first page has the flag for all: PageHWPoison() */
		page = &folio->page;
	run->page |= bits | leaf_page_bits(leaf) | (PageHWPoison(page) ? VMAVIEW_PAGE_HWPOISON : 0);
	run->memcg = folio_memcg_ino(sink, folio);
	run->node = page_to_nid(page);
	run->order = folio_order(folio);
	run->lru = folio_lru(folio, bits);
	if (leaf->state != LEAF_STATE_PRESENT)
		return;
	run->refcount = leaf->refcount;
	run->mapcount = leaf->mapcount;
	run->page_mapcount = leaf->page_mapcount;
	run->extra_refs = max_t(s64, classify_extra_refs(leaf), 0);
	if (leaf->bits & LEAF_LARGE)
		run->pincount = leaf->pincount;
}

void walk_fill_run(struct walk *walk, struct vmaview_run *run, const struct leaf *leaf,
		   const struct entry *entry)
{
	bool join = walk->runs->select.join;

	*run = (struct vmaview_run){
		.header = { VMAVIEW_REC_RUN, sizeof(*run) },
		.pfn = join ? VMAVIEW_UNKNOWN64 : entry->pfn,
		.swap_offset = join ? VMAVIEW_UNKNOWN64 : entry->swap_offset,
		.page = entry->page,
		.memcg = VMAVIEW_UNKNOWN64,
		.swap_type = entry->swap_type,
		.entry = entry_bits(leaf, entry),
		.refcount = VMAVIEW_UNKNOWN,
		.mapcount = VMAVIEW_UNKNOWN,
		.page_mapcount = VMAVIEW_UNKNOWN,
		.node = VMAVIEW_UNKNOWN,
		.pincount = VMAVIEW_UNKNOWN,
		.state = leaf->state,
		.origin = origin(leaf),
		.level = leaf->level,
		.cow = classify_cow(leaf, &walk->rules),
		.reclaim = classify_reclaim(leaf, &walk->rules),
	};
	if (leaf->bits & LEAF_PAGE)
		fill_page(walk->runs, run, leaf, pfn_to_page(entry->pfn));
}

bool walk_note_run(struct walk *walk, unsigned long addr, const struct leaf *leaf,
		   const struct entry *entry, u64 nr)
{
	struct vmaview_run run;

	walk_fill_run(walk, &run, leaf, entry);
	run.start = addr;
	run.end = addr + nr * PAGE_SIZE;
	if (run_push(walk->runs, &run))
		return true;
	walk->time_is_up = true;
	return false;
}

void walk_note_run_none(struct walk *walk, unsigned long addr, unsigned long end)
{
	static const struct leaf leaf = { .state = LEAF_STATE_NONE };
	static const struct entry entry = {
		.pfn = VMAVIEW_UNKNOWN64,
		.swap_offset = VMAVIEW_UNKNOWN64,
		.swap_type = VMAVIEW_UNKNOWN,
	};

	if (walk->runs->select.states & 1U << VMAVIEW_STATE_NONE)
		walk_note_run(walk, addr, &leaf, &entry, (end - addr) >> PAGE_SHIFT);
}
