// SPDX-License-Identifier: GPL-2.0
/*
 * classify.c - the judgement of module/judge/classify.c and the sums of module/judge/tally.c, as tables.
 *
 * The same sources as in the kernel, built with module/judge/classify.c and module/judge/tally.c on the host.
 */
#include <stdio.h>
#include <string.h>

#include "judge/classify.h"
#include "judge/tally.h"

static int tests, failures;

static void check(int good, const char *sentence)
{
	tests++;
	failures += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", tests, sentence);
}

/* A page of a private writable area, write-protected: small, anonymous, on the LRU, mapped once. */
#define ANON (LEAF_PAGE | LEAF_ANON | LEAF_SWAPBACKED | LEAF_LRU)
#define FILE_PAGE (LEAF_PAGE | LEAF_MAPPING | LEAF_LRU)
#define PRESENT(...) { .state = LEAF_STATE_PRESENT, __VA_ARGS__ }

static const struct {
	const char *sentence;
	struct leaf leaf;
	enum cow_large large;
	enum cow expect;
} cow_cases[] = {
	{ "a writable page is written in place",
	  PRESENT(.bits = ANON | LEAF_WRITE, .refcount = 2, .mapcount = 2), COW_LARGE_COPIES, COW_REUSE },
	{ "an exclusive page is reused whatever its references",
	  PRESENT(.bits = ANON | LEAF_EXCLUSIVE, .refcount = 1030, .mapcount = 1), COW_LARGE_COPIES, COW_REUSE },
	{ "a page that two map is copied",
	  PRESENT(.bits = ANON, .refcount = 2, .mapcount = 2), COW_LARGE_COPIES, COW_COPY },
	{ "two mappings are copied even off the LRU",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 3, .mapcount = 2), COW_LARGE_COPIES, COW_COPY },
	{ "a page left by its other owner is reused",
	  PRESENT(.bits = ANON, .refcount = 1, .mapcount = 1), COW_LARGE_COPIES, COW_REUSE },
	{ "a reference by somebody else forces a copy",
	  PRESENT(.bits = ANON, .refcount = 2, .mapcount = 1), COW_LARGE_COPIES, COW_COPY },
	{ "one reference too many off the LRU may be a batch",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 2, .mapcount = 1), COW_LARGE_COPIES, COW_MAYBE },
	{ "two too many are no batch",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 3, .mapcount = 1), COW_LARGE_COPIES, COW_COPY },
	{ "in the swap cache the slot decides",
	  PRESENT(.bits = ANON | LEAF_SWAPCACHE, .refcount = 2, .mapcount = 1), COW_LARGE_COPIES, COW_MAYBE },
	{ "a pinned page that is not exclusive is copied",
	  PRESENT(.bits = ANON | LEAF_PINNED, .refcount = 1025, .mapcount = 1), COW_LARGE_COPIES, COW_COPY },
	{ "a KSM page is a source",
	  PRESENT(.bits = ANON | LEAF_KSM, .refcount = 1, .mapcount = 1), COW_LARGE_COPIES, COW_SOURCE },
	{ "page cache under a private mapping is a source",
	  PRESENT(.bits = FILE_PAGE, .refcount = 2, .mapcount = 1), COW_LARGE_COPIES, COW_SOURCE },
	{ "the zero page is a source",
	  PRESENT(.bits = LEAF_ZERO), COW_LARGE_COPIES, COW_SOURCE },
	{ "what userfaultfd protects is its handler's business",
	  PRESENT(.bits = ANON | LEAF_UFFD | LEAF_EXCLUSIVE, .refcount = 1, .mapcount = 1),
	  COW_LARGE_COPIES, COW_MAYBE },
	{ "a page of a large folio is copied where the kernel always does",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, .refcount = 1, .mapcount = 1),
	  COW_LARGE_COPIES, COW_COPY },
	{ "and judged by its references where it is treated as small",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, .refcount = 1, .mapcount = 1),
	  COW_LARGE_AS_SMALL, COW_REUSE },
	{ "and copied there while others of the folio are mapped",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, .refcount = 512, .mapcount = 512),
	  COW_LARGE_AS_SMALL, COW_COPY },
	{ "and reused where all mappings are of this mm",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, .refcount = 512, .mapcount = 512),
	  COW_LARGE_REUSES, COW_REUSE },
	{ "unless another mm maps a part",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_OTHER_MM, .folio_order = 9, .refcount = 512, .mapcount = 512),
	  COW_LARGE_REUSES, COW_COPY },
	{ "unless it is the last page mapped",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, .refcount = 1, .mapcount = 1),
	  COW_LARGE_REUSES, COW_COPY },
	{ "a huge page that one maps is reused whole",
	  PRESENT(.bits = ANON | LEAF_LARGE, .level = 1, .folio_order = 9, .refcount = 1, .mapcount = 1),
	  COW_LARGE_COPIES, COW_REUSE },
	{ "two mappings of one mm are all there is of it",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 2, .refcount = 2, .mapcount = 2),
	  COW_LARGE_REUSES, COW_REUSE },
	{ "a reference more forces a copy",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 2, .refcount = 3, .mapcount = 2),
	  COW_LARGE_REUSES, COW_COPY },
	{ "the swap cache holds one a page of a large folio, and the slots decide",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_SWAPCACHE, .folio_order = 2, .refcount = 8, .mapcount = 4),
	  COW_LARGE_REUSES, COW_MAYBE },
	{ "one more than these forces a copy",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_SWAPCACHE, .folio_order = 2, .refcount = 9, .mapcount = 4),
	  COW_LARGE_REUSES, COW_COPY },
	{ "where it is treated as small, it holds too many of a large one",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_SWAPCACHE, .folio_order = 2, .refcount = 5, .mapcount = 1),
	  COW_LARGE_AS_SMALL, COW_COPY },
	{ "a huge page in the swap cache: the slots decide",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_SWAPCACHE, .level = 1, .folio_order = 9, .refcount = 513,
		  .mapcount = 1), COW_LARGE_COPIES, COW_MAYBE },
	{ "and a reference more forces a copy",
	  PRESENT(.bits = ANON | LEAF_LARGE | LEAF_SWAPCACHE, .level = 1, .folio_order = 9, .refcount = 514,
		  .mapcount = 1), COW_LARGE_COPIES, COW_COPY },
	{ "a huge page that one maps and another one holds is copied",
	  PRESENT(.bits = ANON | LEAF_LARGE, .level = 1, .folio_order = 9, .refcount = 2, .mapcount = 1),
	  COW_LARGE_COPIES, COW_COPY },
	{ "a huge page that two map is copied",
	  PRESENT(.bits = ANON | LEAF_LARGE, .level = 1, .folio_order = 9, .refcount = 2, .mapcount = 2),
	  COW_LARGE_REUSES, COW_COPY },
	{ "hugetlb looks at the mapcount only",
	  PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB | LEAF_LARGE, .level = 1, .folio_order = 9,
		  .refcount = 5, .mapcount = 1), COW_LARGE_COPIES, COW_REUSE },
	{ "at two, too",
	  PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB | LEAF_LARGE, .level = 1, .folio_order = 9,
		  .refcount = 2, .mapcount = 2), COW_LARGE_COPIES, COW_COPY },
	{ "userfaultfd is asked before a writable entry is looked at",
	  PRESENT(.bits = ANON | LEAF_UFFD | LEAF_WRITE, .refcount = 1, .mapcount = 1),
	  COW_LARGE_COPIES, COW_MAYBE },
	{ "memory without struct page is a source",
	  PRESENT(.bits = 0), COW_LARGE_COPIES, COW_SOURCE },
	{ "what moves is not present",
	  { .state = LEAF_STATE_MIGRATION, .bits = ANON | LEAF_EXCLUSIVE, .refcount = 1, .mapcount = 1 },
	  COW_LARGE_COPIES, COW_NOT },
	{ "nothing present costs nothing to judge",
	  { .state = LEAF_STATE_SWAP }, COW_LARGE_COPIES, COW_NOT },
};

