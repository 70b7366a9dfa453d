// SPDX-License-Identifier: GPL-2.0
/* verdict.c - the facts of an address in, what an access there does out.  Pure; builds on the host too. */
#include "judge/verdict.h"

/** enum touch - an access that the area allows: an exec is a read first, then the entry decides */
enum touch {
	TOUCH_READ,
	TOUCH_WRITE,
};

static struct verdict say(enum vmaview_verdict word, enum vmaview_why why)
{
	return (struct verdict){ .word = word, .why = why };
}

static _Bool has(const struct verdict_facts *facts, __u32 bits)
{
	return (facts->bits & bits) == bits;
}

static _Bool leaf_has(const struct verdict_facts *facts, __u32 bits)
{
	return (facts->leaf.bits & bits) == bits;
}

/* The access comes to its end, and the thread goes on; what a handler of its own does is not known. */
static _Bool succeeds(struct verdict verdict)
{
	switch (verdict.word) {
	case VMAVIEW_HANDLER:
	case VMAVIEW_USERFAULT:
	case VMAVIEW_SEGV_UNMAPPED:
	case VMAVIEW_SEGV_ACCESS:
	case VMAVIEW_GUARD:
	case VMAVIEW_BUS_ERROR:
	case VMAVIEW_HWPOISON:
		return 0;
	}
	return 1;
}

static struct verdict userfault(const struct verdict_facts *facts, enum vmaview_why why)
{
	if (has(facts, VERDICT_UFFD_SIGBUS))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_UFFD_SIGBUS);
	return say(VMAVIEW_USERFAULT, why);
}

/* do_wp_page() and the like ask for this before they look at the page. */
static _Bool uffd_wp_asks(const struct verdict_facts *facts)
{
	return has(facts, VERDICT_UFFD_WP) && !has(facts, VERDICT_UFFD_WP_ASYNC);
}

/* alloc_hugetlb_folio() */
static struct verdict pool_gives_none(enum verdict_supply supply)
{
	switch (supply) {
	case SUPPLY_MOUNT_FULL:
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_MOUNT_FULL);
	case SUPPLY_UNSURE:
		return say(VMAVIEW_HANDLER, VMAVIEW_WHY_POOL_UNSURE);
	case SUPPLY_GIVES:
	case SUPPLY_POOL_EMPTY:
		break;
	}
	return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_POOL_EMPTY);
}

/*
 * hugetlb_wp(): who reserved pages copies one of its own without using the reservation up, and where there is
 * none to be had takes it away from its children.
 */
static struct verdict copies_hugetlb(const struct verdict_facts *facts)
{
	_Bool own = has(facts, VERDICT_RESV_OWNER) && leaf_has(facts, LEAF_ANON);
	enum verdict_supply supply = own ? facts->supply_beyond : facts->supply;

	if (supply == SUPPLY_GIVES)
		return say(VMAVIEW_COPY, VMAVIEW_WHY_HUGETLB_COPY);
	if (own)
		return say(VMAVIEW_REUSE, VMAVIEW_WHY_TAKEN_BACK);
	return pool_gives_none(supply);
}

static struct verdict copies(const struct verdict_facts *facts)
{
	if (leaf_has(facts, LEAF_ZERO))
		return say(VMAVIEW_COPY, VMAVIEW_WHY_SOURCE_ZERO);
	if (!leaf_has(facts, LEAF_PAGE))
		return say(VMAVIEW_COPY, VMAVIEW_WHY_SOURCE_PFN);
	if (leaf_has(facts, LEAF_HUGETLB))
		return copies_hugetlb(facts);
	if (leaf_has(facts, LEAF_KSM))
		return say(VMAVIEW_COPY, VMAVIEW_WHY_SOURCE_KSM);
	if (!leaf_has(facts, LEAF_ANON))
		return say(VMAVIEW_COPY, VMAVIEW_WHY_SOURCE_FILE);
	return say(VMAVIEW_COPY, VMAVIEW_WHY_SHARED_ANON);
}

