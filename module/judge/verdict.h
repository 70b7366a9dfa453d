/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verdict.h - the facts of an address in, what an access there does out.
 *
 * Pure, as classify.  The order of the questions is that of the kernel's page fault: the area and its
 * permissions (do_user_addr_fault() in arch/x86/mm/fault.c), then the entry (handle_mm_fault() in
 * mm/memory.c, hugetlb_fault() in mm/hugetlb.c), then what they call.
 */
#ifndef VMAVIEW_VERDICT_H
#define VMAVIEW_VERDICT_H

#include <linux/types.h>
#include <vmaview.h>

#include "judge/classify.h"
#include "judge/leaf.h"
#include "judge/supply.h"

/** enum verdict_place - where the address is */
enum verdict_place {
	PLACE_AREA,
	PLACE_GAP,
	PLACE_NOT_USER,		/* beyond the end of its address space */
	PLACE_REFUSED,		/* no address that the processor takes */
	PLACE_STACK,		/* in a gap into which the area above may grow */
	PLACE_STACK_LIMIT,	/* it would, but for a limit of the process */
	PLACE_STACK_GAP,	/* but for the area below */
	PLACE_STACK_LOW,	/* but for mmap_min_addr */
};

/** enum verdict_kind - who serves a page that is missing: vm_ops of the area */
enum verdict_kind {
	KIND_ANON,		/* vma_is_anonymous() */
	KIND_SHMEM,
	KIND_HUGETLB,
	KIND_FILE,		/* filemap_fault(), or the page cache maps its pages */
	KIND_OPS,		/* another fault handler */
	KIND_NO_FAULT,		/* operations without a fault handler */
};

/** enum verdict_cache - what the page cache has for the page */
enum verdict_cache {
	CACHE_NONE,
	CACHE_PAGE,		/* a page that is up to date */
	CACHE_SWAPPED,		/* shmem: a swap entry */
	CACHE_POISONED,		/* a page whose memory is broken */
	CACHE_BLANK,		/* shmem: a page that fallocate() put there, not cleared yet */
	CACHE_LOST,		/* shmem: a page that could not be read from swap */
};

/* Facts of the area (of the one that would grow, for PLACE_STACK). */
#define VERDICT_MAY_READ	(1U << 0)	/* vma_is_accessible(): x86 knows no memory to write only */
#define VERDICT_MAY_WRITE	(1U << 1)
#define VERDICT_MAY_EXEC	(1U << 2)
#define VERDICT_PKEY_READ	(1U << 3)	/* the thread's rights to the protection key allow it */
#define VERDICT_PKEY_WRITE	(1U << 4)
#define VERDICT_SHARED		(1U << 5)	/* VM_SHARED */
#define VERDICT_MAYSHARE	(1U << 6)	/* VM_MAYSHARE: shared, though perhaps not writable */
#define VERDICT_PAST_END	(1U << 7)	/* beyond the last page of the file */
#define VERDICT_PERF_RING	(1U << 8)	/* a page of a perf ring that user space must not write */
#define VERDICT_FETCH_TOLD	(1U << 25)	/* the kernel can tell a fetch from a read */
/* userfaultfd: how the area is registered, and what its descriptor asked for. */
#define VERDICT_UFFD_MISSING	(1U << 9)
#define VERDICT_UFFD_MINOR	(1U << 10)
#define VERDICT_UFFD_WP		(1U << 11)
#define VERDICT_UFFD_RWP	(1U << 12)
#define VERDICT_UFFD_WP_ASYNC	(1U << 13)
#define VERDICT_UFFD_RWP_ASYNC	(1U << 14)
#define VERDICT_UFFD_SIGBUS	(1U << 15)
/* What the area's operations are asked before a page of a shared mapping is made writable. */
#define VERDICT_PAGE_MKWRITE	(1U << 19)
#define VERDICT_PFN_MKWRITE	(1U << 20)
#define VERDICT_HUGE_FAULT	(1U << 21)
/* Private hugetlb: see compat/hugetlb.h. */
#define VERDICT_RESV_OWNER	(1U << 22)
#define VERDICT_RESV_UNMAPPED	(1U << 23)
/* Facts of the entry that struct leaf does not have. */
#define VERDICT_PROTNONE	(1U << 16)	/* present, and any access faults */
#define VERDICT_MIGRATION_WRITE	(1U << 17)	/* a migration entry that will be writable again */
#define VERDICT_SWAP_UFFD	(1U << 18)	/* not present, and protected by userfaultfd */
#define VERDICT_SWAP_LOST	(1U << 24)	/* no broken memory: it could not be read from swap */

/**
 * struct verdict_facts - all that decides
 * @place: enum verdict_place; the rest means something for PLACE_AREA, and @bits for PLACE_STACK
 * @kind: enum verdict_kind
 * @cache: enum verdict_cache; not for KIND_ANON
 * @supply: enum verdict_supply: is there memory for a page that the cache has not?  KIND_SHMEM, KIND_HUGETLB
 * @supply_beyond: the same for one that no reservation is for; KIND_HUGETLB
 * @bits: VERDICT_*
 * @leaf: the entry; LEAF_STATE_NONE where a table is missing
 * @rules: of the area
 */
struct verdict_facts {
	enum verdict_place place;
	enum verdict_kind kind;
	enum verdict_cache cache;
	enum verdict_supply supply;
	enum verdict_supply supply_beyond;
	__u32 bits;
	struct leaf leaf;
	struct rules rules;
};

/**
 * struct verdict - what an access does, and why
 * @word: enum vmaview_verdict
 * @why: enum vmaview_why
 */
struct verdict {
	__u8 word;
	__u8 why;
};

struct verdict verdict_of(const struct verdict_facts *facts, enum vmaview_access access);

#endif
