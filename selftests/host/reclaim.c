// SPDX-License-Identifier: GPL-2.0
/* reclaim.c - which sums of tools/vmaview/verbs/reclaim/reclaim_sums.c a run of pages belongs to. */
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "verbs/reclaim/reclaim_sums.h"

enum { MOST = 6 };

/* One page, on node 0, mapped once. */
#define PAGE_OF(kind, ...) \
	{ .start = 0x1000, .end = 0x2000, .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_##kind, \
	  .refcount = 1, .mapcount = 1, __VA_ARGS__ }
#define ANON(...) PAGE_OF(ANON, .reclaim = VMAVIEW_RECLAIM_SWAP, __VA_ARGS__)
#define FILE_PAGE(...) PAGE_OF(FILE, __VA_ARGS__)
#define NEVER .reclaim = VMAVIEW_RECLAIM_NEVER
#define BACKED VMAVIEW_PAGE_SWAPBACKED
#define SMALL .pincount = VMAVIEW_UNKNOWN

static const struct {
	const char *what;
	struct vmaview_run run;
	enum reclaim_sum sums[MOST + 1];	/* beside SUM_PRESENT, which is 0 and ends them */
} cases[] = {
	{ "anonymous", ANON(SMALL, .page = BACKED, .lru = VMAVIEW_LRU_INACTIVE_ANON),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_INACTIVE, SUM_IDLE } },
	{ "in the swap cache", ANON(SMALL, .lru = VMAVIEW_LRU_ACTIVE_ANON,
				    .page = BACKED | VMAVIEW_PAGE_SWAPCACHE | VMAVIEW_PAGE_REFERENCED),
	  { SUM_SWAP, SUM_ACTIVE, SUM_YOUNG } },
	{ "mapped twice", ANON(SMALL, .page = BACKED, .page_mapcount = 2, .lru = VMAVIEW_LRU_GEN_ANON,
			       .entry = VMAVIEW_ENTRY_YOUNG),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_SHARED, SUM_GENERATIONS, SUM_YOUNG } },
	{ "held", ANON(SMALL, .page = BACKED | VMAVIEW_PAGE_LRU, .extra_refs = 1, .lru = VMAVIEW_LRU_INACTIVE_ANON),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_HELD, SUM_INACTIVE, SUM_IDLE } },
	{ "in a batch", ANON(SMALL, .page = BACKED, .extra_refs = 1),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_NO_LIST, SUM_IDLE } },
	{ "given up", PAGE_OF(ANON, SMALL, .reclaim = VMAVIEW_RECLAIM_DROP, .lru = VMAVIEW_LRU_INACTIVE_FILE),
	  { SUM_DROP, SUM_LAZYFREE, SUM_INACTIVE, SUM_IDLE } },
	{ "given up, and written again", ANON(SMALL, .entry = VMAVIEW_ENTRY_DIRTY, .lru = VMAVIEW_LRU_INACTIVE_FILE),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_INACTIVE, SUM_IDLE, SUM_DIRTY } },
	{ "to be dropped, dirty", PAGE_OF(ANON, SMALL, .reclaim = VMAVIEW_RECLAIM_DROP, .page = VMAVIEW_PAGE_DIRTY),
	  { SUM_DROP, SUM_NO_LIST, SUM_IDLE, SUM_DIRTY } },
	{ "clean file", FILE_PAGE(SMALL, .reclaim = VMAVIEW_RECLAIM_DROP, .lru = VMAVIEW_LRU_ACTIVE_FILE),
	  { SUM_DROP, SUM_ACTIVE, SUM_IDLE } },
	{ "dirty file", FILE_PAGE(SMALL, .reclaim = VMAVIEW_RECLAIM_WRITE, .page = VMAVIEW_PAGE_DIRTY,
				  .lru = VMAVIEW_LRU_GEN_FILE),
	  { SUM_WRITE, SUM_GENERATIONS, SUM_IDLE, SUM_DIRTY } },
	{ "dirtied by its entry", FILE_PAGE(SMALL, .reclaim = VMAVIEW_RECLAIM_WRITE, .entry = VMAVIEW_ENTRY_DIRTY),
	  { SUM_WRITE, SUM_NO_LIST, SUM_IDLE, SUM_DIRTY } },
	{ "being written", FILE_PAGE(SMALL, .reclaim = VMAVIEW_RECLAIM_WRITE, .page = VMAVIEW_PAGE_WRITEBACK |
				     VMAVIEW_PAGE_YOUNG), { SUM_WRITE, SUM_NO_LIST, SUM_YOUNG, SUM_WRITEBACK } },
	{ "mlocked", ANON(SMALL, .page = BACKED | VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_UNEVICTABLE,
			  .lru = VMAVIEW_LRU_UNEVICTABLE),
	  { SUM_SWAP, SUM_SWAP_NEED, SUM_UNEVICTABLE_LIST, SUM_IDLE } },
	{ "mlocked, never", PAGE_OF(ANON, SMALL, NEVER, .page = BACKED | VMAVIEW_PAGE_MLOCKED |
				    VMAVIEW_PAGE_UNEVICTABLE | VMAVIEW_PAGE_MAYBE_PINNED,
				    .lru = VMAVIEW_LRU_UNEVICTABLE),
	  { SUM_NEVER, SUM_MLOCKED, SUM_UNEVICTABLE_LIST, SUM_IDLE } },
	{ "unevictable", PAGE_OF(SHMEM, SMALL, NEVER, .page = VMAVIEW_PAGE_UNEVICTABLE,
				 .lru = VMAVIEW_LRU_UNEVICTABLE),
	  { SUM_NEVER, SUM_UNEVICTABLE, SUM_UNEVICTABLE_LIST, SUM_IDLE } },
	{ "pinned", PAGE_OF(ANON, SMALL, NEVER, .page = BACKED | VMAVIEW_PAGE_MAYBE_PINNED, .extra_refs = 1024,
			    .lru = VMAVIEW_LRU_INACTIVE_ANON), { SUM_NEVER, SUM_PINNED, SUM_INACTIVE, SUM_IDLE } },
	{ "hugetlb", PAGE_OF(HUGETLB, NEVER, .page = VMAVIEW_PAGE_MAYBE_PINNED),
	  { SUM_NEVER, SUM_HUGETLB, SUM_NO_LIST, SUM_IDLE } },
	{ "the vdso", PAGE_OF(SPECIAL, SMALL, NEVER), { SUM_NEVER, SUM_KERNEL, SUM_NO_LIST, SUM_IDLE } },
	{ "no struct page", PAGE_OF(SPECIAL, SMALL, NEVER, .node = VMAVIEW_UNKNOWN), { SUM_NEVER, SUM_KERNEL } },
	{ "broken", { .start = 0x1000, .end = 0x2000, .state = VMAVIEW_STATE_HWPOISON, .origin = VMAVIEW_ORIGIN_ANON,
		      NEVER, .page = BACKED, .refcount = VMAVIEW_UNKNOWN },
	  { SUM_NEVER, SUM_OTHER, SUM_NO_LIST, SUM_IDLE } },
};