static void check_cow(void)
{
	size_t i;

	for (i = 0; i < sizeof(cow_cases) / sizeof(cow_cases[0]); i++) {
		struct rules rules = { .cow = 1, .cow_large = cow_cases[i].large, .page_size = 4096 };

		check(classify_cow(&cow_cases[i].leaf, &rules) == cow_cases[i].expect, cow_cases[i].sentence);
		rules.cow = 0;
		if (classify_cow(&cow_cases[i].leaf, &rules) != COW_NOT)
			check(0, "a shared or read-only area has no copy-on-write");
	}
}

static const struct {
	const char *sentence;
	struct leaf leaf;
	enum reclaim expect;
} reclaim_cases[] = {
	{ "clean page cache is dropped", PRESENT(.bits = FILE_PAGE), LEAF_RECLAIM_DROP },
	{ "page cache that an entry dirtied is written", PRESENT(.bits = FILE_PAGE | LEAF_DIRTY), LEAF_RECLAIM_WRITE },
	{ "dirty page cache is written", PRESENT(.bits = FILE_PAGE | LEAF_FOLIO_DIRTY), LEAF_RECLAIM_WRITE },
	{ "page cache under writeback is written", PRESENT(.bits = FILE_PAGE | LEAF_WRITEBACK), LEAF_RECLAIM_WRITE },
	{ "shmem is swapped", PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED), LEAF_RECLAIM_SWAP },
	{ "anonymous memory is swapped", PRESENT(.bits = ANON), LEAF_RECLAIM_SWAP },
	{ "what MADV_FREE gave up is dropped", PRESENT(.bits = ANON & ~LEAF_SWAPBACKED), LEAF_RECLAIM_DROP },
	{ "unless it was written again", PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_DIRTY), LEAF_RECLAIM_SWAP },
	{ "mlocked memory stays", PRESENT(.bits = ANON | LEAF_MLOCKED), LEAF_RECLAIM_NEVER },
	{ "unevictable memory stays", PRESENT(.bits = FILE_PAGE | LEAF_UNEVICTABLE), LEAF_RECLAIM_NEVER },
	{ "pinned memory stays", PRESENT(.bits = ANON | LEAF_PINNED), LEAF_RECLAIM_NEVER },
	{ "hugetlb stays", PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB), LEAF_RECLAIM_NEVER },
	{ "the kernel's own page stays", PRESENT(.bits = LEAF_PAGE), LEAF_RECLAIM_NEVER },
	{ "a device mapping stays", PRESENT(.bits = LEAF_WRITE), LEAF_RECLAIM_NEVER },
	{ "a poisoned page stays", { .state = LEAF_STATE_HWPOISON, .bits = ANON }, LEAF_RECLAIM_NEVER },
	{ "of a file as well", { .state = LEAF_STATE_HWPOISON, .bits = FILE_PAGE }, LEAF_RECLAIM_NEVER },
	{ "memory of a device stays", PRESENT(.bits = FILE_PAGE | LEAF_ZONE_DEVICE), LEAF_RECLAIM_NEVER },
	{ "page cache that is locked stays", PRESENT(.bits = FILE_PAGE | LEAF_MLOCKED), LEAF_RECLAIM_NEVER },
	{ "what MADV_FREE gave up and another entry wrote to is swapped",
	  PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_FOLIO_DIRTY), LEAF_RECLAIM_SWAP },
	{ "dirty shmem is swapped", PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED | LEAF_DIRTY), LEAF_RECLAIM_SWAP },
	{ "a page that moves is judged as if it were there",
	  { .state = LEAF_STATE_MIGRATION, .bits = FILE_PAGE }, LEAF_RECLAIM_DROP },
	{ "swap is nobody's", { .state = LEAF_STATE_SWAP }, LEAF_RECLAIM_NOT },
	{ "the zero page is nobody's", PRESENT(.bits = LEAF_ZERO), LEAF_RECLAIM_NOT },
	{ "nothing is nobody's", { .state = LEAF_STATE_NONE }, LEAF_RECLAIM_NOT },
};

