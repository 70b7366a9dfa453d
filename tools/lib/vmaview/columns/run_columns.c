// SPDX-License-Identifier: GPL-2.0
/* run_columns.c - in: a run of pages; out: the columns of it. */
#include <stdio.h>
#include <string.h>

#include <vmaview_words.h>

#include "columns/column_text.h"
#include "columns/run_columns.h"

#define WORD_OF_VALUE(value, word) [value] = word,
#define WORD_OF_BIT(value, word) { value, word },

static const char *const states[RUN_WORDS_MAX] = { VMAVIEW_STATE_WORDS(WORD_OF_VALUE) };
static const char *const origins[RUN_WORDS_MAX] = { VMAVIEW_ORIGIN_WORDS(WORD_OF_VALUE) };
static const char *const lrus[RUN_WORDS_MAX] = { VMAVIEW_LRU_WORDS(WORD_OF_VALUE) };
static const char *const cows[RUN_WORDS_MAX] = { VMAVIEW_COW_WORDS(WORD_OF_VALUE) };
static const char *const reclaims[RUN_WORDS_MAX] = { VMAVIEW_RECLAIM_WORDS(WORD_OF_VALUE) };

struct bit_word {
	uint64_t bit;
	const char *word;
};

static const struct bit_word entry_words[] = { VMAVIEW_ENTRY_WORDS(WORD_OF_BIT) { 0, NULL } };
static const struct bit_word page_words[] = { VMAVIEW_PAGE_WORDS(WORD_OF_BIT) { 0, NULL } };

static const struct vmaview_run *run_of(const struct cell *cell)
{
	return cell->row;
}

/* One with a struct page: the others have no flags, counts and list. */
static bool has_page(const struct vmaview_run *run)
{
	return run->node != VMAVIEW_UNKNOWN;
}

static bool count(uint32_t value, uint64_t *number)
{
	*number = value;
	return value != VMAVIEW_UNKNOWN;
}

COLUMN_GETTER(start, run_of(cell)->start)
COLUMN_GETTER(end, run_of(cell)->end)
COLUMN_GETTER(size, run_of(cell)->end - run_of(cell)->start)
COLUMN_GETTER(pid, cell->process->pid)

static bool number_leaf(const struct cell *cell, uint64_t *number)
{
	const struct process *process = cell->process;
	uint8_t level = run_of(cell)->level;

	*number = level < 3 ? process->leaf_size[level] : 0;
	return *number && run_of(cell)->state != VMAVIEW_STATE_NONE;
}

static bool number_refcount(const struct cell *cell, uint64_t *number)
{
	return count(run_of(cell)->refcount, number);
}

static bool number_mapcount(const struct cell *cell, uint64_t *number)
{
	return count(run_of(cell)->mapcount, number);
}

static bool number_page_mapcount(const struct cell *cell, uint64_t *number)
{
	return count(run_of(cell)->page_mapcount, number);
}

static bool number_node(const struct cell *cell, uint64_t *number)
{
	return count(run_of(cell)->node, number);
}

static bool number_order(const struct cell *cell, uint64_t *number)
{
	*number = run_of(cell)->order;
	return has_page(run_of(cell));
}

static bool number_memcg(const struct cell *cell, uint64_t *number)
{
	*number = run_of(cell)->memcg;
	return *number != VMAVIEW_UNKNOWN64;
}

static bool number_pfn(const struct cell *cell, uint64_t *number)
{
	*number = run_of(cell)->pfn;
	return *number != VMAVIEW_UNKNOWN64;
}

static bool number_swap_device(const struct cell *cell, uint64_t *number)
{
	return count(run_of(cell)->swap_type, number);
}

static bool number_swap_slot(const struct cell *cell, uint64_t *number)
{
	*number = run_of(cell)->swap_offset;
	return *number != VMAVIEW_UNKNOWN64;
}

/* Of a page, or of the entry of one that is swapped out; of anonymous memory only. */
static bool number_exclusive(const struct cell *cell, uint64_t *number)
{
	const struct vmaview_run *run = run_of(cell);

	*number = !!(run->page & VMAVIEW_PAGE_EXCLUSIVE);
	return cell->process->kernel_knows & VMAVIEW_KNOW_EXCLUSIVE &&
	       (has_page(run) || run->state == VMAVIEW_STATE_SWAP);
}

static bool number_maybe_pinned(const struct cell *cell, uint64_t *number)
{
	*number = !!(run_of(cell)->page & VMAVIEW_PAGE_MAYBE_PINNED);
	return has_page(run_of(cell)) && run_of(cell)->state == VMAVIEW_STATE_PRESENT;
}

static int put_word(const char *const *words, uint8_t value, char *out, size_t room)
{
	const char *word = value < RUN_WORDS_MAX ? words[value] : NULL;

	(void)room;
	return word ? stpcpy(out, word) - out : -1;
}

static int put_bits(const struct bit_word *words, uint64_t bits, char *out)
{
	char *at = out;

	for (; words->word; words++) {
		if (!(bits & words->bit))
			continue;
		if (at != out)
			*at++ = ' ';
		at = stpcpy(at, words->word);
	}
	*at = '\0';
	return at - out;
}

static int text_state(const struct cell *cell, char *out, size_t room)
{
	return put_word(states, run_of(cell)->state, out, room);
}

static int text_origin(const struct cell *cell, char *out, size_t room)
{
	return put_word(origins, run_of(cell)->origin, out, room);
}

static int text_lru(const struct cell *cell, char *out, size_t room)
{
	return has_page(run_of(cell)) ? put_word(lrus, run_of(cell)->lru, out, room) : -1;
}

