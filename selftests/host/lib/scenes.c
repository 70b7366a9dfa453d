// SPDX-License-Identifier: GPL-2.0
/* scenes.c - in: nothing; out: synthetic processes for the parser, the model and the views. */
#include <string.h>

#include "scenes.h"

#define KB(n) ((__u64)(n) << 10)
#define PSS(n) (KB(n) << VMAVIEW_PSS_SHIFT)

enum { OPS_FILE = 1, OPS_SPECIAL, OPS_DEVICE, OPS_HUGETLB };

enum {
	F_READ = 1 << 0, F_WRITE = 1 << 1, F_EXEC = 1 << 2, F_SHARED = 1 << 3,
	F_UFFD = 1 << 9, F_PFNMAP = 1 << 10, F_LOCKED = 1 << 13, F_IO = 1 << 14,
	F_DONTCOPY = 1 << 17, F_HUGETLB = 1 << 22, F_ODD = 1 << 30,
};

void scene_names(struct stream *stream)
{
	stream_vmflag(stream, 0, "rd", "read");
	stream_vmflag(stream, 1, "wr", "write");
	stream_vmflag(stream, 2, "ex", "exec");
	stream_vmflag(stream, 3, "sh", "shared");
	stream_vmflag(stream, 9, "um", "uffd_missing");
	stream_vmflag(stream, 10, "pf", "pfnmap");
	stream_vmflag(stream, 13, "lo", "locked");
	stream_vmflag(stream, 14, "io", "io");
	stream_vmflag(stream, 17, "dc", "dontcopy");
	stream_vmflag(stream, 19, "", "lockonfault");
	stream_vmflag(stream, 22, "ht", "hugetlb");
	stream_vmflag(stream, 30, "??", "unheard_of");
}

static void add_ops(struct stream *stream)
{
	stream_ops(stream, OPS_FILE, "generic_file_vm_ops\0fault=filemap_fault\0"
		   "map_pages=filemap_map_pages\0page_mkwrite=filemap_page_mkwrite\0");
	stream_ops(stream, OPS_SPECIAL, "special_mapping_vmops\0fault=special_mapping_fault\0"
		   "name=special_mapping_name\0");
	stream_ops(stream, OPS_DEVICE, "toy_vm_ops [toy]\0open=toy_open [toy]\0");
	stream_ops(stream, OPS_HUGETLB, "hugetlb_vm_ops\0fault=hugetlb_vm_op_fault\0");
}

struct vmaview_area scene_area(__u64 start, __u64 kb, const char *perms, __u64 flags)
{
	struct vmaview_area area = {
		.start = start,
		.end = start + KB(kb),
		.vm_flags = flags,
		.kernel_page_size = 4096,
		.mmu_page_size = 4096,
		.tables = KB(16),
	};

	memcpy(area.perms, perms, 5);
	return area;
}

static void of_file(struct vmaview_area *area, __u64 offset)
{
	area->offset = offset;
	area->dev_major = 0xfe;
	area->dev_minor = 1;
	area->inode = 1234567;
	area->ops = OPS_FILE;
}

static void present(struct vmaview_area *area, __u64 kb)
{
	area->rss = KB(kb);
	area->pss = PSS(kb);
	area->referenced = KB(kb);
	area->leaves[0] = kb / 4;
	area->absent_none = (area->end - area->start) / 4096 - kb / 4;
}

static void add_files(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x555500000000, 16, "r-xp", F_READ | F_EXEC);

	of_file(&area, 4096);
	present(&area, 12);
	area.private_clean = KB(12);
	area.reclaim_drop = KB(12);
	area.refcount_max = 3;
	area.mapcount_max = 1;
	stream_area(stream, &area, "/usr/bin/scene");

	area = scene_area(0x555500004000, 16, "rw-p", F_READ | F_WRITE);
	of_file(&area, 16384);
	present(&area, 16);
	area.private_clean = KB(8);
	area.private_dirty = KB(8);
	area.anonymous = KB(8);
	area.cow_source = KB(8);
	area.cow_reuse = KB(8);
	area.cow_debt = KB(8);
	stream_area(stream, &area, "/usr/bin/scene");

	area = scene_area(0x555500008000, 4, "rw-s", F_READ | F_WRITE | F_SHARED);
	of_file(&area, 0);
	area.flags = VMAVIEW_AREA_CHANGED | VMAVIEW_AREA_CLIPPED;
	present(&area, 4);
	area.shared_dirty = KB(4);
	area.reclaim_write = KB(4);
	stream_area(stream, &area, "/memfd:caf\xc3\xa9 \x1b[31mred\\012 \xff (deleted)");
}

