// SPDX-License-Identifier: GPL-2.0
/* columns.c - in: nothing; out: the columns of an area. */
#include "columns/column_text.h"
#include "columns/columns.h"

static bool number_start(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->start;
	return true;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->end;
	return true;
}

static bool number_offset(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->offset;
	return true;
}

static bool number_inode(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->inode;
	return true;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = cell->process->pid;
	return true;
}

/* What pmap -x calls Dirty. */
static bool number_dirty(const struct cell *cell, uint64_t *number)
{
	const struct area *area = cell->area;

	*number = area_get(area, KEY_SHARED_DIRTY) + area_get(area, KEY_PRIVATE_DIRTY);
	return area_knows(area, KEY_SHARED_DIRTY) && area_knows(area, KEY_PRIVATE_DIRTY);
}

#define KEY_COLUMN(name, alias, key, kind, flags, help) \
	{ name, alias, NULL, KIND_##kind, KEY_##key, (flags) | COL_TOTAL, NULL, NULL, help }
#define NUMBER(name, json, kind, number, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, kind, text, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, NULL, text, help }
#define GROUP(name, group, help) \
	{ name, NULL, NULL, KIND_GROUP, GROUP_##group, COL_TOTAL, NULL, NULL, help }
#define PART(name, key, help) \
	{ name, NULL, NULL, KIND_COUNT, KEY_##key, COL_PART | COL_TOTAL, NULL, NULL, help }

#define D COL_DEFAULT
#define V COL_VIEW
#define P COL_PROC

static const struct column columns[] = {
	NUMBER("Address", "start", ADDRESS, number_start, D | P, "first address"),
	KEY_COLUMN("Kbytes", "Size", SIZE, SIZE, D | P, "size"),
	KEY_COLUMN("RSS", NULL, RSS, SIZE, D | P, "memory present, as smaps counts it"),
	{ "Dirty", NULL, "dirty", KIND_SIZE, KEY_NR, D | V | P | COL_TOTAL, number_dirty, NULL,
	  "Shared_Dirty and Private_Dirty together" },
	TEXT("Mode", "mode", TEXT, text_mode, D | V | P, "permissions as pmap shows them"),
	TEXT("COW", "cow", TEXT, text_cow, D | V,
	     "writes to what is present: own in place, shared copy, source copy from file or zero"
	     " page, mixed, empty, ? cannot be told"),
	KEY_COLUMN("Debt", "Cow_Debt", COW_DEBT, SIZE, D,
		   "new memory if all that is present were written"),
	KEY_COLUMN("MayPin", "Maybe_Pinned", MAYBE_PINNED, SIZE, D,
		   "memory that is probably pinned for DMA or I/O"),
	TEXT("Fault", "fault", TEXT, text_fault, D | V | COL_TRUNC,
	     "the kernel function that serves a page fault; anon: the kernel's own memory"),
	TEXT("Notable", "notable", TEXT, text_notable, D | V | P | COL_TRUNC | COL_LIST,
	     "flags that set the area apart: io, pfnmap, locked, dontcopy ..."),
	TEXT("Mapping", "mapping", TEXT, text_mapping, D | V | P | COL_TRUNC,
	     "file, or what else is mapped"),
	NUMBER("Pid", "pid", COUNT, number_pid, V | P, "the process"),
	NUMBER("End", "end", ADDRESS, number_end, P, "first address behind it"),
	TEXT("Perms", "perms", TEXT, text_perms, P, "permissions as maps shows them"),
	NUMBER("Offset", "offset", SIZE, number_offset, P, "offset into the file"),
	TEXT("Device", "device", TEXT, text_device, P, "major:minor of the file's filesystem"),
	NUMBER("Inode", "inode", COUNT, number_inode, P, "inode of the file"),
	TEXT("Name", "name", TEXT, text_name, P | COL_TRUNC, "name as maps shows it"),
	TEXT("Flags", "flags", WORDS, text_flags, 0, "every vm_flag of the kernel, in words"),
	TEXT("VmFlags", "vmflags", WORDS, text_vmflags, P, "flags as smaps abbreviates them"),
	TEXT("Ops", "ops", TEXT, text_ops, 0, "symbol of the area's vm_operations_struct"),
	TEXT("Callbacks", "callbacks", PAIRS, text_callbacks, 0, "what that table points to"),
	KEY_COLUMN("KernelPageSize", NULL, KERNEL_PAGE_SIZE, SIZE, P, "page size of the kernel"),
	KEY_COLUMN("MMUPageSize", NULL, MMU_PAGE_SIZE, SIZE, P, "page size of the hardware"),
	KEY_COLUMN("Pss", NULL, PSS, SIZE, P, "RSS, each page divided by who maps it"),
	KEY_COLUMN("Pss_Dirty", NULL, PSS_DIRTY, SIZE, P, "the dirty part of it"),
	KEY_COLUMN("Shared_Clean", NULL, SHARED_CLEAN, SIZE, P, "mapped more than once, clean"),
	KEY_COLUMN("Shared_Dirty", NULL, SHARED_DIRTY, SIZE, P, "mapped more than once, dirty"),
	KEY_COLUMN("Private_Clean", NULL, PRIVATE_CLEAN, SIZE, P, "mapped here only, clean"),
	KEY_COLUMN("Private_Dirty", NULL, PRIVATE_DIRTY, SIZE, P, "mapped here only, dirty"),
	KEY_COLUMN("Referenced", NULL, REFERENCED, SIZE, P, "accessed of late"),
	KEY_COLUMN("Anonymous", NULL, ANONYMOUS, SIZE, P, "without a file behind it"),
	KEY_COLUMN("KSM", NULL, KSM, SIZE, P, "merged by KSM"),
	KEY_COLUMN("LazyFree", NULL, LAZYFREE, SIZE, P, "given up by MADV_FREE"),
	KEY_COLUMN("AnonHugePages", NULL, ANON_HUGE_PAGES, SIZE, P, "in huge anonymous pages"),
	KEY_COLUMN("ShmemPmdMapped", NULL, SHMEM_PMD_MAPPED, SIZE, P, "in huge shared memory"),
	KEY_COLUMN("FilePmdMapped", NULL, FILE_PMD_MAPPED, SIZE, P, "in huge page cache"),
	KEY_COLUMN("Shared_Hugetlb", NULL, SHARED_HUGETLB, SIZE, P, "hugetlb, mapped elsewhere"),
	KEY_COLUMN("Private_Hugetlb", NULL, PRIVATE_HUGETLB, SIZE, P, "hugetlb, mapped here only"),
	KEY_COLUMN("Swap", NULL, SWAP, SIZE, P, "swapped out"),
	KEY_COLUMN("Locked", NULL, LOCKED, SIZE, P, "Pss of a locked area"),
	KEY_COLUMN("Cow_Copy", NULL, COW_COPY, SIZE, 0, "present; the next write copies it"),
	KEY_COLUMN("Cow_Reuse", NULL, COW_REUSE, SIZE, 0, "present; the next write keeps it"),
	KEY_COLUMN("Cow_Maybe", NULL, COW_MAYBE, SIZE, 0, "present; which of them, is not known"),
	KEY_COLUMN("Cow_Source", NULL, COW_SOURCE, SIZE, 0,
		   "page cache, zero page, KSM: the next write copies from it"),
	KEY_COLUMN("Refcount_Max", NULL, REFCOUNT_MAX, COUNT, 0, "highest refcount of a folio"),
	KEY_COLUMN("Mapcount_Max", NULL, MAPCOUNT_MAX, COUNT, 0, "highest mapcount of a folio"),
	GROUP("Extra_Refs", EXTRA_REFS, "pages with references that no mapping or cache explains"),
	PART("Extra_Refs.total", EXTRA_REFS, "all of these"),
	PART("Extra_Refs.lru_batch", EXTRA_REFS_LRU, "those that a batch of the LRU lists explains"),
	KEY_COLUMN("Mlocked", NULL, MLOCKED, SIZE, 0, "pages marked as locked"),
	KEY_COLUMN("Unevictable", NULL, UNEVICTABLE, SIZE, 0, "pages marked as unevictable"),
	KEY_COLUMN("Writeback", NULL, WRITEBACK, SIZE, 0, "pages being written back"),
	KEY_COLUMN("Reclaim_Drop", NULL, RECLAIM_DROP, SIZE, 0, "could be freed at once"),
	KEY_COLUMN("Reclaim_Write", NULL, RECLAIM_WRITE, SIZE, 0, "after writing it back"),
	KEY_COLUMN("Reclaim_Swap", NULL, RECLAIM_SWAP, SIZE, 0, "only by swapping"),
	KEY_COLUMN("Reclaim_Never", NULL, RECLAIM_NEVER, SIZE, 0, "not at all"),
	GROUP("Absent", ABSENT, "entries that map nothing, by what they are"),
	PART("Absent.none", ABSENT_NONE, "not there"),
	PART("Absent.swap", ABSENT_SWAP, "swapped out"),
	PART("Absent.migration", ABSENT_MIGRATION, "their page is being moved"),
	PART("Absent.device", ABSENT_DEVICE, "their page is a device's"),
	PART("Absent.hwpoison", ABSENT_HWPOISON, "their page is broken"),
	PART("Absent.guard", ABSENT_GUARD, "guard pages"),
	PART("Absent.uffd", ABSENT_UFFD, "markers of userfaultfd"),
	KEY_COLUMN("Tables", NULL, TABLES, SIZE, 0, "page tables that serve the area"),
	GROUP("Leaves", LEAVES, "entries that map memory, by their size"),
	PART("Leaves.4k", LEAVES_PTE, "of the lowest level"),
	PART("Leaves.2M", LEAVES_PMD, "of the next"),
	PART("Leaves.1G", LEAVES_PUD, "and of the next"),
	TEXT("Caveats", "caveats", WORDS, text_caveats, V,
	     "changed or clipped while it was read, name_cut"),
};

const struct column_set area_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
