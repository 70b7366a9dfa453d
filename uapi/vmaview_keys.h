/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * vmaview_keys.h - THE list of the numbers of an area, for the module and the command.
 *
 * The text of `areas` and `summary`, the columns, JSON and --help, and what smaps is compared with,
 * all follow it; README and the manual page are checked against it.  VMAVIEW_KEYS(KEY, GROUP, PART) has
 * a row for each number, in the order of the fields of struct vmaview_area:
 *
 * KEY(id, field, name, json, unit, total, source, place, help) - a number with a line of its own
 *	name	in `areas` and, where smaps has it too, in smaps
 *	json	the same in JSON: in lower case
 *	unit	BYTES; PSS, bytes shifted left by VMAVIEW_PSS_SHIFT; COUNT, a plain number; or SPAN, bytes from
 *		@start to @end, where in a total, which has no start, @end is the sum
 *	total	of two areas: ADD, the sum; MAX, the higher; NOT, neither makes sense
 *	source	SMAPS, a number that smaps has too; OURS, only the module knows it
 *	place	of its column: VIEW, columns.c puts it where the default view has it, perhaps by another
 *		name; MORE, by this name and in this order, after those of the view
 *	help	what --help says of the column
 *
 * GROUP(id, name, json, first, last, help) - numbers that share a line, the parts from first to last
 *
 * PART(id, field, group, group_name, word, sum, help) - one of these, a COUNT that adds up, OURS
 *	word	its name in the line and in JSON
 *	sum	COUNTS, or ASIDE, not: whether it is in the one number that stands for the group
 */
#ifndef VMAVIEW_KEYS_H
#define VMAVIEW_KEYS_H

/* For rows that are left out. */
#define VMAVIEW_NO_KEY(...)