/* A write to a present page of a private mapping, write-protected, after userfaultfd had its say. */
static struct verdict write_private(const struct verdict_facts *facts)
{
	struct leaf leaf = facts->leaf;

	leaf.bits &= ~LEAF_UFFD;
	switch (classify_cow(&leaf, &facts->rules)) {
	case COW_REUSE:
		return say(VMAVIEW_REUSE, VMAVIEW_WHY_EXCLUSIVE);
	case COW_MAYBE:
		return say(VMAVIEW_MAYBE_COPY, VMAVIEW_WHY_LRU_OR_SWAP);
	case COW_NOT:
	case COW_COPY:
	case COW_SOURCE:
		break;
	}
	return copies(facts);
}

static _Bool is_pfn(const struct verdict_facts *facts)
{
	return !leaf_has(facts, LEAF_PAGE) || leaf_has(facts, LEAF_ZONE_DEVICE);
}

/*
 * Does a function of the area's own have a say?  That of a file system refuses only for want of room or
 * quota, or where a disk or a server fails, which is not foreseen.
 */
static _Bool mkwrite_asks(const struct verdict_facts *facts)
{
	if (facts->kind == KIND_FILE)
		return 0;
	if (facts->leaf.level)
		return has(facts, VERDICT_HUGE_FAULT);
	return has(facts, is_pfn(facts) ? VERDICT_PFN_MKWRITE : VERDICT_PAGE_MKWRITE);
}

/* wp_page_shared(), wp_pfn_shared(), wp_huge_pmd() */
static struct verdict write_shared(const struct verdict_facts *facts)
{
	if (leaf_has(facts, LEAF_HUGETLB))
		return say(VMAVIEW_MAKE_WRITABLE, VMAVIEW_WHY_HUGETLB_SHARED);
	if (has(facts, VERDICT_PERF_RING))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_PERF_RING);
	if (mkwrite_asks(facts))
		return say(VMAVIEW_HANDLER, VMAVIEW_WHY_OPS_MKWRITE);
	return say(VMAVIEW_MAKE_WRITABLE, is_pfn(facts) ? VMAVIEW_WHY_SHARED_PFN : VMAVIEW_WHY_SHARED);
}

/* do_wp_page(), do_huge_pmd_wp_page(), hugetlb_wp(). */
static struct verdict write_protected(const struct verdict_facts *facts)
{
	if (leaf_has(facts, LEAF_UFFD) && uffd_wp_asks(facts))
		return userfault(facts, VMAVIEW_WHY_UFFD_WP);
	return has(facts, VERDICT_MAYSHARE) ? write_shared(facts) : write_private(facts);
}

/* do_uffd_rwp(), do_numa_page(): the entry gets the area's permissions back, then decides as usual. */
static struct verdict present_protnone(const struct verdict_facts *facts, enum touch touch)
{
	struct verdict verdict;

	if (leaf_has(facts, LEAF_UFFD) && has(facts, VERDICT_UFFD_RWP) && !has(facts, VERDICT_UFFD_RWP_ASYNC))
		return userfault(facts, VMAVIEW_WHY_UFFD_RWP);
	if (touch == TOUCH_READ)
		return say(VMAVIEW_OK, VMAVIEW_WHY_NUMA);
	verdict = write_protected(facts);
	if (verdict.word == VMAVIEW_REUSE || verdict.word == VMAVIEW_MAKE_WRITABLE)
		return say(VMAVIEW_OK, VMAVIEW_WHY_NUMA);
	return verdict;
}

static struct verdict present(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_PROTNONE))
		return present_protnone(facts, touch);
	if (touch == TOUCH_READ || leaf_has(facts, LEAF_WRITE))
		return say(VMAVIEW_OK, VMAVIEW_WHY_PRESENT);
	return write_protected(facts);
}

