// SPDX-License-Identifier: GPL-2.0
/*
 * stream_sharers.c - an area of the target in, SHARER records out.
 *
 * Who may share comes from the reverse maps (rmap/mappers.c), whether they do from both page tables: the
 * page frames of a piece of the target are kept as numbers, its lock is dropped, and the same piece
 * is looked at in each of the others.  Two mmap_locks are never held at once.  So the two sides are
 * read one after the other, and a page that moves in between is not counted.
 */
#include <linux/ktime.h>
#include <linux/mmap_lock.h>
#include <linux/oom.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "compat/compat.h"
#include "rmap/mappers.h"
#include "self/stats.h"
#include "stream/stream_sharers.h"
#include "stream/stream_state.h"
#include "walk/walk_pfns.h"

/**
 * struct sharers - the area that is looked at
 * @active: there is one
 * @area: start of its AREA record
 * @start: of the part that the request's range leaves
 * @end: of it
 * @addr: the present pass has compared what is below
 * @to: and up to here its mappers could share
 * @file: of the vma, compared, never followed
 * @pgoff: page offset that address 0 would have
 * @flags: enum vmaview_sharer_flags
 * @put: mappers of this pass whose record is given
 * @cursor: how far the search is
 * @mappers: the pass
 * @pfns: the piece
 */
struct sharers {
	bool active;
	unsigned long area;
	unsigned long start;
	unsigned long end;
	unsigned long addr;
	unsigned long to;
	const void *file;
	unsigned long pgoff;
	u32 flags;
	unsigned int put;
	struct mappers_cursor cursor;
	struct mappers mappers;
	struct pfns pfns;
};

struct sharers *sharers_new(void)
{
	BUILD_BUG_ON(sizeof(struct sharers) > 8192);
	return kzalloc(sizeof(struct sharers), GFP_KERNEL_ACCOUNT);
}

void sharers_free(struct sharers *sharers)
{
	if (sharers)
		mappers_put(&sharers->mappers);
	kfree(sharers);
}

bool sharers_active(const struct sharers *sharers)
{
	return sharers && sharers->active;
}

static unsigned long pgoff_of_zero(const struct vm_area_struct *vma)
{
	return vma->vm_pgoff - (vma->vm_start >> PAGE_SHIFT);
}

/* Where the mappers of this pass could share. */
static void find_bounds(struct sharers *sharers)
{
	const struct mappers *mappers = &sharers->mappers;
	unsigned int i;

	sharers->addr = sharers->end;
	sharers->to = sharers->start;
	for (i = 0; i < mappers->nr; i++) {
		sharers->addr = min(sharers->addr, mappers->mapper[i].from);
		sharers->to = max(sharers->to, mappers->mapper[i].to);
	}
}

/* A pass begins: the next of those who may share. */
static void find(struct stream *stream, struct vm_area_struct *vma)
{
	struct sharers *sharers = stream->sharers;
	const struct mappers_range range = {
		.vma = vma,
		.start = sharers->start,
		.end = min(sharers->end, vma->vm_end),
		.deadline = stream_deadline(stream),
	};

	mappers_find(&sharers->mappers, &range, &sharers->cursor);
	atomic64_add(sharers->mappers.seen, &vmaview_stats.mappers);
	find_bounds(sharers);
	sharers->put = 0;
}

bool sharers_begin(struct stream *stream, struct vm_area_struct *vma)
{
	struct sharers *sharers = stream->sharers;

	if (!vma->vm_file && !READ_ONCE(vma->anon_vma))
		return false;	/* no reverse map, as of the vdso */
	sharers->area = stream->area->start;
	sharers->start = max_t(unsigned long, stream->area->start, stream->range_start & PAGE_MASK);
	sharers->end = vma->vm_end;
	if (stream->range_end < vma->vm_end)
		sharers->end = PAGE_ALIGN(stream->range_end);
	if (sharers->start >= sharers->end)
		return false;
	sharers->file = vma->vm_file;
	sharers->pgoff = pgoff_of_zero(vma);
	sharers->flags = 0;
	sharers->cursor = MAPPERS_BEGIN;
	sharers->mappers.more = true;
	sharers->active = true;
	return true;
}

/* The vma at @addr, if it still maps there what it did. */
static struct vm_area_struct *same_vma(struct stream *stream, unsigned long addr)
{
	const struct sharers *sharers = stream->sharers;
	struct vm_area_struct *vma = find_vma(stream->target.mm, addr);

	if (!vma || vma->vm_start > addr || vma->vm_file != sharers->file ||
	    pgoff_of_zero(vma) != sharers->pgoff)
		return NULL;
	return vma;
}

/* The area is not what it was: what was found so far is given, and says so. */
static void give_up(struct stream *stream)
{
	stream->sharers->addr = stream->sharers->to;
	stream->sharers->flags |= VMAVIEW_SHARER_CHANGED;
	stream->sharers->mappers.more = false;
	stream->changed = true;
	atomic64_inc(&vmaview_stats.sharer_changed);
}

/* A hold of the target: the next piece that has pages. */
static int fill_piece(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	struct vm_area_struct *vma;
	int ret = stream_lock(stream);

	if (ret)
		return ret;
	sharers->pfns.found = 0;
	vma = same_vma(stream, sharers->addr);
	if (vma) {
		walk_hold(&stream->walk, stream->target.mm, stream->target.hold_start, stream_deadline(stream));
		stream->walk.vma = vma;
		sharers->addr = walk_pfns_fill(&stream->walk, &sharers->pfns, sharers->addr,
					       min(sharers->to, vma->vm_end));
	} else {
		give_up(stream);
	}
	target_unlock(&stream->target);
	return 0;
}