static void add_anon(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x555510000000, 132, "rw-p", F_READ | F_WRITE);

	present(&area, 100);
	area.private_dirty = KB(60);
	area.shared_dirty = KB(40);
	area.pss = PSS(80);
	area.anonymous = KB(100);
	area.cow_copy = KB(40);
	area.cow_maybe = KB(4);
	area.cow_debt = KB(40);
	area.extra_refs = 3;
	area.extra_refs_lru = 1;
	area.maybe_pinned = KB(8);
	area.reclaim_swap = KB(92);
	area.reclaim_never = KB(8);
	stream_area(stream, &area, "[heap]");

	area = scene_area(0x7f0000000000, 1024, "rw-p",
		       F_READ | F_WRITE | F_LOCKED | F_DONTCOPY | F_UFFD | F_ODD);
	present(&area, 0);
	area.swap = KB(64);
	area.absent_swap = 16;
	area.absent_guard = 2;
	area.absent_uffd = 1;
	area.absent_none -= 19;
	stream_area(stream, &area, NULL);

	area = scene_area(0x7f0000100000, 4, "---p", 0);
	area.absent_none = 1;
	area.flags = VMAVIEW_AREA_NAME_CUT;
	stream_area(stream, &area, NULL);
}

static void add_special(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x7f0000200000, 4096, "rw-p",
					      F_READ | F_WRITE | F_HUGETLB);

	area.ops = OPS_HUGETLB;
	area.kernel_page_size = 2 << 20;
	area.mmu_page_size = 2 << 20;
	area.private_hugetlb = KB(2048);
	area.cow_reuse = KB(2048);
	area.reclaim_never = KB(2048);
	area.leaves[1] = 1;
	area.absent_none = 1;
	stream_area(stream, &area, "/anon_hugepage (deleted)");

	area = scene_area(0x7f1000000000, 64, "rwxs", F_READ | F_WRITE | F_EXEC | F_SHARED | F_PFNMAP |
		       F_IO);
	area.ops = OPS_DEVICE;
	area.dev_minor = 5;
	area.inode = 99;
	area.leaves[0] = 16;
	area.reclaim_never = KB(64);
	stream_area(stream, &area, "/dev/toy");

	area = scene_area(0x7ffff7fc1000, 8, "r-xp", F_READ | F_EXEC);
	area.ops = OPS_SPECIAL;
	present(&area, 4);
	stream_area(stream, &area, "[vdso]");
}

void scene_mixed(struct stream *stream)
{
	stream_begin(stream);
	scene_names(stream);
	stream_mm(stream);
	add_ops(stream);
	add_files(stream);
	add_anon(stream);
	add_special(stream);
	stream_end(stream);
}

/* What was asked for: areas, but neither their pages nor the names of flags. */
static void scene_bare(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x10000, 64, "rw-p", F_READ | F_WRITE);

	stream_begin(stream);
	((struct vmaview_begin *)stream->bytes)->want = VMAVIEW_WANT_AREAS;
	stream_area(stream, &area, NULL);
	stream_end(stream);
}

static void scene_empty(struct stream *stream)
{
	stream_begin(stream);
	stream_end(stream);
}

/* A run of @nr pages at @start of which nothing is known yet. */
static struct vmaview_run *add_run(struct stream *stream, __u64 start, __u64 nr, __u8 state)
{
	struct vmaview_run *run = stream_add(stream, VMAVIEW_REC_RUN, sizeof(*run));