/* do_anonymous_page() */
static struct verdict missing_anon(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_SHARED))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_SHARED_NO_OPS);
	if (has(facts, VERDICT_UFFD_MISSING))
		return userfault(facts, VMAVIEW_WHY_UFFD_MISSING);
	return say(VMAVIEW_ZERO_FILL,
		   touch == TOUCH_READ ? VMAVIEW_WHY_ZERO_PAGE : VMAVIEW_WHY_ANON_NEW);
}

/* hugetlb_no_page() */
static struct verdict missing_hugetlb(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_RESV_UNMAPPED))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_TAKEN_AWAY);
	if (facts->cache == CACHE_POISONED)
		return say(VMAVIEW_HWPOISON, VMAVIEW_WHY_CACHE_POISONED);
	if (facts->cache == CACHE_PAGE) {
		if (has(facts, VERDICT_UFFD_MINOR))
			return userfault(facts, VMAVIEW_WHY_UFFD_MINOR);
		if (touch == TOUCH_WRITE && !has(facts, VERDICT_MAYSHARE))
			return copies_hugetlb(facts);
		return say(VMAVIEW_MAP_FILE, VMAVIEW_WHY_HUGETLB_CACHED);
	}
	if (has(facts, VERDICT_PAST_END))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_PAST_END);
	if (has(facts, VERDICT_UFFD_MISSING))
		return userfault(facts, VMAVIEW_WHY_UFFD_MISSING);
	if (facts->supply != SUPPLY_GIVES)
		return pool_gives_none(facts->supply);
	return say(VMAVIEW_ZERO_FILL, VMAVIEW_WHY_HUGETLB_NEW);
}

/* do_cow_fault() gets the page as any fault does, then copies it. */
static _Bool copies_first(const struct verdict_facts *facts, enum touch touch)
{
	return touch == TOUCH_WRITE && !has(facts, VERDICT_SHARED);
}

/* shmem_get_folio_gfp() with a page, for a fault that the area's file can serve. */
static struct verdict map_shmem(const struct verdict_facts *facts, enum touch touch)
{
	if (copies_first(facts, touch))
		return say(VMAVIEW_COPY, VMAVIEW_WHY_COW_FAULT);
	if (facts->cache == CACHE_PAGE)
		return say(VMAVIEW_MAP_FILE, VMAVIEW_WHY_CACHED);
	return say(VMAVIEW_ZERO_FILL, facts->cache == CACHE_BLANK ? VMAVIEW_WHY_SHMEM_BLANK :
								    VMAVIEW_WHY_SHMEM_HOLE);
}

/* Without one. */
static struct verdict fill_shmem(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_UFFD_MISSING))
		return userfault(facts, VMAVIEW_WHY_UFFD_MISSING);
	if (facts->supply == SUPPLY_UNSURE)
		return say(VMAVIEW_HANDLER, VMAVIEW_WHY_SHMEM_UNSURE);
	if (facts->supply != SUPPLY_GIVES)
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_SHMEM_FULL);
	return map_shmem(facts, touch);
}

/* shmem_get_folio_gfp(), asked by shmem_fault() */
static struct verdict missing_shmem(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_PAST_END))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_PAST_END);
	if (facts->cache != CACHE_NONE && has(facts, VERDICT_UFFD_MINOR))
		return userfault(facts, VMAVIEW_WHY_UFFD_MINOR);
	switch (facts->cache) {
	case CACHE_POISONED:
		return say(VMAVIEW_HWPOISON, VMAVIEW_WHY_CACHE_POISONED);
	case CACHE_SWAPPED:
		return say(VMAVIEW_SWAP_IN, VMAVIEW_WHY_SHMEM_SWAPPED);
	case CACHE_LOST:
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_SWAP_LOST);
	case CACHE_PAGE:
	case CACHE_BLANK:
		return map_shmem(facts, touch);
	case CACHE_NONE:
		break;
	}
	return fill_shmem(facts, touch);
}

