// SPDX-License-Identifier: GPL-2.0
/* keys.c - in: nothing; out: the table of an area's numbers, and look-ups in it. */
#include <string.h>

#include <vmaview.h>

#include "vmaview/keys.h"

#define AT(field)	offsetof(struct vmaview_area, field)
#define NO_FIELD	0	/* Size is end - start */
#define PSS		VMAVIEW_PSS_SHIFT

const struct key_row key_rows[KEY_NR] = {
#define ROW(key, name, json, unit, sum, shift, smaps, at) \
	[KEY_##key] = { name, json, UNIT_##unit, SUM_##sum, GROUP_NONE, shift, smaps, at }
	ROW(SIZE, "Size", "size", BYTES, ADD, 0, true, NO_FIELD),
	ROW(KERNEL_PAGE_SIZE, "KernelPageSize", "kernelpagesize", BYTES, NOT, 0, true,
	    AT(kernel_page_size)),
	ROW(MMU_PAGE_SIZE, "MMUPageSize", "mmupagesize", BYTES, NOT, 0, true, AT(mmu_page_size)),
	ROW(RSS, "Rss", "rss", BYTES, ADD, 0, true, AT(rss)),
	ROW(PSS, "Pss", "pss", BYTES, ADD, PSS, true, AT(pss)),
	ROW(PSS_DIRTY, "Pss_Dirty", "pss_dirty", BYTES, ADD, PSS, true, AT(pss_dirty)),
	ROW(SHARED_CLEAN, "Shared_Clean", "shared_clean", BYTES, ADD, 0, true, AT(shared_clean)),
	ROW(SHARED_DIRTY, "Shared_Dirty", "shared_dirty", BYTES, ADD, 0, true, AT(shared_dirty)),
	ROW(PRIVATE_CLEAN, "Private_Clean", "private_clean", BYTES, ADD, 0, true,
	    AT(private_clean)),
	ROW(PRIVATE_DIRTY, "Private_Dirty", "private_dirty", BYTES, ADD, 0, true,
	    AT(private_dirty)),
	ROW(REFERENCED, "Referenced", "referenced", BYTES, ADD, 0, true, AT(referenced)),
	ROW(ANONYMOUS, "Anonymous", "anonymous", BYTES, ADD, 0, true, AT(anonymous)),
	ROW(KSM, "KSM", "ksm", BYTES, ADD, 0, true, AT(ksm)),
	ROW(LAZYFREE, "LazyFree", "lazyfree", BYTES, ADD, 0, true, AT(lazyfree)),
	ROW(ANON_HUGE_PAGES, "AnonHugePages", "anonhugepages", BYTES, ADD, 0, true, AT(anon_huge)),
	ROW(SHMEM_PMD_MAPPED, "ShmemPmdMapped", "shmempmdmapped", BYTES, ADD, 0, true,
	    AT(shmem_pmd)),
	ROW(FILE_PMD_MAPPED, "FilePmdMapped", "filepmdmapped", BYTES, ADD, 0, true, AT(file_pmd)),
	ROW(SHARED_HUGETLB, "Shared_Hugetlb", "shared_hugetlb", BYTES, ADD, 0, true,
	    AT(shared_hugetlb)),
	ROW(PRIVATE_HUGETLB, "Private_Hugetlb", "private_hugetlb", BYTES, ADD, 0, true,
	    AT(private_hugetlb)),
	ROW(SWAP, "Swap", "swap", BYTES, ADD, 0, true, AT(swap)),
	ROW(LOCKED, "Locked", "locked", BYTES, ADD, PSS, true, AT(locked)),
	ROW(COW_COPY, "Cow_Copy", "cow_copy", BYTES, ADD, 0, false, AT(cow_copy)),
	ROW(COW_REUSE, "Cow_Reuse", "cow_reuse", BYTES, ADD, 0, false, AT(cow_reuse)),
	ROW(COW_MAYBE, "Cow_Maybe", "cow_maybe", BYTES, ADD, 0, false, AT(cow_maybe)),
	ROW(COW_SOURCE, "Cow_Source", "cow_source", BYTES, ADD, 0, false, AT(cow_source)),
	ROW(COW_DEBT, "Cow_Debt", "cow_debt", BYTES, ADD, 0, false, AT(cow_debt)),
	ROW(REFCOUNT_MAX, "Refcount_Max", "refcount_max", COUNT, MAX, 0, false, AT(refcount_max)),
	ROW(MAPCOUNT_MAX, "Mapcount_Max", "mapcount_max", COUNT, MAX, 0, false, AT(mapcount_max)),
	ROW(MAYBE_PINNED, "Maybe_Pinned", "maybe_pinned", BYTES, ADD, 0, false, AT(maybe_pinned)),
	ROW(MLOCKED, "Mlocked", "mlocked", BYTES, ADD, 0, false, AT(mlocked)),
	ROW(UNEVICTABLE, "Unevictable", "unevictable", BYTES, ADD, 0, false, AT(unevictable)),
	ROW(WRITEBACK, "Writeback", "writeback", BYTES, ADD, 0, false, AT(writeback)),
	ROW(RECLAIM_DROP, "Reclaim_Drop", "reclaim_drop", BYTES, ADD, 0, false, AT(reclaim_drop)),
	ROW(RECLAIM_WRITE, "Reclaim_Write", "reclaim_write", BYTES, ADD, 0, false,
	    AT(reclaim_write)),
	ROW(RECLAIM_SWAP, "Reclaim_Swap", "reclaim_swap", BYTES, ADD, 0, false, AT(reclaim_swap)),
	ROW(RECLAIM_NEVER, "Reclaim_Never", "reclaim_never", BYTES, ADD, 0, false,
	    AT(reclaim_never)),
	ROW(TABLES, "Tables", "tables", BYTES, ADD, 0, false, AT(tables)),
#undef ROW
#define PART(key, name, group, at) \
	[KEY_##key] = { name, name, UNIT_COUNT, SUM_ADD, GROUP_##group, 0, false, at }
	PART(EXTRA_REFS, "total", EXTRA_REFS, AT(extra_refs)),
	PART(EXTRA_REFS_LRU, "lru_batch", EXTRA_REFS, AT(extra_refs_lru)),
	PART(ABSENT_NONE, "none", ABSENT, AT(absent_none)),
	PART(ABSENT_SWAP, "swap", ABSENT, AT(absent_swap)),
	PART(ABSENT_MIGRATION, "migration", ABSENT, AT(absent_migration)),
	PART(ABSENT_DEVICE, "device", ABSENT, AT(absent_device)),
	PART(ABSENT_HWPOISON, "hwpoison", ABSENT, AT(absent_hwpoison)),
	PART(ABSENT_GUARD, "guard", ABSENT, AT(absent_guard)),
	PART(ABSENT_UFFD, "uffd", ABSENT, AT(absent_uffd)),
	PART(LEAVES_PTE, "4k", LEAVES, AT(leaves[0])),
	PART(LEAVES_PMD, "2M", LEAVES, AT(leaves[1])),
	PART(LEAVES_PUD, "1G", LEAVES, AT(leaves[2])),
#undef PART
};

/* All from @first to @last. */
#define KEYS(first, last) (2 * KEY_BIT(KEY_##last) - KEY_BIT(KEY_##first))

const struct key_group_row key_groups[GROUP_NR] = {
	/* The total alone: its other key is a part of that. */
	[GROUP_EXTRA_REFS] = { "Extra_Refs", "extra_refs", KEY_EXTRA_REFS, KEY_EXTRA_REFS_LRU,
			       KEY_BIT(KEY_EXTRA_REFS) },
	/* Nothing is there where an entry is none. */
	[GROUP_ABSENT] = { "Absent", "absent", KEY_ABSENT_NONE, KEY_ABSENT_UFFD,
			   KEYS(ABSENT_NONE, ABSENT_UFFD) & ~KEY_BIT(KEY_ABSENT_NONE) },
	[GROUP_LEAVES] = { "Leaves", "leaves", KEY_LEAVES_PTE, KEY_LEAVES_PUD,
			   KEYS(LEAVES_PTE, LEAVES_PUD) },
};

uint64_t keys_of_smaps(void)
{
	uint64_t mask = 0;

	for (int key = 0; key < KEY_NR; key++)
		if (key_rows[key].smaps)
			mask |= KEY_BIT(key);
	return mask;
}

enum key key_of_smaps_name(const char *name, size_t length)
{
	for (int key = 0; key < KEY_NR; key++) {
		const struct key_row *row = &key_rows[key];

		if (row->smaps && !strncmp(row->name, name, length) && !row->name[length])
			return key;
	}
	return KEY_NR;
}
