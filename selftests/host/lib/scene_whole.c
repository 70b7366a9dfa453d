// SPDX-License-Identifier: GPL-2.0
/* scene_whole.c - out: a process as record --pages saves it: pages that others map, hold and watch. */
#include <stdio.h>
#include <string.h>

#include "scenes.h"

enum { READ = 1, WRITE = 2, LOCKED = 1 << 13 };

#define HEAP 0x555510000000
#define SHARED 0x7f0000000000
#define WATCHED 0x7f0000100000

static void begin(struct stream *stream)
{
	stream_begin(stream);
	((struct vmaview_begin *)stream->bytes)->abi_minor = 1;
	((struct vmaview_begin *)stream->bytes)->want = VMAVIEW_WANT_ALL;
	((struct vmaview_begin *)stream->bytes)->known |= VMAVIEW_KNOW_SHARERS | VMAVIEW_KNOW_UFFD;
	scene_names(stream);
	stream_mm(stream);
}

/* Eight pages of its own; two of them pinned, two mlocked, and after them two slots in a swap device. */
static void add_heap(struct stream *stream)
{
	struct vmaview_area area = scene_area(HEAP, 64, "rw-p", READ | WRITE | LOCKED);
	struct vmaview_run *run;

	scene_anon_run(stream, HEAP, 4, 0x1000);
	run = scene_anon_run(stream, HEAP + 0x4000, 2, 0x1004);
	run->page |= VMAVIEW_PAGE_MAYBE_PINNED | VMAVIEW_PAGE_EXTRA_REFS;
	run->refcount = 1025;
	run->extra_refs = 1024;
	run->pincount = VMAVIEW_UNKNOWN;
	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	run = scene_anon_run(stream, HEAP + 0x6000, 2, 0x1006);
	run->page |= VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_UNEVICTABLE;
	run->lru = VMAVIEW_LRU_UNEVICTABLE;
	run->reclaim = VMAVIEW_RECLAIM_NEVER;
	run = scene_anon_run(stream, HEAP + 0x8000, 2, VMAVIEW_UNKNOWN64);
	run->state = VMAVIEW_STATE_SWAP;
	run->page = 0;
	run->refcount = run->mapcount = run->page_mapcount = run->node = VMAVIEW_UNKNOWN;
	run->cow = run->reclaim = 0;
	area.rss = 8 << 12;
	area.swap = 2 << 12;
	area.mlocked = area.unevictable = area.maybe_pinned = 2 << 12;
	stream_area(stream, &area, "[heap]");
}

static void add_sharer(struct stream *stream, __u64 area, __s32 pid, const char *comm)
{
	struct vmaview_sharer *sharer = stream_add(stream, VMAVIEW_REC_SHARER, sizeof(*sharer));

	sharer->area = area;
	sharer->start = sharer->first = sharer->address = area;
	sharer->end = area + 0x10000;
	sharer->pages = 4;
	sharer->pid = pid;
	snprintf(sharer->comm, sizeof(sharer->comm), "%s", comm);
}

/* Four pages that two others map, too, and after them four of its own. */
static void add_shared(struct stream *stream)
{
	struct vmaview_area area = scene_area(SHARED, 64, "rw-p", READ | WRITE);
	struct vmaview_run *run = scene_anon_run(stream, SHARED, 4, 0x2000);

	run->page &= ~(__u64)VMAVIEW_PAGE_EXCLUSIVE;
	run->refcount = run->mapcount = run->page_mapcount = 3;
	run->cow = VMAVIEW_COW_COPY;
	scene_anon_run(stream, SHARED + 0x4000, 4, 0x3000);
	area.rss = 8 << 12;
	area.cow_copy = area.cow_debt = 4 << 12;
	area.cow_reuse = 4 << 12;
	stream_area(stream, &area, NULL);
	add_sharer(stream, SHARED, 812, "child");
	add_sharer(stream, SHARED, -1, "\033[31mred");
}

static struct vmaview_uffd *add_uffd(struct stream *stream, __u32 kind)
{
	struct vmaview_uffd *uffd = stream_add(stream, VMAVIEW_REC_UFFD, sizeof(*uffd));

	uffd->kind = kind;
	uffd->context = 1;
	return uffd;
}

static void add_watched(struct stream *stream)
{
	struct vmaview_area area = scene_area(WATCHED, 64, "rw-p", READ | WRITE);
	struct vmaview_uffd *uffd;

	stream_area(stream, &area, NULL);
	uffd = add_uffd(stream, VMAVIEW_UFFD_AREA);
	uffd->modes = VMAVIEW_UFFD_MISSING | VMAVIEW_UFFD_WP;
	uffd->start = WATCHED;
	uffd->end = WATCHED + 0x10000;
	uffd = add_uffd(stream, VMAVIEW_UFFD_HOLDER);
	uffd->pid = uffd->tid = 813;
	uffd->fd = 5;
	snprintf(uffd->comm, sizeof(uffd->comm), "pager");
}

static struct vmaview_seam *add_seam(struct stream *stream, __u64 start, __u64 at, __u32 differ)
{
	struct vmaview_seam *seam = stream_add(stream, VMAVIEW_REC_SEAM, sizeof(*seam));

	seam->start = start;
	seam->at = at;
	seam->end = at + 0x10000;
	seam->vm_flags[0] = seam->vm_flags[1] = READ | WRITE;
	seam->differ = differ;
	return seam;
}

/* Between what is there and its neighbours, which were not saved. */
static void add_seams(struct stream *stream)
{
	struct vmaview_seam *seam;

	add_seam(stream, HEAP, HEAP + 0x10000, VMAVIEW_SEAM_FLAGS)->vm_flags[0] |= LOCKED;
	seam = add_seam(stream, SHARED, SHARED + 0x10000, VMAVIEW_SEAM_OFFSET | VMAVIEW_SEAM_ANON_VMA);
	seam->offset[0] = SHARED + 0x10000;
	seam->offset[1] = HEAP;
	seam->anon[0] = VMAVIEW_SEAM_ANON_OWN;
	seam->anon[1] = VMAVIEW_SEAM_ANON_FORKED;
	add_seam(stream, WATCHED, WATCHED + 0x10000, VMAVIEW_SEAM_UFFD)->uffd[0] =
		VMAVIEW_UFFD_MISSING | VMAVIEW_UFFD_WP;
	add_seam(stream, WATCHED + 0x10000, WATCHED + 0x20000, 0);
}

void scene_whole(struct stream *stream)
{
	begin(stream);
	add_heap(stream);
	add_shared(stream);
	add_watched(stream);
	add_seams(stream);
	stream_end(stream);
}