/* And where the area has a say. */
static const struct {
	const char *sentence;
	struct leaf leaf;
	enum reclaim expect;
	struct rules rules;
} area_cases[] = {
	{ "what may be dropped is dropped, dirty or not",
	  PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_DIRTY | LEAF_FOLIO_DIRTY), LEAF_RECLAIM_DROP,
	  { .droppable = 1 } },
	{ "but not what has a place in swap", PRESENT(.bits = ANON), LEAF_RECLAIM_SWAP, { .droppable = 1 } },
	{ "and not what is pinned", PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_PINNED), LEAF_RECLAIM_NEVER,
	  { .droppable = 1 } },
	{ "a page of a locked area stays, marked or not", PRESENT(.bits = ANON), LEAF_RECLAIM_NEVER, { .locked = 1 } },
	{ "of a file, too", PRESENT(.bits = FILE_PAGE), LEAF_RECLAIM_NEVER, { .locked = 1 } },
	{ "the cache of a file that keeps its pages stays", PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED),
	  LEAF_RECLAIM_NEVER, { .unevictable = 1 } },
	{ "copies of it do not", PRESENT(.bits = ANON), LEAF_RECLAIM_SWAP, { .unevictable = 1 } },
	{ "dirty page cache that nobody writes stays", PRESENT(.bits = FILE_PAGE | LEAF_FOLIO_DIRTY),
	  LEAF_RECLAIM_NEVER, { .unwritten = 1 } },
	{ "clean page cache of the same file goes", PRESENT(.bits = FILE_PAGE), LEAF_RECLAIM_DROP, { .unwritten = 1 } },
	{ "shmem, which is not written but swapped, goes", PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED | LEAF_DIRTY),
	  LEAF_RECLAIM_SWAP, { .unwritten = 1 } },
	{ "page cache of a file that the area does not map stays",
	  PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED | LEAF_FOREIGN), LEAF_RECLAIM_NEVER, { .cow = 0 } },
	{ "the zero page of a locked area is nobody's, too", PRESENT(.bits = LEAF_ZERO), LEAF_RECLAIM_NOT,
	  { .locked = 1 } },
};

