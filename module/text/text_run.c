// SPDX-License-Identifier: GPL-2.0
/* text_run.c - a RUN record in, its line of the file pages out: what is unknown is left out. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <vmaview_words.h>

#include "text/text.h"

#define WORD_OF_VALUE(value, word) [value] = word,
#define WORD_OF_BIT(value, word) { value, word },

static const char *const states[] = { VMAVIEW_STATE_WORDS(WORD_OF_VALUE) };
static const char *const origins[VMAVIEW_ORIGIN_SPECIAL + 1] = { VMAVIEW_ORIGIN_WORDS(WORD_OF_VALUE) };
static const char *const lrus[] = { VMAVIEW_LRU_WORDS(WORD_OF_VALUE) };
static const char *const cows[] = { VMAVIEW_COW_WORDS(WORD_OF_VALUE) };
static const char *const reclaims[] = { VMAVIEW_RECLAIM_WORDS(WORD_OF_VALUE) };
static const char *const leaf_sizes[] = { "4k", "2M", "1G" };

struct word {
	u64 bit;
	const char *word;
};

static const struct word pte_words[] = { VMAVIEW_ENTRY_WORDS(WORD_OF_BIT) };
static const struct word page_words[] = { VMAVIEW_PAGE_WORDS(WORD_OF_BIT) };

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
	if (run->refcount != VMAVIEW_UNKNOWN)
		put_count(text, "extra_refs", run->extra_refs);
	put_count(text, "pincount", run->pincount);
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
