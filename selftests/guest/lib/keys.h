/* SPDX-License-Identifier: GPL-2.0 */
/*
 * keys.h - one list of the keys of an area, for the text, the stream, smaps and the expectations.
 *
 * Values are held as the text has them: kB where the text says kB, else numbers.  The words of
 * "Extra_Refs", "Absent" and "Leaves" are keys of their own, named "Absent/none" and so on.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* name, text name, field of struct vmaview_area, shift to the text's unit, does smaps have it */
#define KEY_LIST(X) \
	X(KPS, "KernelPageSize", kernel_page_size, 10, true) \
	X(MPS, "MMUPageSize", mmu_page_size, 10, true) \
	X(RSS, "Rss", rss, 10, true) \
	X(PSS, "Pss", pss, 22, true) \
	X(PSS_DIRTY, "Pss_Dirty", pss_dirty, 22, true) \
	X(SHARED_CLEAN, "Shared_Clean", shared_clean, 10, true) \
	X(SHARED_DIRTY, "Shared_Dirty", shared_dirty, 10, true) \
	X(PRIVATE_CLEAN, "Private_Clean", private_clean, 10, true) \
	X(PRIVATE_DIRTY, "Private_Dirty", private_dirty, 10, true) \
	X(REFERENCED, "Referenced", referenced, 10, true) \
	X(ANONYMOUS, "Anonymous", anonymous, 10, true) \
	X(KSM, "KSM", ksm, 10, true) \
	X(LAZYFREE, "LazyFree", lazyfree, 10, true) \
	X(ANON_HUGE, "AnonHugePages", anon_huge, 10, true) \
	X(SHMEM_PMD, "ShmemPmdMapped", shmem_pmd, 10, true) \
	X(FILE_PMD, "FilePmdMapped", file_pmd, 10, true) \
	X(SHARED_HUGETLB, "Shared_Hugetlb", shared_hugetlb, 10, true) \
	X(PRIVATE_HUGETLB, "Private_Hugetlb", private_hugetlb, 10, true) \
	X(SWAP, "Swap", swap, 10, true) \
	X(LOCKED, "Locked", locked, 22, true) \
	X(COW_COPY, "Cow_Copy", cow_copy, 10, false) \
	X(COW_REUSE, "Cow_Reuse", cow_reuse, 10, false) \
	X(COW_MAYBE, "Cow_Maybe", cow_maybe, 10, false) \
	X(COW_SOURCE, "Cow_Source", cow_source, 10, false) \
	X(COW_DEBT, "Cow_Debt", cow_debt, 10, false) \
	X(REFCOUNT_MAX, "Refcount_Max", refcount_max, 0, false) \
	X(MAPCOUNT_MAX, "Mapcount_Max", mapcount_max, 0, false) \
	X(EXTRA_REFS, "Extra_Refs", extra_refs, 0, false) \
	X(EXTRA_REFS_LRU, "Extra_Refs/lru-batch", extra_refs_lru, 0, false) \
	X(MAYBE_PINNED, "Maybe_Pinned", maybe_pinned, 10, false) \
	X(MLOCKED, "Mlocked", mlocked, 10, false) \
	X(UNEVICTABLE, "Unevictable", unevictable, 10, false) \
	X(WRITEBACK, "Writeback", writeback, 10, false) \
	X(RECLAIM_DROP, "Reclaim_Drop", reclaim_drop, 10, false) \
	X(RECLAIM_WRITE, "Reclaim_Write", reclaim_write, 10, false) \
	X(RECLAIM_SWAP, "Reclaim_Swap", reclaim_swap, 10, false) \
	X(RECLAIM_NEVER, "Reclaim_Never", reclaim_never, 10, false) \
	X(ABSENT_NONE, "Absent/none", absent_none, 0, false) \
	X(ABSENT_SWAP, "Absent/swap", absent_swap, 0, false) \
	X(ABSENT_MIGRATION, "Absent/migration", absent_migration, 0, false) \
	X(ABSENT_DEVICE, "Absent/device", absent_device, 0, false) \
	X(ABSENT_HWPOISON, "Absent/hwpoison", absent_hwpoison, 0, false) \
	X(ABSENT_GUARD, "Absent/guard", absent_guard, 0, false) \
	X(ABSENT_UFFD, "Absent/uffd", absent_uffd, 0, false) \
	X(TABLES, "Tables", tables, 10, false) \
	X(LEAVES_4K, "Leaves/4k", leaves[0], 0, false) \
	X(LEAVES_2M, "Leaves/2M", leaves[1], 0, false) \
	X(LEAVES_1G, "Leaves/1G", leaves[2], 0, false)

enum key {
	SIZE,
#define KEY_ENUM(name, text, field, shift, smaps) name,
	KEY_LIST(KEY_ENUM)
#undef KEY_ENUM
	NR_KEYS
};

struct key_facts {
	const char *text;
	size_t field;		/* offset in struct vmaview_area, 0 for SIZE */
	unsigned int shift;	/* from the record's unit to the text's */
	bool smaps;
};

extern const struct key_facts keys[NR_KEYS];

/* The key of that name, or -1. */
int key_find(const char *text);

struct area {
	uint64_t start;
	uint64_t end;
	char *head;		/* the line of /proc/PID/maps */
	uint64_t value[NR_KEYS];
	uint64_t has;		/* bit per key: was it given? */
	char *flags;
	char *ops;
	char *callbacks;
	char *vmflags;
};

struct area_list {
	struct area *area;
	size_t nr;
};

/* A new zeroed area at the list's end. */
struct area *area_list_add(struct area_list *list);
/* The area that holds @addr, or NULL. */
struct area *area_list_find(const struct area_list *list, uint64_t addr);
void area_list_free(struct area_list *list);

void area_set(struct area *area, enum key key, uint64_t value);
bool area_has(const struct area *area, enum key key);

#endif