/* Under mmap_lock of the other. */
static void match_areas(struct stream *stream, struct mapper *mapper, unsigned long from, unsigned long to)
{
	struct pfns *pfns = &stream->sharers->pfns;
	unsigned long base = pfns->base;
	VMA_ITERATOR(vmi, mapper->mm, from + mapper->shift);
	struct vm_area_struct *vma;

	walk_hold(&stream->walk, mapper->mm, 0, 0);	/* a piece is never too long */
	pfns->base += mapper->shift;
	pfns->found = 0;
	for_each_vma_range(vmi, vma, to + mapper->shift) {
		stream->walk.vma = vma;
		walk_pfns_match(&stream->walk, pfns, max(vma->vm_start, from + mapper->shift),
				min(vma->vm_end, to + mapper->shift));
	}
	pfns->base = base;
	if (pfns->found && !mapper->pages)
		mapper->first = base + ((unsigned long)pfns->first << PAGE_SHIFT);
	mapper->pages += pfns->found;
}

/* A hold of another: the piece, as far as its area reaches. */
static int match_piece(struct stream *stream, struct mapper *mapper, unsigned long from, unsigned long to)
{
	u64 start, held;

	from = max(from, mapper->from);
	to = min(to, mapper->to);
	if (from >= to || !mapper->mm)
		return 0;
	if (!mmget_not_zero(mapper->mm)) {
		mapper->pages = 0;	/* it has gone, and shares no more */
		atomic64_inc(&vmaview_stats.sharer_gone);
		mapper_put(mapper);
		return 0;
	}
	if (down_read_interruptible(&mapper->mm->mmap_lock)) {	/* as target_lock() */
		mmput_async(mapper->mm);
		return -ERESTARTSYS;
	}
	start = ktime_get_ns();
	if (!check_stable_address_space(mapper->mm))
		match_areas(stream, mapper, from, to);
	held = ktime_get_ns() - start;
	mmap_read_unlock(mapper->mm);
	mmput_async(mapper->mm);
	stream->target.longest_hold = max(stream->target.longest_hold, held);
	atomic64_inc(&vmaview_stats.holds);
	vmaview_stats_hold(held);
	return 0;
}

/* The rest of the part, piece by piece, in all mappers of this pass. */
static int compare_pieces(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	unsigned int i, nr;
	unsigned long to;
	int ret = 0;

	while (!ret && sharers->addr < sharers->to) {
		if (signal_pending(current))
			return -ERESTARTSYS;
		ret = fill_piece(stream);
		if (ret)
			return ret;
		to = min(sharers->addr, sharers->pfns.base + PFNS_BYTES);
		nr = sharers->pfns.found ? sharers->mappers.nr : 0;
		for (i = 0; !ret && i < nr; i++)
			ret = match_piece(stream, &sharers->mappers.mapper[i], sharers->pfns.base, to);
		if (ret)	/* this piece is not looked at again, or some would have it twice */
			sharers->flags |= VMAVIEW_SHARER_CHANGED;
		cond_resched();
	}
	return ret;
}

/* Others may share, too, who were not looked at.  False when the buffer has no room. */
static bool put_more(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	struct vmaview_sharer *sharer;

	if (!sharers->cursor.cut)
		return true;
	sharer = stream_put(stream, VMAVIEW_REC_SHARER, sizeof(*sharer));
	if (!sharer)
		return false;
	*sharer = (struct vmaview_sharer){
		.header = sharer->header,
		.area = sharers->area,
		.start = sharers->start,
		.end = sharers->end,
		.first = sharers->start,
		.address = sharers->start,
		.pid = -1,
		.flags = sharers->flags | VMAVIEW_SHARER_MORE,
	};
	return true;
}

static bool put_sharer(struct stream *stream, const struct mapper *mapper)
{
	struct vmaview_sharer *sharer = stream_put(stream, VMAVIEW_REC_SHARER, sizeof(*sharer));

	if (!sharer)
		return false;
	*sharer = (struct vmaview_sharer){
		.header = sharer->header,
		.area = stream->sharers->area,
		.start = mapper->start,
		.end = mapper->end,
		.first = mapper->first,
		.address = mapper->first + mapper->shift,
		.pages = mapper->pages,
		.pid = mapper->pid ?: -1,
		.flags = stream->sharers->flags,
	};
	strscpy(sharer->comm, mapper->comm, sizeof(sharer->comm));
	return true;
}

/* The records of a pass that is compared. False when the buffer has no room. */
static bool put_pass(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	struct mappers *mappers = &sharers->mappers;

	for (; sharers->put < mappers->nr; sharers->put++) {
		struct mapper *mapper = &mappers->mapper[mappers->order[sharers->put]];

		if (mapper->pages && !put_sharer(stream, mapper))
			return false;
		mapper_put(mapper);
	}
	mappers->nr = 0;
	return true;
}

/* A hold of the target: who comes after the last pass.  Return: 1, 0 for nobody, -errno. */
static int find_more(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	struct vm_area_struct *vma;
	int ret = stream_lock(stream);

	if (ret)
		return ret;
	vma = same_vma(stream, sharers->start);
	if (vma)
		find(stream, vma);
	else
		give_up(stream);
	target_unlock(&stream->target);
	return !!vma;
}

int stream_fill_sharers(struct stream *stream)
{
	struct sharers *sharers = stream->sharers;
	int ret = 1;

	while (ret > 0) {
		if (sharers->mappers.nr) {
			ret = compare_pieces(stream);
			if (ret || !put_pass(stream))
				return ret;
		}
		ret = sharers->mappers.more ? find_more(stream) : 0;
		cond_resched();
	}
	if (!ret)
		sharers->active = !put_more(stream);
	return ret;
}