	run->start = start;
	run->end = start + nr * 4096;
	run->state = state;
	run->pfn = run->swap_offset = run->memcg = VMAVIEW_UNKNOWN64;
	run->swap_type = run->refcount = run->mapcount = VMAVIEW_UNKNOWN;
	run->page_mapcount = run->node = run->pincount = VMAVIEW_UNKNOWN;
	return run;
}

struct vmaview_run *scene_anon_run(struct stream *stream, __u64 start, __u64 nr, __u64 pfn)
{
	struct vmaview_run *run = add_run(stream, start, nr, VMAVIEW_STATE_PRESENT);

	run->origin = VMAVIEW_ORIGIN_ANON;
	run->pfn = pfn;
	run->entry = VMAVIEW_ENTRY_WRITE | VMAVIEW_ENTRY_DIRTY | VMAVIEW_ENTRY_YOUNG;
	run->page = VMAVIEW_PAGE_UPTODATE | VMAVIEW_PAGE_DIRTY | VMAVIEW_PAGE_LRU |
		    VMAVIEW_PAGE_SWAPBACKED | VMAVIEW_PAGE_EXCLUSIVE;
	run->refcount = run->mapcount = run->page_mapcount = 1;
	run->node = 0;
	run->memcg = 4242;
	run->lru = VMAVIEW_LRU_ACTIVE_ANON;
	run->cow = VMAVIEW_COW_REUSE;
	run->reclaim = VMAVIEW_RECLAIM_SWAP;
	return run;
}

static void add_runs(struct stream *stream)
{
	struct vmaview_run *run;

	scene_anon_run(stream, 0x7f0000000000, 4, 0x1000);
	scene_anon_run(stream, 0x7f0000004000, 2, 0x2000);	/* scattered: joined by --no-pfn */
	run = scene_anon_run(stream, 0x7f0000006000, 1, 0x2002);
	run->page |= VMAVIEW_PAGE_MAYBE_PINNED | VMAVIEW_PAGE_EXTRA_REFS;
	run->refcount = 1025;
	run->extra_refs = 1024;
	run = add_run(stream, 0x7f0000008000, 3, VMAVIEW_STATE_SWAP);
	run->origin = VMAVIEW_ORIGIN_ANON;
	run->swap_type = 1;
	run->swap_offset = 77;
	run = add_run(stream, 0x7f000000b000, 1, VMAVIEW_STATE_PRESENT);
	run->origin = VMAVIEW_ORIGIN_ZERO;
	run->pfn = 0x99;
	run->cow = VMAVIEW_COW_SOURCE;
	add_run(stream, 0x7f000000c000, 1, VMAVIEW_STATE_GUARD);
}

void scene_pages(struct stream *stream)
{
	struct vmaview_area area = scene_area(0x7f0000000000, 64, "rw-p", F_READ | F_WRITE);
	struct vmaview_run *run;

	stream_begin(stream);
	((struct vmaview_begin *)stream->bytes)->abi_minor = 1;
	((struct vmaview_begin *)stream->bytes)->want |= VMAVIEW_WANT_RUNS;
	scene_names(stream);
	add_runs(stream);
	present(&area, 32);
	stream_area(stream, &area, NULL);
	run = add_run(stream, 0x7f0000200000, 512, VMAVIEW_STATE_PRESENT);
	run->origin = VMAVIEW_ORIGIN_SPECIAL;
	run->level = 1;
	run->pfn = 0xfd000;
	run->entry = VMAVIEW_ENTRY_EXEC;
	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	area = scene_area(0x7f0000200000, 2048, "rwxs", F_READ | F_WRITE | F_EXEC | F_SHARED | F_PFNMAP);
	stream_area(stream, &area, "/dev/toy");
	stream_end(stream);
}

const struct scene scenes[] = {
	{ "mixed", scene_mixed },
	{ "bare", scene_bare },
	{ "empty", scene_empty },
	{ "pages", scene_pages },
	{ "whole", scene_whole },
};

const size_t nr_scenes = sizeof(scenes) / sizeof(scenes[0]);
