// SPDX-License-Identifier: GPL-2.0
/*
 * mappers.c - a vma in, candidates out: the areas that the reverse maps of its file and of its
 * anonymous memory name.
 *
 * Locks, in the order of mm/rmap.c: mmap_lock of the target (the caller's), i_mmap_rwsem, the rwsem
 * of the anon_vma's root, RCU.  An area stays in its tree, and its mm in memory, while the tree's
 * lock is held; from then on a reference on mm_count keeps the mm_struct, not the memory.
 *
 * A search goes by places: where, in the target, another area's first page would be.  That is the order of both
 * trees, so one can go on at the next place after any, whoever came or went meanwhile, and passes each area once.
 * Areas of one place are in the order in which they came, which leads nowhere: there a pass takes the first MAPPERS_NR
 * by process and address, and the next one goes on after the last of these.  Where their number is too large for one
 * hold, as anybody can make it, the others are left out, and the cursor says so.
 */
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/mmap_lock.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/rmap.h"
#include "rmap/mappers.h"

/* The clock is looked at after so many areas. */
#define AREAS_A_LOOK 32

/**
 * struct search - a pass under way
 * @after: of the areas of this place, only those that come after it
 * @who: the process of the last area, with its mm
 * @known: it has one
 * @full: there are others at this place
 * @next_look: as many areas seen, and the clock is looked at
 * @file: the next in the tree of the file; NULL for none, as @anon
 * @file_zero: page of the file that address 0 of the target would have
 * @anon: the next in the tree of the anon_vma's root, which has all of a fork family
 * @anon_zero: likewise
 */
struct search {
	struct mappers *mappers;
	const struct mappers_range *range;
	const struct mappers_cursor *after;
	struct mapper who;
	bool known;
	bool full;
	unsigned int next_look;
	struct address_space *mapping;
	struct anon_vma *root;
	struct vm_area_struct *file;
	long file_zero;
	struct anon_vma_chain *anon;
	long anon_zero;
};

static int compare(const struct mapper *a, const struct mapper *b)
{
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (a->tgid != b->tgid)
		return a->tgid < b->tgid ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return 0;
}

static bool is_done(const struct mappers_cursor *after, const struct mapper *mapper)
{
	if (!after)
		return false;
	return mapper->tgid < after->tgid || (mapper->tgid == after->tgid && mapper->start <= after->start);
}

static void add(struct search *search, const struct mapper *mapper)
{
	struct mappers *mappers = search->mappers;
	unsigned int at = mappers->nr;
	u8 slot;

	while (at && compare(mapper, &mappers->mapper[mappers->order[at - 1]]) < 0)
		at--;
	if (at && !compare(mapper, &mappers->mapper[mappers->order[at - 1]]))
		return;		/* the other tree had it, too */
	search->full = mappers->nr == MAPPERS_NR;
	if (at == MAPPERS_NR)
		return;
	slot = search->full ? mappers->order[MAPPERS_NR - 1] : mappers->nr++;
	memmove(&mappers->order[at + 1], &mappers->order[at], mappers->nr - 1 - at);
	mappers->order[at] = slot;
	mappers->mapper[slot] = *mapper;
}

/*
 * Under RCU.  NULL where the mm has no process: it exits, or it is being made; what fork() has not
 * finished is not to be looked at, see check_stable_address_space() in include/linux/oom.h.  Nor is the
 * signal_struct of such a task: where fork() fails, copy_process() frees it at once, only the task by
 * RCU.  Its thread_pid is its parent's until nothing can fail any more.
 */
static struct task_struct *process_of(struct mm_struct *mm)
{
	struct task_struct *task = vv_mm_owner(mm);
	struct pid *pid = task ? READ_ONCE(task->thread_pid) : NULL;

	if (!pid || pid_task(pid, PIDTYPE_PID) != task)
		return NULL;
	pid = task_tgid(task);
	return pid ? pid_task(pid, PIDTYPE_TGID) : NULL;
}