/* filemap_fault() */
static struct verdict missing_file(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_PAST_END))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_PAST_END);
	if (facts->cache == CACHE_POISONED)
		return say(VMAVIEW_HWPOISON, VMAVIEW_WHY_CACHE_POISONED);
	if (facts->cache == CACHE_PAGE)
		return copies_first(facts, touch) ? say(VMAVIEW_COPY, VMAVIEW_WHY_COW_FAULT) :
						    say(VMAVIEW_MAP_FILE, VMAVIEW_WHY_CACHED);
	return say(VMAVIEW_READ_FILE, copies_first(facts, touch) ? VMAVIEW_WHY_READ_THEN_COPY :
								   VMAVIEW_WHY_NOT_CACHED);
}

/* do_pte_missing(), hugetlb_no_page(), by who serves the area. */
static struct verdict missing_by_kind(const struct verdict_facts *facts, enum touch touch)
{
	if (touch == TOUCH_WRITE && has(facts, VERDICT_PERF_RING))
		return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_PERF_RING);
	switch (facts->kind) {
	case KIND_ANON:
		return missing_anon(facts, touch);
	case KIND_SHMEM:
		return missing_shmem(facts, touch);
	case KIND_HUGETLB:
		return missing_hugetlb(facts, touch);
	case KIND_FILE:
		return missing_file(facts, touch);
	case KIND_OPS:
		return say(VMAVIEW_HANDLER, VMAVIEW_WHY_OPS_FAULT);
	case KIND_NO_FAULT:
		break;
	}
	return say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_NO_FAULT);
}

/* A write-protect marker keeps what is brought in protected: the write faults once more. */
static struct verdict missing(const struct verdict_facts *facts, enum touch touch)
{
	struct verdict verdict = missing_by_kind(facts, touch);

	if (touch == TOUCH_WRITE && facts->leaf.state == LEAF_STATE_UFFD && uffd_wp_asks(facts) &&
	    succeeds(verdict))
		return userfault(facts, VMAVIEW_WHY_UFFD_WP);
	return verdict;
}

static struct verdict swapped(const struct verdict_facts *facts, enum touch touch)
{
	if (has(facts, VERDICT_SWAP_UFFD | VERDICT_UFFD_RWP) && !has(facts, VERDICT_UFFD_RWP_ASYNC))
		return userfault(facts, VMAVIEW_WHY_UFFD_RWP);
	if (touch == TOUCH_WRITE && has(facts, VERDICT_SWAP_UFFD) && uffd_wp_asks(facts))
		return userfault(facts, VMAVIEW_WHY_UFFD_WP);
	return say(VMAVIEW_SWAP_IN, VMAVIEW_WHY_SWAPPED);
}

static struct verdict in_migration(const struct verdict_facts *facts, enum touch touch)
{
	if (touch == TOUCH_READ || has(facts, VERDICT_MIGRATION_WRITE))
		return say(VMAVIEW_OK, VMAVIEW_WHY_MIGRATION);
	if (has(facts, VERDICT_SWAP_UFFD) && uffd_wp_asks(facts))
		return userfault(facts, VMAVIEW_WHY_UFFD_WP);
	if (has(facts, VERDICT_MAYSHARE))
		return say(VMAVIEW_MAKE_WRITABLE, VMAVIEW_WHY_SHARED);
	return say(VMAVIEW_MAYBE_COPY, VMAVIEW_WHY_MIGRATION_COW);
}

/* handle_mm_fault(), of an access that the area allows */
static struct verdict touch_entry(const struct verdict_facts *facts, enum touch touch)
{
	switch (facts->leaf.state) {
	case LEAF_STATE_PRESENT:
		return present(facts, touch);
	case LEAF_STATE_SWAP:
		return swapped(facts, touch);
	case LEAF_STATE_MIGRATION:
		return in_migration(facts, touch);
	case LEAF_STATE_DEVICE:
		return say(VMAVIEW_HANDLER, VMAVIEW_WHY_DEVICE);
	case LEAF_STATE_HWPOISON:
		return has(facts, VERDICT_SWAP_LOST) ? say(VMAVIEW_BUS_ERROR, VMAVIEW_WHY_SWAP_LOST) :
						       say(VMAVIEW_HWPOISON, VMAVIEW_WHY_POISONED);
	case LEAF_STATE_GUARD:
		return say(VMAVIEW_GUARD, VMAVIEW_WHY_GUARD);
	}
	return missing(facts, touch);
}

