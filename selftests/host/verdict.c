// SPDX-License-Identifier: GPL-2.0
/*
 * verdict.c - the judgement of module/verdict.c, as a table: one row an access in a situation.
 *
 * The same source as in the kernel, built with module/verdict.c and module/classify.c on the host.
 */
#include <stdio.h>

#include "../../module/verdict.h"

#define RW	(VERDICT_MAY_READ | VERDICT_MAY_WRITE | VERDICT_PKEY_READ | VERDICT_PKEY_WRITE)
#define RO	(VERDICT_MAY_READ | VERDICT_PKEY_READ | VERDICT_PKEY_WRITE)
#define RX	(RO | VERDICT_MAY_EXEC)
#define NO	(VERDICT_PKEY_READ | VERDICT_PKEY_WRITE)
#define COMMON	(RW | VERDICT_SHARED | VERDICT_MAYSHARE)

#define ANON	(LEAF_PAGE | LEAF_ANON | LEAF_SWAPBACKED | LEAF_LRU)
#define ONE	.refcount = 1, .mapcount = 1
#define TWO	.refcount = 2, .mapcount = 2
#define PRESENT(...)	.leaf = { .state = LEAF_STATE_PRESENT, __VA_ARGS__ }
#define STATE(which)	.leaf = { .state = LEAF_STATE_##which }
#define EXPECT(word, why)	{ VMAVIEW_##word, VMAVIEW_WHY_##why }