static bool falls_into(const struct vmaview_run *run, const enum reclaim_sum *want, const char *what)
{
	struct reclaim_sums sums = { { 0 } }, wanted = { { [SUM_PRESENT] = 0x1000 } };

	for (; *want; want++)
		wanted.bytes[*want] = 0x1000;
	reclaim_add(&sums, run);
	for (int sum = 0; sum < SUM_NR; sum++)
		if (sums.bytes[sum] != wanted.bytes[sum])
			return ktap_note("%s: %s is %llu", what, reclaim_sum_json[sum],
					 (unsigned long long)sums.bytes[sum]);
	return true;
}

static bool sums(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (!falls_into(&cases[i].run, cases[i].sums, cases[i].what))
			return false;
	return true;
}

/* Each page is in one sum of each kind. */
static bool kinds(void)
{
	struct reclaim_sums all = { { 0 } };
	uint64_t *b = all.bytes;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		reclaim_add(&all, &cases[i].run);
	return b[SUM_PRESENT] == sizeof(cases) / sizeof(cases[0]) * 0x1000 &&
	       b[SUM_DROP] + b[SUM_WRITE] + b[SUM_SWAP] + b[SUM_NEVER] == b[SUM_PRESENT] &&
	       b[SUM_MLOCKED] + b[SUM_UNEVICTABLE] + b[SUM_PINNED] + b[SUM_HUGETLB] + b[SUM_KERNEL] + b[SUM_OTHER] ==
	       b[SUM_NEVER] && b[SUM_YOUNG] + b[SUM_IDLE] == b[SUM_PRESENT] - 0x1000;
}

static bool nobodys(void)
{
	struct vmaview_run runs[] = {
		{ .end = 4096, .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ZERO, .node = VMAVIEW_UNKNOWN },
		{ .end = 4096, .state = VMAVIEW_STATE_SWAP, .node = VMAVIEW_UNKNOWN },
		{ .end = 4096, .state = VMAVIEW_STATE_PRESENT, .reclaim = 77 },	/* a word that is none of ours */
	};
	struct reclaim_sums all = { { 0 } }, none = { { 0 } };

	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
		reclaim_add(&all, &runs[i]);
	return !memcmp(&all, &none, sizeof(all));
}

static const struct ktap_test tests[] = {
	{ "a page falls into the sums of what it is", sums },
	{ "and into one of each kind", kinds },
	{ "what is nobody's memory is in none", nobodys },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