static void check_reclaim(void)
{
	static const struct rules none;
	size_t i;

	for (i = 0; i < sizeof(reclaim_cases) / sizeof(reclaim_cases[0]); i++)
		check(classify_reclaim(&reclaim_cases[i].leaf, &none) == reclaim_cases[i].expect,
		      reclaim_cases[i].sentence);
	for (i = 0; i < sizeof(area_cases) / sizeof(area_cases[0]); i++)
		check(classify_reclaim(&area_cases[i].leaf, &area_cases[i].rules) == area_cases[i].expect,
		      area_cases[i].sentence);
}

static const struct {
	const char *sentence;
	struct leaf leaf;
	long long extra;
	_Bool batch;
} refs_cases[] = {
	{ "an anonymous page has its mappings' references",
	  PRESENT(.bits = ANON, .refcount = 3, .mapcount = 3), 0, 0 },
	{ "the swap cache holds one a page",
	  PRESENT(.bits = ANON | LEAF_SWAPCACHE | LEAF_LARGE, .folio_order = 2, .refcount = 5, .mapcount = 1), 0, 0 },
	{ "the page cache holds one a page",
	  PRESENT(.bits = FILE_PAGE | LEAF_LARGE, .folio_order = 4, .refcount = 18, .mapcount = 2), 0, 0 },
	{ "and one for private data",
	  PRESENT(.bits = FILE_PAGE | LEAF_PRIVATE, .refcount = 3, .mapcount = 1), 0, 0 },
	{ "of a page of hugetlbfs older kernels hold one",
	  PRESENT(.bits = LEAF_PAGE | LEAF_MAPPING | LEAF_HUGETLB | LEAF_LARGE | LEAF_CACHED_ONCE,
		  .folio_order = 9, .refcount = 3, .mapcount = 1), 1, 0 },
	{ "two too many are no batch",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 3, .mapcount = 1), 2, 0 },
	{ "none too many is no batch",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 1, .mapcount = 1), 0, 0 },
	{ "page cache can be in a batch",
	  PRESENT(.bits = FILE_PAGE & ~LEAF_LRU, .refcount = 3, .mapcount = 1), 1, 1 },
	{ "an anonymous page has no private data of a file system's",
	  PRESENT(.bits = ANON | LEAF_PRIVATE, .refcount = 1, .mapcount = 1), 0, 0 },
	{ "a page that is just being unmapped has too few",
	  PRESENT(.bits = ANON, .refcount = 0, .mapcount = 1), -1, 0 },
	{ "a fresh page is in a batch",
	  PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 2, .mapcount = 1), 1, 1 },
	{ "one on the LRU is not",
	  PRESENT(.bits = ANON, .refcount = 2, .mapcount = 1), 1, 0 },
	{ "a pin is 1024 references",
	  PRESENT(.bits = ANON, .refcount = 1025, .mapcount = 1), 1024, 0 },
	{ "the kernel's own page never is in a batch",
	  PRESENT(.bits = LEAF_PAGE, .refcount = 4, .mapcount = 3), 1, 0 },
	{ "hugetlb is on no LRU list",
	  PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB, .folio_order = 9, .refcount = 2, .mapcount = 1), 1, 0 },
};

static void check_refs(void)
{
	size_t i;

	for (i = 0; i < sizeof(refs_cases) / sizeof(refs_cases[0]); i++)
		check(classify_extra_refs(&refs_cases[i].leaf) == refs_cases[i].extra &&
		      classify_in_lru_batch(&refs_cases[i].leaf) == refs_cases[i].batch, refs_cases[i].sentence);
}

static struct vmaview_area tallied(struct leaf leaf, struct rules rules, __u64 nr)
{
	struct vmaview_area area;