static const struct row {
	const char *sentence;
	struct verdict_facts facts;
	enum vmaview_access access;
	struct verdict expect;
} rows[] = {
	{ "a gap is not mapped", { .place = PLACE_GAP }, VMAVIEW_READ, EXPECT(SEGV_UNMAPPED, GAP) },
	{ "nor can anything be above user space",
	  { .place = PLACE_NOT_USER }, VMAVIEW_WRITE, EXPECT(SEGV_UNMAPPED, NOT_USER) },
	{ "a stack grows down to a write",
	  { .place = PLACE_STACK, .bits = RW }, VMAVIEW_WRITE, EXPECT(STACK_GROWTH, STACK) },
	{ "and to a read", { .place = PLACE_STACK, .bits = RW }, VMAVIEW_READ, EXPECT(STACK_GROWTH, STACK) },
	{ "but holds nothing to be executed",
	  { .place = PLACE_STACK, .bits = RW }, VMAVIEW_EXEC, EXPECT(SEGV_ACCESS, NO_EXEC) },
	{ "unless a limit is reached",
	  { .place = PLACE_STACK_LIMIT, .bits = RW }, VMAVIEW_READ, EXPECT(SEGV_UNMAPPED, STACK_LIMIT) },
	{ "or an area is too near",
	  { .place = PLACE_STACK_GAP, .bits = RW }, VMAVIEW_READ, EXPECT(SEGV_UNMAPPED, STACK_GAP) },
	{ "or the address is too low",
	  { .place = PLACE_STACK_LOW, .bits = RW }, VMAVIEW_READ, EXPECT(SEGV_UNMAPPED, STACK_LOW) },

	{ "PROT_NONE allows no read", { .bits = NO }, VMAVIEW_READ, EXPECT(SEGV_ACCESS, NO_PERMISSION) },
	{ "nor an exec, whatever is there",
	  { .bits = NO, PRESENT(.bits = ANON, ONE) }, VMAVIEW_EXEC, EXPECT(SEGV_ACCESS, NO_PERMISSION) },
	{ "a read-only area allows no write, even to a writable page",
	  { .bits = RO, PRESENT(.bits = ANON | LEAF_WRITE, ONE) }, VMAVIEW_WRITE,
	  EXPECT(SEGV_ACCESS, NO_PERMISSION) },
	{ "a protection key can forbid reads",
	  { .bits = VERDICT_MAY_READ | VERDICT_MAY_EXEC, PRESENT(.bits = ANON, ONE) }, VMAVIEW_READ,
	  EXPECT(SEGV_ACCESS, PKEY) },
	{ "but never a fetch: memory to be executed only",
	  { .bits = VERDICT_MAY_READ | VERDICT_MAY_EXEC, PRESENT(.bits = ANON, ONE) }, VMAVIEW_EXEC,
	  EXPECT(OK, PRESENT) },
	{ "a protection key can forbid writes alone",
	  { .bits = RW & ~VERDICT_PKEY_WRITE, PRESENT(.bits = ANON | LEAF_WRITE, ONE) }, VMAVIEW_WRITE,
	  EXPECT(SEGV_ACCESS, PKEY) },
	{ "a present page that must not be executed is not",
	  { .bits = RW, PRESENT(.bits = ANON, ONE) }, VMAVIEW_EXEC, EXPECT(SEGV_ACCESS, NO_PERMISSION) },
	{ "an absent one is brought in first",
	  { .bits = RW }, VMAVIEW_EXEC, EXPECT(SEGV_ACCESS, NO_EXEC) },
	{ "so that SIGBUS comes before SIGSEGV",
	  { .kind = KIND_FILE, .bits = RO | VERDICT_PAST_END }, VMAVIEW_EXEC, EXPECT(BUS_ERROR, PAST_END) },
	{ "and so does a userfaultfd",
	  { .bits = RW | VERDICT_UFFD_MISSING }, VMAVIEW_EXEC, EXPECT(USERFAULT, UFFD_MISSING) },
	{ "code in the page cache is mapped",
	  { .kind = KIND_FILE, .cache = CACHE_PAGE, .bits = RX }, VMAVIEW_EXEC, EXPECT(MAP_FILE, CACHED) },

	{ "memory never touched reads as zeros", { .bits = RW }, VMAVIEW_READ, EXPECT(ZERO_FILL, ZERO_PAGE) },
	{ "and a write takes a new page", { .bits = RW }, VMAVIEW_WRITE, EXPECT(ZERO_FILL, ANON_NEW) },
	{ "unless a userfaultfd is asked",
	  { .bits = RW | VERDICT_UFFD_MISSING }, VMAVIEW_READ, EXPECT(USERFAULT, UFFD_MISSING) },
	{ "which may have asked for SIGBUS",
	  { .bits = RW | VERDICT_UFFD_MISSING | VERDICT_UFFD_SIGBUS }, VMAVIEW_READ,
	  EXPECT(BUS_ERROR, UFFD_SIGBUS) },
	{ "shared memory without operations has nothing",
	  { .bits = COMMON }, VMAVIEW_READ, EXPECT(BUS_ERROR, SHARED_NO_OPS) },

	{ "a writable page is written to",
	  { .bits = RW, PRESENT(.bits = ANON | LEAF_WRITE, ONE) }, VMAVIEW_WRITE, EXPECT(OK, PRESENT) },
	{ "a read of a present page is no fault",
	  { .bits = RW, PRESENT(.bits = ANON, TWO) }, VMAVIEW_READ, EXPECT(OK, PRESENT) },
	{ "a page that two have is copied",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = ANON, TWO) }, VMAVIEW_WRITE, EXPECT(COPY, SHARED_ANON) },
	{ "one's own is reused",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = ANON | LEAF_EXCLUSIVE, ONE) }, VMAVIEW_WRITE,
	  EXPECT(REUSE, EXCLUSIVE) },
	{ "an LRU batch makes it a guess",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = ANON & ~LEAF_LRU, .refcount = 2, .mapcount = 1) },
	  VMAVIEW_WRITE, EXPECT(MAYBE_COPY, LRU_OR_SWAP) },
	{ "the zero page is a source",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = LEAF_ZERO) }, VMAVIEW_WRITE, EXPECT(COPY, SOURCE_ZERO) },
	{ "a KSM page is a source",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = ANON | LEAF_KSM, ONE) }, VMAVIEW_WRITE,
	  EXPECT(COPY, SOURCE_KSM) },
	{ "page cache mapped privately is a source",
	  { .kind = KIND_FILE, .bits = RW, .rules.cow = 1, PRESENT(.bits = LEAF_PAGE | LEAF_MAPPING, TWO) },
	  VMAVIEW_WRITE, EXPECT(COPY, SOURCE_FILE) },
	{ "memory without a struct page is a source",
	  { .kind = KIND_OPS, .bits = RW, .rules.cow = 1, PRESENT(.bits = 0) }, VMAVIEW_WRITE,
	  EXPECT(COPY, SOURCE_PFN) },
	{ "a huge page that two have is copied",
	  { .kind = KIND_HUGETLB, .bits = RW, .rules.cow = 1,
	    PRESENT(.bits = LEAF_PAGE | LEAF_ANON | LEAF_HUGETLB, TWO) }, VMAVIEW_WRITE,
	  EXPECT(COPY, HUGETLB_COPY) },
	{ "a shared page is made writable",
	  { .kind = KIND_SHMEM, .bits = COMMON, PRESENT(.bits = LEAF_PAGE | LEAF_MAPPING, TWO) },
	  VMAVIEW_WRITE, EXPECT(MAKE_WRITABLE, SHARED) },
	{ "so is shared device memory",
	  { .kind = KIND_OPS, .bits = COMMON, PRESENT(.bits = 0) }, VMAVIEW_WRITE,
	  EXPECT(MAKE_WRITABLE, SHARED_PFN) },
	{ "and a shared huge page",
	  { .kind = KIND_HUGETLB, .bits = COMMON, PRESENT(.bits = LEAF_PAGE | LEAF_HUGETLB, TWO) },
	  VMAVIEW_WRITE, EXPECT(MAKE_WRITABLE, HUGETLB_SHARED) },

	{ "a page protected by userfaultfd waits for its handler",
	  { .bits = RW | VERDICT_UFFD_WP, .rules.cow = 1, PRESENT(.bits = ANON | LEAF_EXCLUSIVE | LEAF_UFFD, ONE) },
	  VMAVIEW_WRITE, EXPECT(USERFAULT, UFFD_WP) },
	{ "but can be read",
	  { .bits = RW | VERDICT_UFFD_WP, .rules.cow = 1, PRESENT(.bits = ANON | LEAF_EXCLUSIVE | LEAF_UFFD, ONE) },
	  VMAVIEW_READ, EXPECT(OK, PRESENT) },
	{ "not where the protection only tells what was written",
	  { .bits = RW | VERDICT_UFFD_WP | VERDICT_UFFD_WP_ASYNC, .rules.cow = 1,
	    PRESENT(.bits = ANON | LEAF_EXCLUSIVE | LEAF_UFFD, ONE) }, VMAVIEW_WRITE, EXPECT(REUSE, EXCLUSIVE) },
	{ "nor where the bit outlived the registration",
	  { .bits = RW, .rules.cow = 1, PRESENT(.bits = ANON | LEAF_EXCLUSIVE | LEAF_UFFD, ONE) },
	  VMAVIEW_WRITE, EXPECT(REUSE, EXCLUSIVE) },
	{ "a marker keeps what comes protected",
	  { .kind = KIND_SHMEM, .cache = CACHE_PAGE, .bits = COMMON | VERDICT_UFFD_WP, STATE(UFFD) },
	  VMAVIEW_WRITE, EXPECT(USERFAULT, UFFD_WP) },
	{ "a marker forbids no read",
	  { .kind = KIND_SHMEM, .cache = CACHE_PAGE, .bits = COMMON | VERDICT_UFFD_WP, STATE(UFFD) },
	  VMAVIEW_READ, EXPECT(MAP_FILE, CACHED) },
	{ "a marker changes nothing past the end",
	  { .kind = KIND_SHMEM, .bits = COMMON | VERDICT_UFFD_WP | VERDICT_PAST_END, STATE(UFFD) },
	  VMAVIEW_WRITE, EXPECT(BUS_ERROR, PAST_END) },
	{ "protection from reads waits too",
	  { .bits = RW | VERDICT_UFFD_RWP | VERDICT_PROTNONE, PRESENT(.bits = ANON | LEAF_UFFD, ONE) },
	  VMAVIEW_READ, EXPECT(USERFAULT, UFFD_RWP) },
	{ "a NUMA hint is none of it",
	  { .bits = RW | VERDICT_UFFD_RWP | VERDICT_PROTNONE, PRESENT(.bits = ANON, ONE) },
	  VMAVIEW_READ, EXPECT(OK, NUMA) },
	{ "behind a NUMA hint two still share",
	  { .bits = RW | VERDICT_PROTNONE, .rules.cow = 1, PRESENT(.bits = ANON, TWO) }, VMAVIEW_WRITE,
	  EXPECT(COPY, SHARED_ANON) },

	{ "swap comes back", { .bits = RW, STATE(SWAP) }, VMAVIEW_WRITE, EXPECT(SWAP_IN, SWAPPED) },
	{ "protected swap waits when it is written",
	  { .bits = RW | VERDICT_UFFD_WP | VERDICT_SWAP_UFFD, STATE(SWAP) }, VMAVIEW_WRITE,
	  EXPECT(USERFAULT, UFFD_WP) },
	{ "and comes back when it is read",
	  { .bits = RW | VERDICT_UFFD_WP | VERDICT_SWAP_UFFD, STATE(SWAP) }, VMAVIEW_READ,
	  EXPECT(SWAP_IN, SWAPPED) },
	{ "what is being moved is waited for", { .bits = RW, STATE(MIGRATION) }, VMAVIEW_READ, EXPECT(OK, MIGRATION) },
	{ "and may be shared then",
	  { .bits = RW, STATE(MIGRATION) }, VMAVIEW_WRITE, EXPECT(MAYBE_COPY, MIGRATION_COW) },
	{ "unless it was writable",
	  { .bits = RW | VERDICT_MIGRATION_WRITE, STATE(MIGRATION) }, VMAVIEW_WRITE, EXPECT(OK, MIGRATION) },
	{ "a device brings its page back", { .bits = RW, STATE(DEVICE) }, VMAVIEW_READ, EXPECT(HANDLER, DEVICE) },
	{ "broken memory is SIGBUS", { .bits = RW, STATE(HWPOISON) }, VMAVIEW_READ, EXPECT(HWPOISON, POISONED) },
	{ "a guard is SIGSEGV", { .bits = RW, STATE(GUARD) }, VMAVIEW_READ, EXPECT(GUARD, GUARD) },
	{ "to a fetch as well", { .bits = RW, STATE(GUARD) }, VMAVIEW_EXEC, EXPECT(GUARD, GUARD) },

	{ "a page in the cache is mapped",
	  { .kind = KIND_FILE, .cache = CACHE_PAGE, .bits = RW }, VMAVIEW_READ, EXPECT(MAP_FILE, CACHED) },
	{ "and copied at once by a private write",
	  { .kind = KIND_FILE, .cache = CACHE_PAGE, .bits = RW }, VMAVIEW_WRITE, EXPECT(COPY, COW_FAULT) },
	{ "but not by a shared one",
	  { .kind = KIND_FILE, .cache = CACHE_PAGE, .bits = COMMON }, VMAVIEW_WRITE, EXPECT(MAP_FILE, CACHED) },
	{ "one that is not there is read",
	  { .kind = KIND_FILE, .bits = RW }, VMAVIEW_READ, EXPECT(READ_FILE, NOT_CACHED) },
	{ "before it is copied",
	  { .kind = KIND_FILE, .bits = RW }, VMAVIEW_WRITE, EXPECT(READ_FILE, READ_THEN_COPY) },
	{ "past the end there is nothing, cached or not",
	  { .kind = KIND_FILE, .cache = CACHE_PAGE, .bits = RW | VERDICT_PAST_END }, VMAVIEW_READ,
	  EXPECT(BUS_ERROR, PAST_END) },
	{ "a broken page in the cache is SIGBUS",
	  { .kind = KIND_FILE, .cache = CACHE_POISONED, .bits = RW }, VMAVIEW_READ,
	  EXPECT(HWPOISON, CACHE_POISONED) },
	{ "a hole of shmem is filled",
	  { .kind = KIND_SHMEM, .bits = COMMON }, VMAVIEW_READ, EXPECT(ZERO_FILL, SHMEM_HOLE) },
	{ "and copied by a private write", { .kind = KIND_SHMEM, .bits = RW }, VMAVIEW_WRITE, EXPECT(COPY, COW_FAULT) },
	{ "or asked for",
	  { .kind = KIND_SHMEM, .bits = COMMON | VERDICT_UFFD_MISSING }, VMAVIEW_READ,
	  EXPECT(USERFAULT, UFFD_MISSING) },
	{ "which needs not be where it is cached",
	  { .kind = KIND_SHMEM, .cache = CACHE_PAGE, .bits = COMMON | VERDICT_UFFD_MISSING }, VMAVIEW_READ,
	  EXPECT(MAP_FILE, CACHED) },
	{ "unless minor faults are asked for",
	  { .kind = KIND_SHMEM, .cache = CACHE_PAGE, .bits = COMMON | VERDICT_UFFD_MINOR }, VMAVIEW_READ,
	  EXPECT(USERFAULT, UFFD_MINOR) },
	{ "shmem comes back from swap",
	  { .kind = KIND_SHMEM, .cache = CACHE_SWAPPED, .bits = COMMON }, VMAVIEW_WRITE,
	  EXPECT(SWAP_IN, SHMEM_SWAPPED) },
	{ "a huge page is taken", { .kind = KIND_HUGETLB, .bits = RW }, VMAVIEW_READ, EXPECT(ZERO_FILL, HUGETLB_NEW) },
	{ "or found", { .kind = KIND_HUGETLB, .cache = CACHE_PAGE, .bits = COMMON }, VMAVIEW_WRITE,
	  EXPECT(MAP_FILE, HUGETLB_CACHED) },
	{ "or found and copied", { .kind = KIND_HUGETLB, .cache = CACHE_PAGE, .bits = RW }, VMAVIEW_WRITE,
	  EXPECT(COPY, HUGETLB_COPY) },
	{ "or there is none left",
	  { .kind = KIND_HUGETLB, .bits = RW | VERDICT_POOL_EMPTY }, VMAVIEW_READ, EXPECT(BUS_ERROR, POOL_EMPTY) },
	{ "or the file ends before",
	  { .kind = KIND_HUGETLB, .bits = RW | VERDICT_PAST_END }, VMAVIEW_READ, EXPECT(BUS_ERROR, PAST_END) },
	{ "or a userfaultfd is asked for it",
	  { .kind = KIND_HUGETLB, .bits = RW | VERDICT_UFFD_MISSING }, VMAVIEW_READ,
	  EXPECT(USERFAULT, UFFD_MISSING) },
	{ "a handler of its own decides", { .kind = KIND_OPS, .bits = RW }, VMAVIEW_READ, EXPECT(HANDLER, OPS_FAULT) },
	{ "even whether a fetch fails for want of permission, or before",
	  { .kind = KIND_OPS, .bits = RW }, VMAVIEW_EXEC, EXPECT(HANDLER, OPS_FAULT) },
	{ "where there is none, nothing comes",
	  { .kind = KIND_NO_FAULT, .bits = COMMON }, VMAVIEW_WRITE, EXPECT(BUS_ERROR, NO_FAULT) },
};

#define NR	((int)(sizeof(rows) / sizeof(rows[0])))

int main(void)
{
	int failures = 0;

	printf("1..%d\n", NR);
	for (int i = 0; i < NR; i++) {
		struct verdict got = verdict_of(&rows[i].facts, rows[i].access);
		int good = got.word == rows[i].expect.word && got.why == rows[i].expect.why;

		printf("%sok %d - %s\n", good ? "" : "not ", i + 1, rows[i].sentence);
		if (!good)
			printf("# word %d, why %d; expected %d, %d\n", got.word, got.why,
			       rows[i].expect.word, rows[i].expect.why);
		failures += !good;
	}
	return failures != 0;
}