/* False where there is none. */
static bool fill_process(struct mapper *mapper)
{
	struct task_struct *task;

	rcu_read_lock();
	task = process_of(mapper->mm);
	if (task) {
		mapper->tgid = task_tgid_nr(task);
		mapper->pid = task_tgid_vnr(task);
		strscpy(mapper->comm, task->comm, sizeof(mapper->comm));
	}
	rcu_read_unlock();
	return task;
}

/* Areas of one process often follow each other. */
static bool find_process(struct search *search, struct mm_struct *mm)
{
	if (search->who.mm != mm) {
		search->who.mm = mm;
		search->known = fill_process(&search->who);
	}
	return search->known;
}

static void visit_area(struct search *search, struct vm_area_struct *vma, long place)
{
	const struct mappers_range *range = search->range;
	struct mapper mapper;

	search->mappers->seen++;
	if (vma->vm_mm == range->vma->vm_mm || !find_process(search, vma->vm_mm))
		return;
	mapper = search->who;
	mapper.place = place;
	mapper.start = vma->vm_start;
	mapper.end = vma->vm_end;
	mapper.shift = vma->vm_start - ((unsigned long)place << PAGE_SHIFT);
	mapper.from = place > (long)(range->start >> PAGE_SHIFT) ? place << PAGE_SHIFT : range->start;
	mapper.to = min(range->end, vma->vm_end - mapper.shift);
	if (mapper.from < mapper.to && !is_done(search->after, &mapper))
		add(search, &mapper);
}

static bool time_is_up(struct search *search)
{
	if (search->mappers->seen < search->next_look)
		return false;
	search->next_look = search->mappers->seen + AREAS_A_LOOK;
	return ktime_get_ns() >= search->range->deadline;
}

/* May the hold end, between two places? */
static bool should_end(struct search *search)
{
	return search->mappers->nr == MAPPERS_NR || mmap_lock_is_contended(search->range->vma->vm_mm) ||
	       (search->mapping && rwsem_is_contended(&search->mapping->i_mmap_rwsem)) ||
	       (search->root && rwsem_is_contended(&search->root->rwsem)) || time_is_up(search);
}

/* The page from which on a tree is asked, by its own count. */
static unsigned long page_of(long place, long zero)
{
	return place < -zero ? 0 : place + zero;
}

static unsigned long first_page(const struct search *search, long zero)
{
	return page_of(search->range->start >> PAGE_SHIFT, zero);
}

static unsigned long last_page(const struct search *search, long zero)
{
	return page_of((search->range->end >> PAGE_SHIFT) - 1, zero);
}

static void begin(struct search *search, long place)
{
	long zero = search->file_zero;

	if (search->mapping)
		search->file = vv_file_tree_from(&search->mapping->i_mmap, first_page(search, zero),
						 last_page(search, zero), page_of(place, zero));
	zero = search->anon_zero;
	if (search->root)
		search->anon = vv_anon_tree_from(&search->root->rb_root, first_page(search, zero),
						 last_page(search, zero), page_of(place, zero));
}

static long place_of_file(const struct search *search)
{
	return search->file ? (long)vv_file_start(search->file) - search->file_zero : LONG_MAX;
}

static long place_of_anon(const struct search *search)
{
	return search->anon ? (long)vv_avc_start(search->anon) - search->anon_zero : LONG_MAX;
}

/* One area of @place.  Those of the family come first, as strangers can only add to the others. */
static bool search_next(struct search *search, long place)
{
	long zero;

	if (place_of_anon(search) == place) {
		visit_area(search, search->anon->vma, place);
		zero = search->anon_zero;
		search->anon = vv_anon_tree_iter_next(search->anon, first_page(search, zero),
						      last_page(search, zero));
	} else if (place_of_file(search) == place) {
		visit_area(search, search->file, place);
		zero = search->file_zero;
		search->file = vv_file_tree_iter_next(search->file, first_page(search, zero),
						      last_page(search, zero));
	} else {
		return false;
	}
	return true;
}