	memset(&area, 0, sizeof(area));
	rules.page_size = 4096;
	tally_pages(&area, &leaf, &rules, nr);
	return area;
}

static void check_smaps_sums(void)
{
	struct leaf shared = PRESENT(.bits = ANON | LEAF_DIRTY | LEAF_YOUNG, .refcount = 3, .mapcount = 3,
				     .page_mapcount = 3);
	struct leaf alone = PRESENT(.bits = ANON, .refcount = 1, .mapcount = 1, .page_mapcount = 1);
	struct leaf moving = { .state = LEAF_STATE_MIGRATION, .bits = LEAF_PAGE | LEAF_ANON | LEAF_SWAPBACKED };
	struct leaf device = { .state = LEAF_STATE_DEVICE, .bits = LEAF_PAGE | LEAF_ANON | LEAF_SWAPBACKED };
	struct leaf huge = PRESENT(.bits = FILE_PAGE | LEAF_SWAPBACKED | LEAF_LARGE, .level = 1, .folio_order = 9,
				   .refcount = 513, .mapcount = 1, .page_mapcount = 1);
	struct vmaview_area area = tallied(shared, (struct rules){ .locked = 1 }, 7);

	check(area.rss == 7 * 4096 && area.shared_dirty == area.rss && area.referenced == area.rss &&
	      area.anonymous == area.rss && !area.private_dirty, "shared dirty pages are summed as smaps does");
	check(area.pss == 7 * ((4096ULL << 12) / 3) && area.locked == area.pss && area.pss_dirty == area.pss,
	      "each page's share is rounded, then summed");
	area = tallied(alone, (struct rules){ .cow = 1 }, 5);
	check(area.private_clean == 5 * 4096 && area.pss == 5 * 4096ULL << 12 && !area.locked && !area.referenced,
	      "pages of one owner are private and whole");
	check(area.cow_reuse == 5 * 4096 && !area.cow_debt, "what is reused is no debt");
	area = tallied(moving, (struct rules){ .absent_is_shared = 1 }, 2);
	check(area.shared_clean == 2 * 4096 && area.rss == 2 * 4096 && !area.refcount_max,
	      "a page in migration is present and shared");
	area = tallied(moving, (struct rules){ .absent_is_shared = 0 }, 2);
	check(area.private_clean == 2 * 4096, "or private, where smaps says so");
	area = tallied(device, (struct rules){ .absent_is_shared = 1 }, 2);
	check(area.shared_clean == 2 * 4096 && area.pss == 2 * 4096ULL << 12, "so is one that a device has to itself");
	device.bits |= LEAF_COUNTED;
	device.refcount = device.mapcount = device.page_mapcount = 1;
	area = tallied(device, (struct rules){ .absent_is_shared = 1 }, 2);
	check(area.private_clean == 2 * 4096, "a page in a device's memory goes by its mapcount");
	device.refcount = device.mapcount = device.page_mapcount = 2;
	area = tallied(device, (struct rules){ .absent_is_shared = 1 }, 2);
	check(area.shared_clean == 2 * 4096 && area.pss == 4096ULL << 12 && !area.refcount_max,
	      "and is shared by parent and child");
	area = tallied(huge, (struct rules){ .cow = 0 }, 512);
	check(area.shmem_pmd == 512 * 4096 && !area.anon_huge && !area.file_pmd && area.extra_refs == 0,
	      "huge shared memory is told from other huge pages");
}

static const struct {
	const char *sentence;
	unsigned int mapcount, entire, order, average;
} average_cases[] = {
	{ "a huge page that nobody maps is mapped never", 0, 0, 9, 0 },
	{ "a huge page that three map whole is mapped three times", 3, 3, 9, 3 },
	{ "one that is mapped by a small entry is mapped once", 1, 0, 9, 1 },
	{ "one that two map whole, and a third in part, is mapped twice", 2 + 255, 2, 9, 2 },
	{ "or three times, if that is half of it", 2 + 256, 2, 9, 3 },
	{ "one that is mapped by small entries twice is mapped twice", 1024, 0, 9, 2 },
	{ "and by some more still twice", 1024 + 255, 0, 9, 2 },
	{ "a folio of two pages, of which one is mapped, is mapped once", 1, 0, 1, 1 },
};

static void check_averages(void)
{
	size_t i;

	for (i = 0; i < sizeof(average_cases) / sizeof(average_cases[0]); i++)
		check(classify_average_mapcount(average_cases[i].mapcount, average_cases[i].entire,
						average_cases[i].order) == average_cases[i].average,
		      average_cases[i].sentence);
}

