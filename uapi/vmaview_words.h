/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * vmaview_words.h - the words for the values of struct vmaview_run, for the modes of struct
 * vmaview_uffd, and for what struct vmaview_seam has, for the module and the command.
 *
 * Each list is X(value, word); a value that is not in it has no word, and means that nothing is known.
 */
#ifndef VMAVIEW_WORDS_H
#define VMAVIEW_WORDS_H

#include "vmaview.h"

#define VMAVIEW_STATE_WORDS(X) \
	X(VMAVIEW_STATE_NONE, "none") \
	X(VMAVIEW_STATE_PRESENT, "present") \
	X(VMAVIEW_STATE_SWAP, "swap") \
	X(VMAVIEW_STATE_MIGRATION, "migration") \
	X(VMAVIEW_STATE_DEVICE, "device") \
	X(VMAVIEW_STATE_HWPOISON, "hwpoison") \
	X(VMAVIEW_STATE_GUARD, "guard") \
	X(VMAVIEW_STATE_UFFD, "uffd")

#define VMAVIEW_ORIGIN_WORDS(X) \
	X(VMAVIEW_ORIGIN_ANON, "anon") \
	X(VMAVIEW_ORIGIN_FILE, "file") \
	X(VMAVIEW_ORIGIN_SHMEM, "shmem") \
	X(VMAVIEW_ORIGIN_HUGETLB, "hugetlb") \
	X(VMAVIEW_ORIGIN_KSM, "ksm") \
	X(VMAVIEW_ORIGIN_ZERO, "zero") \
	X(VMAVIEW_ORIGIN_HUGE_ZERO, "huge-zero") \
	X(VMAVIEW_ORIGIN_SPECIAL, "special")

#define VMAVIEW_LRU_WORDS(X) \
	X(VMAVIEW_LRU_NONE, "none") \
	X(VMAVIEW_LRU_INACTIVE_ANON, "inactive-anon") \
	X(VMAVIEW_LRU_ACTIVE_ANON, "active-anon") \
	X(VMAVIEW_LRU_INACTIVE_FILE, "inactive-file") \
	X(VMAVIEW_LRU_ACTIVE_FILE, "active-file") \
	X(VMAVIEW_LRU_UNEVICTABLE, "unevictable") \
	X(VMAVIEW_LRU_GEN_ANON, "gen-anon") \
	X(VMAVIEW_LRU_GEN_FILE, "gen-file")

#define VMAVIEW_COW_WORDS(X) \
	X(VMAVIEW_COW_COPY, "copy") \
	X(VMAVIEW_COW_REUSE, "reuse") \
	X(VMAVIEW_COW_MAYBE, "maybe") \
	X(VMAVIEW_COW_SOURCE, "source")

#define VMAVIEW_RECLAIM_WORDS(X) \
	X(VMAVIEW_RECLAIM_DROP, "drop") \
	X(VMAVIEW_RECLAIM_WRITE, "write") \
	X(VMAVIEW_RECLAIM_SWAP, "swap") \
	X(VMAVIEW_RECLAIM_NEVER, "never")

#define VMAVIEW_ENTRY_WORDS(X) \
	X(VMAVIEW_ENTRY_WRITE, "writable") \
	X(VMAVIEW_ENTRY_DIRTY, "dirty") \
	X(VMAVIEW_ENTRY_YOUNG, "young") \
	X(VMAVIEW_ENTRY_SOFT_DIRTY, "soft-dirty") \
	X(VMAVIEW_ENTRY_UFFD_WP, "uffd-wp") \
	X(VMAVIEW_ENTRY_EXEC, "exec")

#define VMAVIEW_PAGE_WORDS(X) \
	X(VMAVIEW_PAGE_LOCKED, "locked") \
	X(VMAVIEW_PAGE_REFERENCED, "referenced") \
	X(VMAVIEW_PAGE_UPTODATE, "uptodate") \
	X(VMAVIEW_PAGE_DIRTY, "dirty") \
	X(VMAVIEW_PAGE_LRU, "lru") \
	X(VMAVIEW_PAGE_ACTIVE, "active") \
	X(VMAVIEW_PAGE_WRITEBACK, "writeback") \
	X(VMAVIEW_PAGE_RECLAIM, "reclaim") \
	X(VMAVIEW_PAGE_SWAPCACHE, "swapcache") \
	X(VMAVIEW_PAGE_SWAPBACKED, "swapbacked") \
	X(VMAVIEW_PAGE_UNEVICTABLE, "unevictable") \
	X(VMAVIEW_PAGE_HWPOISON, "hwpoison") \
	X(VMAVIEW_PAGE_IDLE, "idle") \
	X(VMAVIEW_PAGE_RESERVED, "reserved") \
	X(VMAVIEW_PAGE_MLOCKED, "mlocked") \
	X(VMAVIEW_PAGE_PRIVATE, "private") \
	X(VMAVIEW_PAGE_PRIVATE_2, "private_2") \
	X(VMAVIEW_PAGE_WORKINGSET, "workingset") \
	X(VMAVIEW_PAGE_YOUNG, "young") \
	X(VMAVIEW_PAGE_EXCLUSIVE, "exclusive") \
	X(VMAVIEW_PAGE_MAYBE_PINNED, "maybe-pinned") \
	X(VMAVIEW_PAGE_EXTRA_REFS, "extra-refs") \
	X(VMAVIEW_PAGE_MAYBE_LRU_BATCH, "maybe-lru-batch") \
	X(VMAVIEW_PAGE_ZONE_DEVICE, "zone-device") \
	X(VMAVIEW_PAGE_PMD_SHARED, "pmd-shared")

#define VMAVIEW_UFFD_MODE_WORDS(X) \
	X(VMAVIEW_UFFD_MISSING, "missing") \
	X(VMAVIEW_UFFD_WP, "wp") \
	X(VMAVIEW_UFFD_MINOR, "minor") \
	X(VMAVIEW_UFFD_RWP, "rwp")

/* In this order: the first in which two areas differ is what keeps them apart. */
#define VMAVIEW_SEAM_WORDS(X) \
	X(VMAVIEW_SEAM_FLAGS, "flags") \
	X(VMAVIEW_SEAM_FILE, "file") \
	X(VMAVIEW_SEAM_OFFSET, "offset") \
	X(VMAVIEW_SEAM_ANON_VMA, "anon_vma") \
	X(VMAVIEW_SEAM_POLICY, "policy") \
	X(VMAVIEW_SEAM_UFFD, "uffd") \
	X(VMAVIEW_SEAM_NAME, "name") \
	X(VMAVIEW_SEAM_OPS, "ops")

#define VMAVIEW_SEAM_ANON_WORDS(X) \
	X(VMAVIEW_SEAM_ANON_NONE, "none") \
	X(VMAVIEW_SEAM_ANON_OWN, "own") \
	X(VMAVIEW_SEAM_ANON_FORKED, "forked")

#endif /* VMAVIEW_WORDS_H */