/* The first of both trees; LONG_MAX for none. */
static long next_place(const struct search *search)
{
	return min(place_of_file(search), place_of_anon(search));
}

/* All areas of @place, or as many as there is time for.  Return: false where some are left. */
static bool search_place(struct search *search, long place)
{
	unsigned int least = search->mappers->seen + MAPPERS_PLACE;

	search->full = false;
	while (search_next(search, place))
		if (search->mappers->seen >= least && time_is_up(search))
			break;
	return next_place(search) != place;
}

/* @place has been searched.  Return: false where its areas did not all find room. */
static bool move_cursor(const struct search *search, long place, struct mappers_cursor *cursor)
{
	const struct mappers *mappers = search->mappers;
	const struct mapper *last = &mappers->mapper[mappers->order[MAPPERS_NR - 1]];

	cursor->within = search->full;
	cursor->place = search->full ? place : place + 1;
	if (search->full) {
		cursor->tgid = last->tgid;
		cursor->start = last->start;
	}
	return !search->full;
}

/* Under the locks of both trees.  Return: false when these were the last. */
static bool search_places(struct search *search, struct mappers_cursor *cursor)
{
	long place;
	bool all;

	begin(search, cursor->place);
	while ((place = next_place(search)) != LONG_MAX) {
		if (search->mappers->seen && should_end(search))
			return true;
		search->after = cursor->within && cursor->place == place ? cursor : NULL;
		all = search_place(search, place);
		cursor->cut |= !all;
		if (!move_cursor(search, place, cursor) || !all)
			return true;
	}
	return false;
}

/*
 * A fault of another thread may be giving the area its anon_vma right now: __anon_vma_prepare() in
 * mm/rmap.c publishes it before the chain has it, both under page_table_lock.  From then on the
 * chain stays as it is while mmap_lock is held.
 */
static struct anon_vma *anon_vma_of(struct vm_area_struct *vma)
{
	struct anon_vma *anon_vma;

	if (!READ_ONCE(vma->anon_vma))
		return NULL;
	spin_lock(&vma->vm_mm->page_table_lock);
	anon_vma = vma->anon_vma;
	spin_unlock(&vma->vm_mm->page_table_lock);
	return anon_vma;
}

void mappers_find(struct mappers *mappers, const struct mappers_range *range, struct mappers_cursor *cursor)
{
	struct vm_area_struct *vma = range->vma;
	struct anon_vma *anon_vma = anon_vma_of(vma);
	struct search search = {
		.mappers = mappers,
		.range = range,
		.mapping = vma->vm_file ? vma->vm_file->f_mapping : NULL,
		.root = anon_vma ? anon_vma->root : NULL,
		.file_zero = vv_file_start(vma) - (vma->vm_start >> PAGE_SHIFT),
		.anon_zero = vv_anon_start(vma) - (vma->vm_start >> PAGE_SHIFT),
	};
	unsigned int i;

	lockdep_assert_held(&vma->vm_mm->mmap_lock);
	mappers->seen = 0;
	if (search.mapping)
		i_mmap_lock_read(search.mapping);
	if (search.root)
		down_read(&search.root->rwsem);
	mappers->more = search_places(&search, cursor);
	for (i = 0; i < mappers->nr; i++)
		mmgrab(mappers->mapper[i].mm);
	if (search.root)
		up_read(&search.root->rwsem);
	if (search.mapping)
		i_mmap_unlock_read(search.mapping);
}

void mapper_put(struct mapper *mapper)
{
	if (mapper->mm)
		mmdrop(mapper->mm);
	mapper->mm = NULL;
}

void mappers_put(struct mappers *mappers)
{
	while (mappers->nr)
		mapper_put(&mappers->mapper[--mappers->nr]);
}
