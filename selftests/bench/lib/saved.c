// SPDX-License-Identifier: GPL-2.0
/* saved.c - records, as the module would write them, in; a file out. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../../uapi/vmaview.h"
#include "die.h"
#include "saved.h"
#include "scene.h"

#define FIRST 0x7f0000000000ULL

/* Some that each area of memory has, and their words. */
static const struct {
	unsigned int bit;
	const char *mnemonic;
	const char *word;
} flags[] = {
	{ 0, "rd", "read" }, { 1, "wr", "write" }, { 4, "mr", "mayread" }, { 5, "mw", "maywrite" },
	{ 6, "me", "mayexec" }, { 20, "ac", "account" },
};

static void put(FILE *file, void *record, uint32_t type, size_t size)
{
	struct vmaview_header *header = record;

	header->type = type;
	header->size = size;
	if (fwrite(record, 1, size, file) != size)
		die("cannot write a stream: %s", strerror(errno));
}

static void begin(FILE *file, uint64_t want)
{
	struct vmaview_begin begin = {
		.abi_major = VMAVIEW_ABI_MAJOR, .abi_minor = VMAVIEW_ABI_MINOR,
		.want = want, .known = VMAVIEW_KNOW_EXCLUSIVE, .pid = 4711, .tgid = 4711, .range_end = ~0ULL,
		.leaf_size = { PAGE, 2 << 20, 1 << 30 }, .comm = "bench", .release = "6.12.0-amd64",
	};
	struct vmaview_vmflag vmflag;

	put(file, &begin, VMAVIEW_REC_BEGIN, sizeof(begin));
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		memset(&vmflag, 0, sizeof(vmflag));
		vmflag.bit = flags[i].bit;
		snprintf(vmflag.mnemonic, sizeof(vmflag.mnemonic), "%s", flags[i].mnemonic);
		snprintf(vmflag.word, sizeof(vmflag.word), "%s", flags[i].word);
		put(file, &vmflag, VMAVIEW_REC_VMFLAG, sizeof(vmflag));
	}
}

static void end(FILE *file, uint64_t areas)
{
	struct vmaview_end end = { .areas = areas, .holds = 1, .entries = areas };

	put(file, &end, VMAVIEW_REC_END, sizeof(end));
	if (fclose(file))
		die("cannot write a stream: %s", strerror(errno));
}

static FILE *start(const char *path, uint64_t want)
{
	FILE *file = fopen(path, "w");

	if (!file)
		die("%s: %s", path, strerror(errno));
	begin(file, want);
	return file;
}

/* One page, which is the process's own. */
static void put_area(FILE *file, uint64_t start, int writable)
{
	struct vmaview_area area = {
		.start = start, .end = start + PAGE, .vm_flags = 1 | (writable ? 2 : 0) | 7 << 4 | 1 << 20,
		.kernel_page_size = PAGE, .mmu_page_size = PAGE, .rss = PAGE, .pss = PAGE << VMAVIEW_PSS_SHIFT,
		.pss_dirty = PAGE << VMAVIEW_PSS_SHIFT, .private_dirty = PAGE, .referenced = PAGE, .anonymous = PAGE,
		.cow_reuse = writable ? PAGE : 0, .refcount_max = 1, .mapcount_max = 1, .reclaim_swap = PAGE,
		.leaves = { 1 },
	};

	memcpy(area.perms, writable ? "rw-p" : "r--p", 4);
	put(file, &area, VMAVIEW_REC_AREA, sizeof(area));
}

void saved_areas(const char *path)
{
	FILE *file = start(path, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_VMFLAGS);

	for (uint64_t i = 0; i < NR_AREAS; i++)
		put_area(file, FIRST + i * PAGE, i % 2);
	end(file, NR_AREAS);
}

static void put_run(FILE *file, uint64_t start, uint64_t pfn)
{
	struct vmaview_run run = {
		.start = start, .end = start + PAGE, .pfn = pfn, .swap_offset = VMAVIEW_UNKNOWN64,
		.page = VMAVIEW_PAGE_UPTODATE | VMAVIEW_PAGE_DIRTY | VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_EXCLUSIVE,
		.swap_type = VMAVIEW_UNKNOWN, .entry = VMAVIEW_ENTRY_WRITE | VMAVIEW_ENTRY_DIRTY | VMAVIEW_ENTRY_YOUNG,
		.refcount = 1, .mapcount = 1, .page_mapcount = 1, .state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON, .lru = VMAVIEW_LRU_ACTIVE_ANON, .cow = VMAVIEW_COW_REUSE,
		.reclaim = VMAVIEW_RECLAIM_SWAP, .pincount = VMAVIEW_UNKNOWN,
	};

	put(file, &run, VMAVIEW_REC_RUN, sizeof(run));
}

void saved_runs(const char *path)
{
	FILE *file = start(path, VMAVIEW_WANT_RUNS | VMAVIEW_WANT_VMFLAGS);
	uint64_t pages = RESIDENT / PAGE;

	for (uint64_t i = 0; i < pages; i++)
		put_run(file, FIRST + i * PAGE, 0x100000 + i * 7919 % pages * 2);
	end(file, 0);
}
