// SPDX-License-Identifier: GPL-2.0
/*
 * mappers.c - a vma in, candidates out: the areas that the reverse maps of its file and of its
 * anonymous memory name.
 *
 * Locks, in the order of mm/rmap.c: mmap_lock of the target (the caller's), i_mmap_rwsem, the rwsem
 * of the anon_vma's root, RCU.  An area stays in its tree, and its mm in memory, while the tree's
 * lock is held; from then on a reference on mm_count keeps the mm_struct, not the memory.
 *
 * A pass takes the first MAPPERS_NR areas in an order that does not depend on the trees, so the next
 * one goes on behind the last of them, whoever came or went meanwhile.
 */
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/rmap.h"
#include "mappers.h"

/* The CPU is offered to others after so many areas. */
#define AREAS_A_TIME 128

/* A search: what is asked, and how far it is. */
struct search {
	struct mappers *mappers;
	struct vm_area_struct *vma;
	unsigned long start;
	unsigned long end;
	const struct mapper *after;
	unsigned int seen;
};

static int compare(const struct mapper *a, const struct mapper *b)
{
	if (a->tgid != b->tgid)
		return a->tgid < b->tgid ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->shift != b->shift)
		return a->shift < b->shift ? -1 : 1;
	return 0;
}

static void add(struct search *search, const struct mapper *mapper)
{
	struct mappers *mappers = search->mappers;
	unsigned int at = mappers->nr;

	if (search->after && compare(mapper, search->after) <= 0)
		return;
	while (at && compare(mapper, &mappers->mapper[at - 1]) < 0)
		at--;
	if (at && !compare(mapper, &mappers->mapper[at - 1]))
		return;		/* another tree had it, too */
	if (mappers->nr == MAPPERS_NR)
		mappers->more = true;
	else
		mappers->nr++;
	if (at == MAPPERS_NR)
		return;
	memmove(&mappers->mapper[at + 1], &mappers->mapper[at],
		(mappers->nr - 1 - at) * sizeof(*mapper));
	mappers->mapper[at] = *mapper;
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

/* @own and @other are the page offsets of the two areas' first pages, in the tree's own count. */
static void consider(struct search *search, struct vm_area_struct *vma, unsigned long own,
		     unsigned long other)
{
	unsigned long from = own + ((search->start - search->vma->vm_start) >> PAGE_SHIFT);
	unsigned long to = from + ((search->end - search->start) >> PAGE_SHIFT);
	struct mapper mapper = {
		.mm = vma->vm_mm,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.shift = vma->vm_start - search->vma->vm_start + ((own - other) << PAGE_SHIFT),
	};

	if (!(++search->seen % AREAS_A_TIME))
		cond_resched();
	if (mapper.mm == search->vma->vm_mm || !fill_process(&mapper))
		return;
	from = max(from, other);
	to = min(to, other + vma_pages(vma));
	mapper.from = search->vma->vm_start + ((from - own) << PAGE_SHIFT);
	mapper.to = search->vma->vm_start + ((to - own) << PAGE_SHIFT);
	if (from < to)
		add(search, &mapper);
}

static void search_file(struct search *search, struct address_space *mapping)
{
	unsigned long own = vv_file_start(search->vma);
	unsigned long first = own + ((search->start - search->vma->vm_start) >> PAGE_SHIFT);
	unsigned long last = first + ((search->end - search->start) >> PAGE_SHIFT) - 1;
	struct vm_area_struct *vma;

	for (vma = vv_file_tree_iter_first(&mapping->i_mmap, first, last); vma;
	     vma = vv_file_tree_iter_next(vma, first, last))
		consider(search, vma, own, vv_file_start(vma));
}

static void search_anon(struct search *search)
{
	unsigned long own = vv_anon_start(search->vma);
	unsigned long first = own + ((search->start - search->vma->vm_start) >> PAGE_SHIFT);
	unsigned long last = first + ((search->end - search->start) >> PAGE_SHIFT) - 1;
	struct anon_vma_chain *chain, *entry;

	list_for_each_entry(chain, &search->vma->anon_vma_chain, same_vma) {
		struct rb_root_cached *tree = &chain->anon_vma->rb_root;

		for (entry = vv_anon_tree_iter_first(tree, first, last); entry;
		     entry = vv_anon_tree_iter_next(entry, first, last))
			consider(search, entry->vma, own, vv_anon_start(entry->vma));
	}
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

unsigned int mappers_find(struct mappers *mappers, struct vm_area_struct *vma, unsigned long start,
			  unsigned long end, const struct mapper *after)
{
	struct address_space *mapping = vma->vm_file ? vma->vm_file->f_mapping : NULL;
	struct anon_vma *anon_vma = anon_vma_of(vma);
	struct search search = { mappers, vma, start, end, after };
	unsigned int i;

	lockdep_assert_held(&vma->vm_mm->mmap_lock);
	mappers->more = false;
	if (mapping)
		i_mmap_lock_read(mapping);
	if (anon_vma)
		down_read(&anon_vma->root->rwsem);	/* the root of all in the chain */
	if (mapping)
		search_file(&search, mapping);
	if (anon_vma)
		search_anon(&search);
	for (i = 0; i < mappers->nr; i++)
		mmgrab(mappers->mapper[i].mm);
	if (anon_vma)
		up_read(&anon_vma->root->rwsem);
	if (mapping)
		i_mmap_unlock_read(mapping);
	return search.seen;
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
