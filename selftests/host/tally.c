// SPDX-License-Identifier: GPL-2.0
/*
 * tally.c - the sums of module/judge/tally.c, as a table: the whole area that pages of one kind make.
 *
 * The same source as in the kernel.  What a row does not name has to stay 0.
 */
#include <stdio.h>
#include <string.h>

#include "judge/tally.h"

enum { PAGE = 4096 };

/* Pss of so many pages, each of them shared by so many. */
#define PSS(pages, sharers)	((pages) * (((__u64)PAGE << VMAVIEW_PSS_SHIFT) / (sharers)))

#define ANON	(LEAF_PAGE | LEAF_ANON | LEAF_SWAPBACKED | LEAF_LRU)
#define CACHE	(LEAF_PAGE | LEAF_MAPPING | LEAF_LRU)
#define SHMEM	(CACHE | LEAF_SWAPBACKED)
#define HUGETLB	(LEAF_PAGE | LEAF_HUGETLB | LEAF_LARGE)
#define REFS(references, mappings) .refcount = references, .mapcount = mappings, .page_mapcount = mappings
#define PRESENT(...) { .state = LEAF_STATE_PRESENT, __VA_ARGS__ }
#define STATE(which, ...) { .state = LEAF_STATE_##which, __VA_ARGS__ }
#define MAXIMA(references, mappings) .refcount_max = references, .mapcount_max = mappings

