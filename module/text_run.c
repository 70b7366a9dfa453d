// SPDX-License-Identifier: GPL-2.0
/* text_run.c - a RUN record in, its line of the file pages out: what is unknown is left out. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "text.h"

static const char *const states[] = {
	[VMAVIEW_STATE_NONE] = "none",
	[VMAVIEW_STATE_PRESENT] = "present",
	[VMAVIEW_STATE_SWAP] = "swap",
	[VMAVIEW_STATE_MIGRATION] = "migration",
	[VMAVIEW_STATE_DEVICE] = "device",
	[VMAVIEW_STATE_HWPOISON] = "hwpoison",
	[VMAVIEW_STATE_GUARD] = "guard",
	[VMAVIEW_STATE_UFFD] = "uffd",
};

static const char *const origins[] = {
	[VMAVIEW_ORIGIN_ANON] = "anon",
	[VMAVIEW_ORIGIN_FILE] = "file",
	[VMAVIEW_ORIGIN_SHMEM] = "shmem",
	[VMAVIEW_ORIGIN_HUGETLB] = "hugetlb",
	[VMAVIEW_ORIGIN_KSM] = "ksm",
	[VMAVIEW_ORIGIN_ZERO] = "zero",
	[VMAVIEW_ORIGIN_HUGE_ZERO] = "huge-zero",
	[VMAVIEW_ORIGIN_SPECIAL] = "special",
};

static const char *const lrus[] = {
	[VMAVIEW_LRU_NONE] = "none",
	[VMAVIEW_LRU_INACTIVE_ANON] = "inactive-anon",
	[VMAVIEW_LRU_ACTIVE_ANON] = "active-anon",
	[VMAVIEW_LRU_INACTIVE_FILE] = "inactive-file",
	[VMAVIEW_LRU_ACTIVE_FILE] = "active-file",
	[VMAVIEW_LRU_UNEVICTABLE] = "unevictable",
	[VMAVIEW_LRU_GEN_ANON] = "gen-anon",
	[VMAVIEW_LRU_GEN_FILE] = "gen-file",
};

static const char *const cows[] = {
	[VMAVIEW_COW_COPY] = "copy",
	[VMAVIEW_COW_REUSE] = "reuse",
	[VMAVIEW_COW_MAYBE] = "maybe",
	[VMAVIEW_COW_SOURCE] = "source",
};

static const char *const reclaims[] = {
	[VMAVIEW_RECLAIM_DROP] = "drop",
	[VMAVIEW_RECLAIM_WRITE] = "write",
	[VMAVIEW_RECLAIM_SWAP] = "swap",
	[VMAVIEW_RECLAIM_NEVER] = "never",
};

static const char *const leaf_sizes[] = { "4k", "2M", "1G" };

struct word {
	u64 bit;
	const char *word;
};

static const struct word pte_words[] = {
	{ VMAVIEW_ENTRY_WRITE, "writable" },
	{ VMAVIEW_ENTRY_DIRTY, "dirty" },
	{ VMAVIEW_ENTRY_YOUNG, "young" },
	{ VMAVIEW_ENTRY_SOFT_DIRTY, "soft-dirty" },
	{ VMAVIEW_ENTRY_UFFD_WP, "uffd-wp" },
	{ VMAVIEW_ENTRY_EXEC, "exec" },
};

static const struct word page_words[] = {
	{ VMAVIEW_PAGE_LOCKED, "locked" },
	{ VMAVIEW_PAGE_REFERENCED, "referenced" },
	{ VMAVIEW_PAGE_UPTODATE, "uptodate" },
	{ VMAVIEW_PAGE_DIRTY, "dirty" },
	{ VMAVIEW_PAGE_LRU, "lru" },
	{ VMAVIEW_PAGE_ACTIVE, "active" },
	{ VMAVIEW_PAGE_WRITEBACK, "writeback" },
	{ VMAVIEW_PAGE_RECLAIM, "reclaim" },
	{ VMAVIEW_PAGE_SWAPCACHE, "swapcache" },
	{ VMAVIEW_PAGE_SWAPBACKED, "swapbacked" },
	{ VMAVIEW_PAGE_UNEVICTABLE, "unevictable" },
	{ VMAVIEW_PAGE_HWPOISON, "hwpoison" },
	{ VMAVIEW_PAGE_IDLE, "idle" },
	{ VMAVIEW_PAGE_RESERVED, "reserved" },
	{ VMAVIEW_PAGE_MLOCKED, "mlocked" },
	{ VMAVIEW_PAGE_PRIVATE, "private" },
	{ VMAVIEW_PAGE_PRIVATE_2, "private_2" },
	{ VMAVIEW_PAGE_WORKINGSET, "workingset" },
	{ VMAVIEW_PAGE_YOUNG, "young" },
	{ VMAVIEW_PAGE_EXCLUSIVE, "exclusive" },
	{ VMAVIEW_PAGE_MAYBE_PINNED, "maybe-pinned" },
	{ VMAVIEW_PAGE_EXTRA_REFS, "extra-refs" },
	{ VMAVIEW_PAGE_MAYBE_LRU_BATCH, "maybe-lru-batch" },
	{ VMAVIEW_PAGE_ZONE_DEVICE, "zone-device" },
	{ VMAVIEW_PAGE_PMD_SHARED, "pmd-shared" },
};

static void put_key(struct text *text, const char *key)
{
	text_bytes(text, " ", 1);
	text_string(text, key);
	text_bytes(text, "=", 1);
}

static void put_word(struct text *text, const char *key, const char *word)
{
	if (!word)
		return;
	put_key(text, key);
	text_string(text, word);
}

static void put_count(struct text *text, const char *key, u32 value)
{
	if (value == VMAVIEW_UNKNOWN)
		return;
	put_key(text, key);
	text_number(text, value);
}

static void put_words(struct text *text, const char *key, u64 bits, const struct word *word, size_t nr)
{
	const char *comma = "";

	put_key(text, key);
	if (!bits)
		text_string(text, "none");
	for (; nr; nr--, word++) {
		if (!(bits & word->bit))
			continue;
		text_string(text, comma);
		text_string(text, word->word);
		comma = ",";
	}
}

static void put_frame(struct text *text, const struct vmaview_run *run)
{
	if (run->pfn != VMAVIEW_UNKNOWN64) {
		put_key(text, "pfn");
		text_string(text, "0x");
		text_hex(text, run->pfn, 1);
	}
	put_count(text, "swap_type", run->swap_type);
	if (run->swap_offset != VMAVIEW_UNKNOWN64) {
		put_key(text, "swap_slot");
		text_number(text, run->swap_offset);
	}
}

static void put_folio(struct text *text, const struct vmaview_run *run)
{
	put_words(text, "flags", run->page, page_words, ARRAY_SIZE(page_words));
	put_count(text, "refcount", run->refcount);
	put_count(text, "mapcount", run->mapcount);
	put_count(text, "page_mapcount", run->page_mapcount);
	put_count(text, "order", run->order);
	put_word(text, "lru", lrus[run->lru]);
	put_count(text, "node", run->node);
	if (run->memcg != VMAVIEW_UNKNOWN64) {
		put_key(text, "memcg");
		text_number(text, run->memcg);
	}
}

void text_run(struct text *text, const struct vmaview_run *run)
{
	text_hex(text, run->start, 8);
	text_bytes(text, "-", 1);
	text_hex(text, run->end, 8);
	put_key(text, "pages");
	text_number(text, (run->end - run->start) >> PAGE_SHIFT);
	put_word(text, "state", states[run->state]);
	put_word(text, "origin", origins[run->origin]);
	put_word(text, "leaf", leaf_sizes[run->level]);
	put_words(text, "pte", run->entry, pte_words, ARRAY_SIZE(pte_words));
	put_frame(text, run);
	if (run->node != VMAVIEW_UNKNOWN)
		put_folio(text, run);
	else if (run->page)
		put_words(text, "flags", run->page, page_words, ARRAY_SIZE(page_words));
	put_word(text, "cow", cows[run->cow]);
	put_word(text, "reclaim", reclaims[run->reclaim]);
	text_bytes(text, "\n", 1);
}
