// SPDX-License-Identifier: GPL-2.0
/*
 * segment.c - the threads of a target, and its LDT, in; SEGMENT records out.
 *
 * No thread is stopped.  What a thread has in its registers is in its thread_struct while it is on no
 * CPU: that it was on none is looked at before and after, and whoever ran in between has switched.
 */
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "mm/segment.h"
#include "mm/target.h"

/* Records of one thread, at most. */
#define THREAD_RECORDS (2 + VV_TLS_NR)

static bool has_room(const struct segment_room *room, int nr)
{
	return room->stop - room->next >= nr;
}

static struct vmaview_segment *put_segment(struct segment_room *room, u32 kind)
{
	struct vmaview_segment *segment = room->next++;

	*segment = (struct vmaview_segment){
		.header = { VMAVIEW_REC_SEGMENT, sizeof(*segment) },
		.kind = kind,
	};
	return segment;
}

/*
 * The thread's id where the reader is; -1 where that does not know it, and 0 for one on its way out,
 * which loses it.  Asked once for all records of the thread.
 */
static pid_t id_of(struct task_struct *thread)
{
	pid_t tid = task_pid_vnr(thread);

	return tid || !pid_alive(thread) ? tid : -1;
}

static struct vmaview_segment *put_thread(struct segment_room *room, struct task_struct *thread, pid_t tid,
					  u32 kind)
{
	struct vmaview_segment *segment = put_segment(room, kind);

	segment->tid = tid;
	strscpy(segment->comm, thread->comm, sizeof(segment->comm));
	return segment;
}

static unsigned long switches(const struct task_struct *thread)
{
	return READ_ONCE(thread->nvcsw) + READ_ONCE(thread->nivcsw);
}

static void put_registers(struct segment_room *room, struct task_struct *thread, pid_t tid)
{
	struct vmaview_segment *fs = put_thread(room, thread, tid, VMAVIEW_SEGMENT_FS);
	struct vmaview_segment *gs = put_thread(room, thread, tid, VMAVIEW_SEGMENT_GS);
	unsigned long before = switches(thread);
	bool ran = vv_on_cpu(thread);

	smp_rmb();	/* the registers after the first look */
	vv_fs(fs, thread);
	vv_gs(gs, thread);
	smp_rmb();	/* and before the second */
	if (ran || vv_on_cpu(thread) || switches(thread) != before) {
		fs->flags |= VMAVIEW_SEGMENT_STALE;
		gs->flags |= VMAVIEW_SEGMENT_STALE;
	}
}

static void put_tls(struct segment_room *room, struct task_struct *thread, pid_t tid)
{
	struct vmaview_segment tls = { .kind = VMAVIEW_SEGMENT_TLS };
	unsigned int i;

	for (i = 0; i < VV_TLS_NR; i++) {
		struct vmaview_segment *segment;

		if (!vv_tls(&tls, thread, i))
			continue;
		segment = put_thread(room, thread, tid, VMAVIEW_SEGMENT_TLS);
		segment->selector = tls.selector;
		segment->base = tls.base;
		segment->limit = tls.limit;
		segment->access = tls.access;
	}
}

static struct task_struct *thread_after(struct task_struct *task, struct task_struct *thread)
{
	return list_next_or_null_rcu(&task->signal->thread_head, &thread->thread_node,
				     struct task_struct, thread_node);
}

/*
 * Under RCU.  The thread reported last is on the list as long as its pid leads to it.  Else the list says it
 * itself: copy_process() adds a thread at its end, and has read the clock just before.
 */
static struct task_struct *thread_to_go_on_from(const struct segment_cursor *cursor, struct task_struct *task)
{
	struct task_struct *last = cursor->thread ? pid_task(cursor->thread, PIDTYPE_PID) : NULL;
	struct task_struct *thread;

	if (last && same_thread_group(last, task))
		return thread_after(task, last);
	vv_for_each_thread(task, thread)
		if (!cursor->begun || READ_ONCE(thread->start_time) > cursor->started)
			return thread;
	return NULL;
}

/* One that exits may have lost its pid since its records were made: then it is as if it had gone later. */
static void remember(struct segment_cursor *cursor, struct task_struct *thread)
{
	put_pid(cursor->thread);
	cursor->thread = get_task_pid(thread, PIDTYPE_PID);
	cursor->begun = true;
}

static bool put_threads(struct segment_cursor *cursor, struct task_struct *task, const struct mm_struct *mm,
			struct segment_room *room)
{
	struct task_struct *thread = thread_to_go_on_from(cursor, task), *last = NULL;

	for (; thread && has_room(room, THREAD_RECORDS); thread = thread_after(task, thread)) {
		pid_t tid = id_of(thread);

		last = thread;
		cursor->started = max(cursor->started, READ_ONCE(thread->start_time));
		if (!tid || READ_ONCE(thread->mm) != mm)
			continue;	/* on its way out */
		put_registers(room, thread, tid);
		put_tls(room, thread, tid);
	}
	if (last)
		remember(cursor, last);
	return !thread;
}

bool segment_put_threads(struct segment_cursor *cursor, struct target *target, struct segment_room *room)
{
	struct task_struct *task = target_task(target);
	bool done = true;

	if (!task)
		return true;	/* the next lock finds the target gone */
	rcu_read_lock();
	if (pid_alive(task))	/* else it may be off the list */
		done = put_threads(cursor, task, target->mm, room);
	rcu_read_unlock();
	put_task_struct(task);
	return done;
}

int segment_put_ldt(struct segment_cursor *cursor, struct mm_struct *mm, struct segment_room *room)
{
	unsigned int nr, *index = &cursor->ldt;
	int ret;

	if (vv_ldt_lock(mm))
		return -ERESTARTSYS;
	nr = vv_ldt_nr(mm);
	for (; *index < nr && has_room(room, 1); ++*index)
		if (!vv_ldt_is_empty(mm, *index))
			vv_ldt(put_segment(room, VMAVIEW_SEGMENT_LDT), mm, *index);
	ret = *index >= nr;
	vv_ldt_unlock(mm);
	return ret;
}