/* As put_word(), for values of which 0 is "does not apply". */
static int put_word_if_any(const char *const *words, uint8_t value, char *out, size_t room)
{
	if (value)
		return put_word(words, value, out, room);
	*out = '\0';
	return 0;
}

static int text_cow_word(const struct cell *cell, char *out, size_t room)
{
	return put_word_if_any(cows, run_of(cell)->cow, out, room);
}

static int text_reclaim(const struct cell *cell, char *out, size_t room)
{
	return put_word_if_any(reclaims, run_of(cell)->reclaim, out, room);
}

static int text_pte(const struct cell *cell, char *out, size_t room)
{
	uint32_t known = cell->process->kernel_knows & VMAVIEW_KNOW_SOFT_DIRTY ? ~0u :
			 ~(uint32_t)VMAVIEW_ENTRY_SOFT_DIRTY;

	(void)room;
	return run_of(cell)->state == VMAVIEW_STATE_NONE ? -1 :
	       put_bits(entry_words, run_of(cell)->entry & known, out);
}

static int text_page_flags(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_run *run = run_of(cell);

	(void)room;
	return has_page(run) || run->page ? put_bits(page_words, run->page, out) : -1;
}

static const struct area *area_of(const struct cell *cell)
{
	return process_area_at(cell->process, run_of(cell)->start);
}

TEXT_WITH_AREA(area_perms, area_of(cell), text_perms)
TEXT_WITH_AREA(area_mapping, area_of(cell), text_mapping)

#define D COL_DEFAULT
#define V COL_VIEW
#define A COL_AREA

static const struct column columns[] = {
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start, "first address"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "first address after it"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D, number_size, "size"),
	COLUMN_NUMBER("Leaf", "Leaf_Size", "leaf_size", SIZE, 0, number_leaf, "what one entry of its level maps"),
	COLUMN_TEXT("State", NULL, "state", TEXT, D, text_state,
		    "present, swap, migration, device, hwpoison, guard, uffd; none where it is asked for"),
	COLUMN_TEXT("Origin", NULL, "origin", TEXT, D, text_origin,
		    "anon, file, shmem, hugetlb, ksm, zero, huge-zero, special"),
	COLUMN_TEXT("PTE", NULL, "pte", WORDS, D, text_pte,
		    "of the entry: writable, dirty, young, soft-dirty, uffd-wp, exec"),
	COLUMN_NUMBER("Refcount", NULL, "refcount", COUNT, D, number_refcount, "references of the folio"),
	COLUMN_NUMBER("Mapcount", NULL, "mapcount", COUNT, D, number_mapcount, "how often the folio is mapped"),
	COLUMN_NUMBER("Page_Mapcount", NULL, "page_mapcount", COUNT, 0, number_page_mapcount,
		      "how often this very page is"),
	COLUMN_NUMBER("Excl", "Exclusive", "exclusive", BOOL, D, number_exclusive,
		      "anonymous memory that is this process's alone"),
	COLUMN_NUMBER("MayPin", "Maybe_Pinned", "maybe_pinned", BOOL, D, number_maybe_pinned,
		      "probably pinned for DMA or I/O"),
	COLUMN_TEXT("LRU", NULL, "lru", TEXT, D, text_lru,
		    "active-anon, inactive-file, ..., unevictable; gen-anon, gen-file with multi-gen LRU; none"),
	COLUMN_NUMBER("Order", NULL, "order", COUNT, 0, number_order, "log2 of the folio's pages"),
	COLUMN_NUMBER("Node", NULL, "node", COUNT, 0, number_node, "NUMA node"),
	COLUMN_NUMBER("Memcg", NULL, "memcg", COUNT, 0, number_memcg,
		      "inode of the cgroup that is charged; 0: none is"),
	COLUMN_NUMBER("PFN", NULL, "pfn", HEX, D, number_pfn, "page frame of the first page, in hex"),
	COLUMN_NUMBER("Swap_Device", NULL, "swap_device", COUNT, 0, number_swap_device,
		      "the kernel's number of the swap device: its row in /proc/swaps, from 0, while none was "
		      "removed"),
	COLUMN_NUMBER("Swap_Slot", NULL, "swap_slot", COUNT, 0, number_swap_slot, "slot of the first page in it"),
	COLUMN_TEXT("Cow", NULL, "cow", TEXT, 0, text_cow_word,
		    "what the next write does: copy, reuse, maybe, source"),
	COLUMN_TEXT("Reclaim", NULL, "reclaim", TEXT, 0, text_reclaim,
		    "what the kernel could do: drop, write, swap, never"),
	COLUMN_TEXT("Flags", NULL, "flags", WORDS, D | COL_TRUNC, text_page_flags,
		    "flags of the folio as the kernel calls them, and exclusive, maybe-pinned, extra-refs ..."),
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, V, number_pid, "the process"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, V | A, text_area_perms, "permissions of its area"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, V | A | COL_TRUNC, text_area_mapping, "what its area maps"),
};

const struct column_set run_columns = { columns, sizeof(columns) / sizeof(columns[0]) };

int run_word_find(const char *const *words, const char *word)
{
	for (int i = 0; i < RUN_WORDS_MAX; i++)
		if (words[i] && !strcmp(words[i], word))
			return i;
	return -1;
}

uint64_t run_bit_find(enum run_bits which, const char *word)
{
	const struct bit_word *words = which == RUN_ENTRY_BITS ? entry_words : page_words;

	while (words->word && strcmp(words->word, word))
		words++;
	return words->bit;
}

bool run_column_is(const struct column *column, const char *json)
{
	return !strcmp(column->json, json);
}

const char *const *run_states(void)
{
	return states;
}

const char *const *run_origins(void)
{
	return origins;
}