static const struct row {
	const char *sentence;
	struct leaf leaf;
	struct rules rules;
	__u64 nr;
	struct vmaview_area expect;
} rows[] = {
	{ "a page of one's own is reused, and swapped", PRESENT(.bits = ANON | LEAF_EXCLUSIVE, REFS(1, 1)),
	  { .cow = 1 }, 3, { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .anonymous = 3 * PAGE,
			     .cow_reuse = 3 * PAGE, .reclaim_swap = 3 * PAGE, MAXIMA(1, 1) } },
	{ "a dirty page of two is copied, and half of it is ours",
	  PRESENT(.bits = ANON | LEAF_DIRTY, REFS(2, 2)), { .cow = 1 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 2), .pss_dirty = PSS(3, 2), .shared_dirty = 3 * PAGE,
	    .anonymous = 3 * PAGE, .cow_copy = 3 * PAGE, .cow_debt = 3 * PAGE, .reclaim_swap = 3 * PAGE,
	    MAXIMA(2, 2) } },
	{ "of two references and one mapping smaps makes a page of one's own",
	  PRESENT(.bits = ANON, REFS(2, 1)), { .cow = 1 }, 5,
	  { .rss = 5 * PAGE, .pss = PSS(5, 1), .private_clean = 5 * PAGE, .anonymous = 5 * PAGE,
	    .cow_copy = 5 * PAGE, .cow_debt = 5 * PAGE, .reclaim_swap = 5 * PAGE, .extra_refs = 5, MAXIMA(2, 1) } },
	{ "and of one reference and two mappings, too", PRESENT(.bits = SHMEM, REFS(1, 2)), { .cow = 0 }, 5,
	  { .rss = 5 * PAGE, .pss = PSS(5, 1), .private_clean = 5 * PAGE, .reclaim_swap = 5 * PAGE, MAXIMA(1, 2) } },
	{ "a page in a batch is a guess", PRESENT(.bits = ANON & ~LEAF_LRU, REFS(2, 1)), { .cow = 1 }, 7,
	  { .rss = 7 * PAGE, .pss = PSS(7, 1), .private_clean = 7 * PAGE, .anonymous = 7 * PAGE,
	    .cow_maybe = 7 * PAGE, .reclaim_swap = 7 * PAGE, .extra_refs = 7, .extra_refs_lru = 7, MAXIMA(2, 1) } },
	{ "page cache is a source, and dropped", PRESENT(.bits = CACHE, REFS(2, 1)), { .cow = 1 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .cow_source = 3 * PAGE,
	    .cow_debt = 3 * PAGE, .reclaim_drop = 3 * PAGE, MAXIMA(2, 1) } },
	{ "dirty page cache is written", PRESENT(.bits = CACHE | LEAF_FOLIO_DIRTY, REFS(2, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .pss_dirty = PSS(3, 1), .private_dirty = 3 * PAGE,
	    .reclaim_write = 3 * PAGE, MAXIMA(2, 1) } },
	{ "a page under writeback has its sum", PRESENT(.bits = CACHE | LEAF_WRITEBACK, REFS(2, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .reclaim_write = 3 * PAGE,
	    .writeback = 3 * PAGE, MAXIMA(2, 1) } },
	{ "a locked page, too, and what is locked of it", PRESENT(.bits = ANON | LEAF_MLOCKED, REFS(4, 4)),
	  { .locked = 1 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 4), .locked = PSS(3, 4), .shared_clean = 3 * PAGE,
	    .anonymous = 3 * PAGE, .reclaim_never = 3 * PAGE, .mlocked = 3 * PAGE, MAXIMA(4, 4) } },
	{ "a pinned page, too", PRESENT(.bits = CACHE | LEAF_PINNED, REFS(1026, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .reclaim_never = 3 * PAGE,
	    .maybe_pinned = 3 * PAGE, .extra_refs = 3, MAXIMA(1026, 1) } },
	{ "an unevictable one, too", PRESENT(.bits = SHMEM | LEAF_UNEVICTABLE, REFS(2, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .reclaim_never = 3 * PAGE,
	    .unevictable = 3 * PAGE, MAXIMA(2, 1) } },
	{ "what MADV_FREE gave up is free of charge", PRESENT(.bits = ANON & ~LEAF_SWAPBACKED, REFS(1, 1)),
	  { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .anonymous = 3 * PAGE,
	    .lazyfree = 3 * PAGE, .reclaim_drop = 3 * PAGE, MAXIMA(1, 1) } },
	{ "until it is written to", PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_DIRTY, REFS(1, 1)),
	  { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .pss_dirty = PSS(3, 1), .private_dirty = 3 * PAGE,
	    .anonymous = 3 * PAGE, .reclaim_swap = 3 * PAGE, MAXIMA(1, 1) } },
	{ "by whomever", PRESENT(.bits = (ANON & ~LEAF_SWAPBACKED) | LEAF_FOLIO_DIRTY, REFS(1, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .pss_dirty = PSS(3, 1), .private_dirty = 3 * PAGE,
	    .anonymous = 3 * PAGE, .reclaim_swap = 3 * PAGE, MAXIMA(1, 1) } },
	{ "a page of KSM is anonymous", PRESENT(.bits = ANON | LEAF_KSM, REFS(1, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .anonymous = 3 * PAGE, .ksm = 3 * PAGE,
	    .reclaim_swap = 3 * PAGE, MAXIMA(1, 1) } },
	{ "a young entry is a reference", PRESENT(.bits = CACHE | LEAF_YOUNG, REFS(2, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .referenced = 3 * PAGE,
	    .reclaim_drop = 3 * PAGE, MAXIMA(2, 1) } },
	{ "and a young page is one", PRESENT(.bits = CACHE | LEAF_FOLIO_YOUNG, REFS(2, 1)), { .cow = 0 }, 3,
	  { .rss = 3 * PAGE, .pss = PSS(3, 1), .private_clean = 3 * PAGE, .referenced = 3 * PAGE,
	    .reclaim_drop = 3 * PAGE, MAXIMA(2, 1) } },
	{ "a huge page is anonymous,",
	  PRESENT(.bits = ANON | LEAF_LARGE, .level = 1, .folio_order = 9, REFS(1, 1)), { .cow = 0 }, 512,
	  { .rss = 512 * PAGE, .pss = PSS(512, 1), .private_clean = 512 * PAGE, .anonymous = 512 * PAGE,
	    .anon_huge = 512 * PAGE, .reclaim_swap = 512 * PAGE, MAXIMA(1, 1) } },
	{ "of shared memory,", PRESENT(.bits = SHMEM | LEAF_LARGE, .level = 1, .folio_order = 9, REFS(513, 1)),
	  { .cow = 0 }, 512,
	  { .rss = 512 * PAGE, .pss = PSS(512, 1), .private_clean = 512 * PAGE, .shmem_pmd = 512 * PAGE,
	    .reclaim_swap = 512 * PAGE, MAXIMA(513, 1) } },
	{ "of a file,", PRESENT(.bits = CACHE | LEAF_LARGE, .level = 1, .folio_order = 9, REFS(513, 1)),
	  { .cow = 0 }, 512,
	  { .rss = 512 * PAGE, .pss = PSS(512, 1), .private_clean = 512 * PAGE, .file_pmd = 512 * PAGE,
	    .reclaim_drop = 512 * PAGE, MAXIMA(513, 1) } },
	{ "or of a device, of which smaps has no sum",
	  PRESENT(.bits = CACHE | LEAF_ZONE_DEVICE, .level = 1, .folio_order = 9, REFS(513, 1)), { .cow = 0 }, 512,
	  { .rss = 512 * PAGE, .pss = PSS(512, 1), .private_clean = 512 * PAGE, .reclaim_never = 512 * PAGE,
	    MAXIMA(513, 1) } },
	{ "one that a PTE maps is huge for nobody",
	  PRESENT(.bits = ANON | LEAF_LARGE, .folio_order = 9, REFS(1, 1)), { .cow = 0 }, 1,
	  { .rss = PAGE, .pss = PSS(1, 1), .private_clean = PAGE, .anonymous = PAGE, .reclaim_swap = PAGE,
	    MAXIMA(1, 1) } },
	{ "a page that moves is there, and shared where smaps says so",
	  STATE(MIGRATION, .bits = ANON, REFS(9, 9)), { .absent_is_shared = 1 }, 2,
	  { .rss = 2 * PAGE, .pss = PSS(2, 1), .shared_clean = 2 * PAGE, .anonymous = 2 * PAGE,
	    .reclaim_swap = 2 * PAGE } },
	{ "or one's own where it does not", STATE(MIGRATION, .bits = ANON | LEAF_DIRTY, REFS(9, 9)),
	  { .absent_is_shared = 0 }, 2,
	  { .rss = 2 * PAGE, .pss = PSS(2, 1), .pss_dirty = PSS(2, 1), .private_dirty = 2 * PAGE,
	    .anonymous = 2 * PAGE, .reclaim_swap = 2 * PAGE } },
	{ "one in the memory of a device counts as its mappings say",
	  STATE(DEVICE, .bits = ANON | LEAF_COUNTED, REFS(2, 2)), { .absent_is_shared = 0 }, 2,
	  { .rss = 2 * PAGE, .pss = PSS(2, 2), .shared_clean = 2 * PAGE, .anonymous = 2 * PAGE,
	    .reclaim_swap = 2 * PAGE } },
	{ "hugetlb is no Rss, and one's own", PRESENT(.bits = HUGETLB, .level = 1, .folio_order = 9, REFS(1, 1)),
	  { .absent_is_shared = 1 }, 512,
	  { .private_hugetlb = 512 * PAGE, .reclaim_never = 512 * PAGE, MAXIMA(1, 1) } },
	{ "until it is mapped twice", PRESENT(.bits = HUGETLB, .level = 1, .folio_order = 9, REFS(2, 2)),
	  { .absent_is_shared = 1 }, 512,
	  { .shared_hugetlb = 512 * PAGE, .reclaim_never = 512 * PAGE, MAXIMA(2, 2) } },
	{ "or its table is", PRESENT(.bits = HUGETLB | LEAF_PMD_SHARED, .level = 1, .folio_order = 9, REFS(1, 1)),
	  { .cow = 0 }, 512,
	  { .shared_hugetlb = 512 * PAGE, .reclaim_never = 512 * PAGE, MAXIMA(1, 1) } },
	{ "where smaps takes what moves for shared, hugetlb as well",
	  STATE(MIGRATION, .bits = HUGETLB, .level = 1, .folio_order = 9, REFS(1, 1)), { .absent_is_shared = 1 }, 512,
	  { .shared_hugetlb = 512 * PAGE, .reclaim_never = 512 * PAGE } },
	{ "and where it does not, not", STATE(MIGRATION, .bits = HUGETLB, .level = 1, .folio_order = 9, REFS(1, 1)),
	  { .absent_is_shared = 0 }, 512,
	  { .private_hugetlb = 512 * PAGE, .reclaim_never = 512 * PAGE } },
	{ "the zero page is a source, and is nobody's", PRESENT(.bits = LEAF_ZERO), { .cow = 1 }, 3,
	  { .cow_source = 3 * PAGE, .cow_debt = 3 * PAGE } },
	{ "memory without struct page is never reclaimed", PRESENT(.bits = LEAF_WRITE), { .cow = 0 }, 3,
	  { .reclaim_never = 3 * PAGE } },
	{ "swap is no memory", STATE(SWAP), { .cow = 1 }, 3, { .absent_none = 0 } },
};

#define NR_ROWS	(sizeof(rows) / sizeof(rows[0]))

static int tests, failures;

static void check(int good, const char *sentence)
{
	tests++;
	failures += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", tests, sentence);
}

/* All of the area, by eights of bytes; what differs is named by its offset. */
static int same(const struct vmaview_area *got, const struct vmaview_area *expect)
{
	const __u64 *left = (const void *)got, *right = (const void *)expect;
	int good = 1;

	for (size_t i = 0; i < sizeof(*got) / sizeof(*left); i++) {
		if (left[i] == right[i])
			continue;
		printf("# at offset %zu: %llu, expected %llu\n", i * sizeof(*left), left[i], right[i]);
		good = 0;
	}
	return good;
}

static void check_pages(void)
{
	for (size_t i = 0; i < NR_ROWS; i++) {
		struct rules rules = rows[i].rules;
		struct vmaview_area area;

		memset(&area, 0, sizeof(area));
		rules.page_size = PAGE;
		tally_pages(&area, &rows[i].leaf, &rules, rows[i].nr);
		check(same(&area, &rows[i].expect), rows[i].sentence);
	}
}

/* The second of two kinds of pages adds to what the first left, and keeps its maxima. */
static void check_sums(void)
{
	static const struct leaf many = PRESENT(.bits = ANON, REFS(9, 8)), few = PRESENT(.bits = ANON, REFS(3, 2));
	struct rules rules = { .page_size = PAGE };
	struct vmaview_area area, expect = {
		.rss = 5 * PAGE, .pss = PSS(2, 8) + PSS(3, 2), .shared_clean = 5 * PAGE, .anonymous = 5 * PAGE,
		.reclaim_swap = 5 * PAGE, .extra_refs = 5, MAXIMA(9, 8),
	};

	memset(&area, 0, sizeof(area));
	tally_pages(&area, &many, &rules, 2);
	tally_pages(&area, &few, &rules, 3);
	check(same(&area, &expect), "sums are of all pages, and the highest counts are of the highest");
}

static void check_absent(void)
{
	static const struct vmaview_area expect = {
		.absent_none = 11, .absent_swap = 12, .absent_migration = 13, .absent_device = 14,
		.absent_hwpoison = 15, .absent_guard = 16, .absent_uffd = 17,
	};
	static const unsigned int states[] = {
		LEAF_STATE_NONE, LEAF_STATE_SWAP, LEAF_STATE_MIGRATION, LEAF_STATE_DEVICE, LEAF_STATE_HWPOISON,
		LEAF_STATE_GUARD, LEAF_STATE_UFFD,
	};
	struct vmaview_area area;

	memset(&area, 0, sizeof(area));
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		tally_absent(&area, states[i], 1);
		tally_absent(&area, states[i], 10 + i);
	}
	tally_absent(&area, LEAF_STATE_PRESENT, 1000);
	check(same(&area, &expect), "each kind of absence has its own count, and what is present has none");
}

int main(void)
{
	printf("KTAP version 1\n");
	check_pages();
	check_sums();
	check_absent();
	printf("1..%d\n", tests);
	return failures != 0;
}