#define VMAVIEW_KEYS(KEY, GROUP, PART) \
	KEY(SIZE, end, "Size", "size", SPAN, ADD, SMAPS, VIEW, "size") \
	KEY(KERNEL_PAGE_SIZE, kernel_page_size, "KernelPageSize", "kernelpagesize", BYTES, NOT, SMAPS, MORE, \
	    "page size of the kernel") \
	KEY(MMU_PAGE_SIZE, mmu_page_size, "MMUPageSize", "mmupagesize", BYTES, NOT, SMAPS, MORE, \
	    "page size of the hardware") \
	KEY(RSS, rss, "Rss", "rss", BYTES, ADD, SMAPS, VIEW, "memory present, as smaps counts it") \
	KEY(PSS, pss, "Pss", "pss", PSS, ADD, SMAPS, MORE, "RSS, each page divided by who maps it") \
	KEY(PSS_DIRTY, pss_dirty, "Pss_Dirty", "pss_dirty", PSS, ADD, SMAPS, MORE, "the dirty part of it") \
	KEY(SHARED_CLEAN, shared_clean, "Shared_Clean", "shared_clean", BYTES, ADD, SMAPS, MORE, \
	    "mapped more than once, clean") \
	KEY(SHARED_DIRTY, shared_dirty, "Shared_Dirty", "shared_dirty", BYTES, ADD, SMAPS, MORE, \
	    "mapped more than once, dirty") \
	KEY(PRIVATE_CLEAN, private_clean, "Private_Clean", "private_clean", BYTES, ADD, SMAPS, MORE, \
	    "mapped here only, clean") \
	KEY(PRIVATE_DIRTY, private_dirty, "Private_Dirty", "private_dirty", BYTES, ADD, SMAPS, MORE, \
	    "mapped here only, dirty") \
	KEY(REFERENCED, referenced, "Referenced", "referenced", BYTES, ADD, SMAPS, MORE, "accessed of late") \
	KEY(ANONYMOUS, anonymous, "Anonymous", "anonymous", BYTES, ADD, SMAPS, MORE, "without a file behind it") \
	KEY(KSM, ksm, "KSM", "ksm", BYTES, ADD, SMAPS, MORE, "merged by KSM") \
	KEY(LAZYFREE, lazyfree, "LazyFree", "lazyfree", BYTES, ADD, SMAPS, MORE, "given up by MADV_FREE") \
	KEY(ANON_HUGE_PAGES, anon_huge, "AnonHugePages", "anonhugepages", BYTES, ADD, SMAPS, MORE, \
	    "in huge anonymous pages") \
	KEY(SHMEM_PMD_MAPPED, shmem_pmd, "ShmemPmdMapped", "shmempmdmapped", BYTES, ADD, SMAPS, MORE, \
	    "in huge shared memory") \
	KEY(FILE_PMD_MAPPED, file_pmd, "FilePmdMapped", "filepmdmapped", BYTES, ADD, SMAPS, MORE, \
	    "in huge page cache") \
	KEY(SHARED_HUGETLB, shared_hugetlb, "Shared_Hugetlb", "shared_hugetlb", BYTES, ADD, SMAPS, MORE, \
	    "hugetlb, mapped elsewhere") \
	KEY(PRIVATE_HUGETLB, private_hugetlb, "Private_Hugetlb", "private_hugetlb", BYTES, ADD, SMAPS, MORE, \
	    "hugetlb, mapped here only") \
	KEY(SWAP, swap, "Swap", "swap", BYTES, ADD, SMAPS, MORE, "swapped out") \
	KEY(LOCKED, locked, "Locked", "locked", PSS, ADD, SMAPS, MORE, "Pss of a locked area") \
	KEY(COW_COPY, cow_copy, "Cow_Copy", "cow_copy", BYTES, ADD, OURS, MORE, "present; the next write copies it") \
	KEY(COW_REUSE, cow_reuse, "Cow_Reuse", "cow_reuse", BYTES, ADD, OURS, MORE, \
	    "present; the next write keeps it") \
	KEY(COW_MAYBE, cow_maybe, "Cow_Maybe", "cow_maybe", BYTES, ADD, OURS, MORE, \
	    "present; which of them, is not known") \
	KEY(COW_SOURCE, cow_source, "Cow_Source", "cow_source", BYTES, ADD, OURS, MORE, \
	    "page cache, zero page, KSM: the next write copies from it") \
	KEY(COW_DEBT, cow_debt, "Cow_Debt", "cow_debt", BYTES, ADD, OURS, VIEW, \
	    "new memory if all that is present were written") \
	KEY(REFCOUNT_MAX, refcount_max, "Refcount_Max", "refcount_max", COUNT, MAX, OURS, MORE, \
	    "highest refcount of a folio") \
	KEY(MAPCOUNT_MAX, mapcount_max, "Mapcount_Max", "mapcount_max", COUNT, MAX, OURS, MORE, \
	    "highest mapcount of a folio") \
	GROUP(EXTRA_REFS, "Extra_Refs", "extra_refs", EXTRA_REFS, EXTRA_REFS_LRU, \
	      "pages with references that no mapping or cache explains") \
	PART(EXTRA_REFS, extra_refs, EXTRA_REFS, "Extra_Refs", "total", COUNTS, "all of these") \
	PART(EXTRA_REFS_LRU, extra_refs_lru, EXTRA_REFS, "Extra_Refs", "lru_batch", ASIDE, \
	     "those that a batch of the LRU lists explains") \
	KEY(MAYBE_PINNED, maybe_pinned, "Maybe_Pinned", "maybe_pinned", BYTES, ADD, OURS, VIEW, \
	    "memory that is probably pinned for DMA or I/O") \
	KEY(MLOCKED, mlocked, "Mlocked", "mlocked", BYTES, ADD, OURS, MORE, "pages marked as locked") \
	KEY(UNEVICTABLE, unevictable, "Unevictable", "unevictable", BYTES, ADD, OURS, MORE, \
	    "pages marked as unevictable") \
	KEY(WRITEBACK, writeback, "Writeback", "writeback", BYTES, ADD, OURS, MORE, "pages being written back") \
	KEY(RECLAIM_DROP, reclaim_drop, "Reclaim_Drop", "reclaim_drop", BYTES, ADD, OURS, MORE, \
	    "could be freed at once") \
	KEY(RECLAIM_WRITE, reclaim_write, "Reclaim_Write", "reclaim_write", BYTES, ADD, OURS, MORE, \
	    "after writing it back") \
	KEY(RECLAIM_SWAP, reclaim_swap, "Reclaim_Swap", "reclaim_swap", BYTES, ADD, OURS, MORE, \
	    "only by swapping") \
	KEY(RECLAIM_NEVER, reclaim_never, "Reclaim_Never", "reclaim_never", BYTES, ADD, OURS, MORE, "not at all") \
	GROUP(ABSENT, "Absent", "absent", ABSENT_NONE, ABSENT_UFFD, \
	      "entries that map nothing, by what they are") \
	PART(ABSENT_NONE, absent_none, ABSENT, "Absent", "none", ASIDE, "not there") \
	PART(ABSENT_SWAP, absent_swap, ABSENT, "Absent", "swap", COUNTS, "swapped out") \
	PART(ABSENT_MIGRATION, absent_migration, ABSENT, "Absent", "migration", COUNTS, "their page is being moved") \
	PART(ABSENT_DEVICE, absent_device, ABSENT, "Absent", "device", COUNTS, "their page is a device's") \
	PART(ABSENT_HWPOISON, absent_hwpoison, ABSENT, "Absent", "hwpoison", COUNTS, "their page is broken") \
	PART(ABSENT_GUARD, absent_guard, ABSENT, "Absent", "guard", COUNTS, "guard pages") \
	PART(ABSENT_UFFD, absent_uffd, ABSENT, "Absent", "uffd", COUNTS, "markers of userfaultfd") \
	KEY(TABLES, tables, "Tables", "tables", BYTES, ADD, OURS, MORE, "page tables that serve the area") \
	GROUP(LEAVES, "Leaves", "leaves", LEAVES_PTE, LEAVES_PUD, \
	      "entries that map memory, by their size") \
	PART(LEAVES_PTE, leaves[0], LEAVES, "Leaves", "4k", COUNTS, "of the lowest level") \
	PART(LEAVES_PMD, leaves[1], LEAVES, "Leaves", "2M", COUNTS, "of the next") \
	PART(LEAVES_PUD, leaves[2], LEAVES, "Leaves", "1G", COUNTS, "and of the next")

#endif /* VMAVIEW_KEYS_H */