static struct verdict touch(const struct verdict_facts *facts, enum touch touch)
{
	if (facts->place == PLACE_STACK)
		return say(VMAVIEW_STACK_GROWTH, VMAVIEW_WHY_STACK);
	return touch_entry(facts, touch);
}

static struct verdict denied(enum vmaview_why why)
{
	return say(VMAVIEW_SEGV_ACCESS, why);
}

/*
 * do_page_fault() of arm64 and others: the processor has said that it was a fetch, and the area is asked for
 * just that.
 */
static struct verdict fetch_told(const struct verdict_facts *facts)
{
	if (!has(facts, VERDICT_MAY_EXEC))
		return denied(VMAVIEW_WHY_NO_PERMISSION);
	return touch(facts, TOUCH_READ);
}

/*
 * access_error() of x86: a first fetch is a fault of a page that is not there, and nothing tells it from a
 * read; only when the entry is there does it forbid the fetch.
 */
static struct verdict fetch(const struct verdict_facts *facts)
{
	struct verdict verdict;

	if (has(facts, VERDICT_FETCH_TOLD))
		return fetch_told(facts);
	if (!has(facts, VERDICT_MAY_READ))
		return denied(VMAVIEW_WHY_NO_PERMISSION);
	verdict = touch(facts, TOUCH_READ);
	if (!has(facts, VERDICT_MAY_EXEC) && succeeds(verdict))
		return denied(verdict.why == VMAVIEW_WHY_PRESENT ? VMAVIEW_WHY_NO_PERMISSION :
								   VMAVIEW_WHY_NO_EXEC);
	return verdict;
}

static struct verdict in_area(const struct verdict_facts *facts, enum vmaview_access access)
{
	switch (access) {
	case VMAVIEW_READ:
		if (!has(facts, VERDICT_PKEY_READ))
			return denied(VMAVIEW_WHY_PKEY);
		if (!has(facts, VERDICT_MAY_READ))
			return denied(VMAVIEW_WHY_NO_PERMISSION);
		return touch(facts, TOUCH_READ);
	case VMAVIEW_WRITE:
		if (!has(facts, VERDICT_PKEY_WRITE))
			return denied(VMAVIEW_WHY_PKEY);
		if (!has(facts, VERDICT_MAY_WRITE))
			return denied(VMAVIEW_WHY_NO_PERMISSION);
		return touch(facts, TOUCH_WRITE);
	case VMAVIEW_EXEC:
		break;
	}
	return fetch(facts);
}

static struct verdict unmapped(enum vmaview_why why)
{
	return say(VMAVIEW_SEGV_UNMAPPED, why);
}

struct verdict verdict_of(const struct verdict_facts *facts, enum vmaview_access access)
{
	switch (facts->place) {
	case PLACE_AREA:
	case PLACE_STACK:
		return in_area(facts, access);
	case PLACE_STACK_LIMIT:
		return unmapped(VMAVIEW_WHY_STACK_LIMIT);
	case PLACE_STACK_GAP:
		return unmapped(VMAVIEW_WHY_STACK_GAP);
	case PLACE_STACK_LOW:
		return unmapped(VMAVIEW_WHY_STACK_LOW);
	case PLACE_NOT_USER:
		return unmapped(VMAVIEW_WHY_NOT_USER);
	case PLACE_REFUSED:
		return unmapped(VMAVIEW_WHY_GENERAL_PROTECTION);
	case PLACE_GAP:
		break;
	}
	return unmapped(VMAVIEW_WHY_GAP);
}
