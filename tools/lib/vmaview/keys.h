/* SPDX-License-Identifier: GPL-2.0 */
/*
 * keys.h - the numbers of an area, one row each: how `areas` and smaps spell it, its JSON key,
 * its unit, how it is summed, and where a record carries it.  Everything that lists numbers
 * (columns, JSON, totals, the /proc parser, verify) goes by this table.
 */
#ifndef VMAVIEW_KEYS_H
#define VMAVIEW_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key {
	KEY_SIZE,
	KEY_KERNEL_PAGE_SIZE,
	KEY_MMU_PAGE_SIZE,
	KEY_RSS,
	KEY_PSS,
	KEY_PSS_DIRTY,
	KEY_SHARED_CLEAN,
	KEY_SHARED_DIRTY,
	KEY_PRIVATE_CLEAN,
	KEY_PRIVATE_DIRTY,
	KEY_REFERENCED,
	KEY_ANONYMOUS,
	KEY_KSM,
	KEY_LAZYFREE,
	KEY_ANON_HUGE_PAGES,
	KEY_SHMEM_PMD_MAPPED,
	KEY_FILE_PMD_MAPPED,
	KEY_SHARED_HUGETLB,
	KEY_PRIVATE_HUGETLB,
	KEY_SWAP,
	KEY_LOCKED,
	KEY_COW_COPY,
	KEY_COW_REUSE,
	KEY_COW_MAYBE,
	KEY_COW_SOURCE,
	KEY_COW_DEBT,
	KEY_REFCOUNT_MAX,
	KEY_MAPCOUNT_MAX,
	KEY_EXTRA_REFS,
	KEY_EXTRA_REFS_LRU,
	KEY_MAYBE_PINNED,
	KEY_MLOCKED,
	KEY_UNEVICTABLE,
	KEY_WRITEBACK,
	KEY_RECLAIM_DROP,
	KEY_RECLAIM_WRITE,
	KEY_RECLAIM_SWAP,
	KEY_RECLAIM_NEVER,
	KEY_ABSENT_NONE,
	KEY_ABSENT_SWAP,
	KEY_ABSENT_MIGRATION,
	KEY_ABSENT_DEVICE,
	KEY_ABSENT_HWPOISON,
	KEY_ABSENT_GUARD,
	KEY_ABSENT_UFFD,
	KEY_TABLES,
	KEY_LEAVES_PTE,
	KEY_LEAVES_PMD,
	KEY_LEAVES_PUD,
	KEY_NR
};

_Static_assert(KEY_NR <= 64, "a set of keys is a 64-bit mask");

#define KEY_BIT(key) (UINT64_C(1) << (key))

enum key_unit {
	UNIT_BYTES,	/* kB in text, bytes with -b and in JSON */
	UNIT_COUNT,	/* a plain number everywhere */
};

enum key_sum {
	SUM_ADD,
	SUM_MAX,
	SUM_NOT,	/* a property of the area: no total makes sense */
};

/* The part of a key that JSON and `areas` keep in one object: absent{}, leaves{}, extra_refs{}. */
enum key_group {
	GROUP_NONE,
	GROUP_EXTRA_REFS,
	GROUP_ABSENT,
	GROUP_LEAVES,
	GROUP_NR
};

struct key_row {
	const char *name;	/* in `areas` and smaps; inside a group: the name of the part */
	const char *json;
	enum key_unit unit;
	enum key_sum sum;
	enum key_group group;
	unsigned char shift;	/* the value is kept shifted left by this much */
	bool smaps;		/* /proc/PID/smaps has it too */
	unsigned short offset;	/* in struct vmaview_area */
};

extern const struct key_row key_rows[KEY_NR];

struct key_group_row {
	const char *name;
	const char *json;
	enum key first;
	enum key last;
	uint64_t sum;		/* of its keys, as a mask: the group as one number is the sum of these */
};

extern const struct key_group_row key_groups[GROUP_NR];

/* The keys of smaps, as a mask. */
uint64_t keys_of_smaps(void);

/* The key that smaps calls @name (of @length bytes), or KEY_NR. */
enum key key_of_smaps_name(const char *name, size_t length);

#endif /* VMAVIEW_KEYS_H */