/* Where smaps goes by folios, not by pages. */
static void check_folio_sums(void)
{
	struct leaf leaf = PRESENT(.bits = ANON | LEAF_LARGE | LEAF_OTHER_MM, .folio_order = 9, .refcount = 3,
				   .mapcount = 3, .page_mapcount = 1);
	struct vmaview_area area = tallied(leaf, (struct rules){ .by_folio = 1 }, 4);

	check(area.shared_clean == 4 * 4096 && area.pss == 4 * 4096ULL << 12,
	      "a page of a folio that two map is shared, though each is mapped once");
	leaf.bits &= ~LEAF_OTHER_MM;
	leaf.page_mapcount = 2;
	area = tallied(leaf, (struct rules){ .by_folio = 1 }, 4);
	check(area.private_clean == 4 * 4096 && area.pss == 2 * 4096ULL << 12,
	      "and private where one maps it twice, which counts half");
	area = tallied(leaf, (struct rules){ .by_folio = 0 }, 4);
	check(area.shared_clean == 4 * 4096, "but not where smaps goes by pages");
	leaf.bits = ANON;
	area = tallied(leaf, (struct rules){ .by_folio = 1 }, 4);
	check(area.shared_clean == 4 * 4096, "a small page goes by its own mappings");
}

/* What smaps does not see, or nobody else. */
static void check_seen_sums(void)
{
	struct leaf leaf = PRESENT(.bits = ANON | LEAF_LARGE | LEAF_NOT_IN_SMAPS | LEAF_MLOCKED, .level = 1,
				   .folio_order = 9, .refcount = 1, .mapcount = 1, .page_mapcount = 1);
	struct leaf device = PRESENT(.bits = LEAF_PAGE | LEAF_ZONE_DEVICE | LEAF_DIRTY | LEAF_ONLY_IN_SMAPS, .level = 1,
				     .refcount = 1);
	struct vmaview_area area = tallied(leaf, (struct rules){ .locked = 1 }, 512);

	check(!area.rss && !area.pss && !area.anon_huge && !area.locked && !area.private_clean,
	      "what smaps passes over is in no sum of smaps");
	check(area.mlocked == 512 * 4096 && area.refcount_max == 1 && area.reclaim_never == area.mlocked,
	      "but in ours");
	leaf.bits &= ~LEAF_NOT_IN_SMAPS;
	area = tallied(leaf, (struct rules){ .smaps_skips = 1, .cow = 1 }, 512);
	check(!area.rss && area.cow_reuse == 512 * 4096, "so is an area that it passes over");
	area = tallied(device, (struct rules){ .cow = 1 }, 1);
	check(area.rss == 4096 && area.private_dirty == 4096 && !area.file_pmd,
	      "a page that smaps finds at a device's entry is in its sums");
	check(!area.cow_source && !area.reclaim_never && !area.refcount_max, "and in no other");
	tally_swap(&area, &(struct rules){ .page_size = 4096, .smaps_skips = 1 }, 3);
	check(!area.swap, "where smaps does not look nothing is swapped");
	tally_swap(&area, &(struct rules){ .page_size = 4096 }, 3);
	check(area.swap == 3 * 4096, "else it is");
}

static void check_hugetlb_sums(void)
{
	struct leaf leaf = PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB | LEAF_LARGE, .level = 1,
				   .folio_order = 9, .refcount = 2, .mapcount = 2, .page_mapcount = 2);
	struct vmaview_area area = tallied(leaf, (struct rules){ .cow = 1 }, 512);

	check(area.shared_hugetlb == 512 * 4096 && !area.rss && !area.pss, "hugetlb is not in Rss");
	check(area.cow_copy == 512 * 4096 && area.cow_debt == area.cow_copy, "shared hugetlb is copied whole");
	leaf.mapcount = 1;
	leaf.bits |= LEAF_PMD_SHARED;
	area = tallied(leaf, (struct rules){ .cow = 1 }, 512);
	check(area.shared_hugetlb == 512 * 4096, "a shared table makes hugetlb shared");
}

int main(void)
{
	printf("KTAP version 1\n");
	check_cow();
	check_reclaim();
	check_refs();
	check_smaps_sums();
	check_hugetlb_sums();
	check_averages();
	check_folio_sums();
	check_seen_sums();
	printf("1..%d\n", tests);
	return failures != 0;
}
