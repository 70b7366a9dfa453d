// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - a PID in, an mm out, and holds of its mmap_lock or of one of its areas.
 *
 * Between holds only mm_count is kept: an exited target's memory is freed at once, and the next hold
 * finds mm_users at 0.  A hold that outlasts the target leaves that to a worker of the kernel's, by
 * mmput_async(): __mmput() waits for the target's asynchronous I/O and is not to be killed.
 * Process context; may sleep.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/ktime.h>
#include <linux/mmap_lock.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "compat/compat.h"
#include "mm/target.h"
#include "self/stats.h"

/* Longer than it takes to wake a task; a reader of a busy target makes way for 2 ms at most. */
#define YIELD_US 50
#define YIELDS 20

static struct pid *find_by_fd(int fd)
{
	struct file *file = fget(fd);
	struct pid *pid;

	if (!file)
		return ERR_PTR(-EBADF);
	pid = get_pid(vv_pidfd_pid(file));
	fput(file);
	return pid ?: ERR_PTR(-EBADF);
}

static struct pid *find_by_nr(int nr)
{
	if (nr < 1)
		return ERR_PTR(-EINVAL);
	return find_get_pid(nr) ?: ERR_PTR(-ESRCH);
}

struct pid *target_find(int nr, bool is_pidfd)
{
	struct pid *pid = is_pidfd ? find_by_fd(nr) : find_by_nr(nr);
	int ret;

	if (IS_ERR(pid))
		return pid;
	ret = target_check(pid);
	if (!ret)
		return pid;
	put_pid(pid);
	return ERR_PTR(ret);
}

/* Return: the mm of @thread with a reference on mm_count, or NULL. */
static struct mm_struct *grab_thread_mm(struct task_struct *thread)
{
	struct mm_struct *mm;

	task_lock(thread);
	mm = is_kernel_thread(thread) ? NULL : thread->mm;
	if (mm)
		mmgrab(mm);
	task_unlock(thread);
	return mm;
}

/*
 * Who has the memory of @task's process: @task, or where that has ended another thread, as its process
 * lives until the last of them ends.  Under RCU; with a reference on mm_count of *@mm.
 */
static struct task_struct *find_living(struct task_struct *task, struct mm_struct **mm)
{
	struct task_struct *thread;

	*mm = grab_thread_mm(task);
	if (*mm)
		return task;
	vv_for_each_thread(task, thread) {
		*mm = grab_thread_mm(thread);
		if (*mm)
			return thread;
	}
	return NULL;
}

static struct mm_struct *get_group_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	rcu_read_lock();
	find_living(task, &mm);
	rcu_read_unlock();
	return mm;
}

/* Return: an mm with a reference on mm_count; -ESRCH, -EINVAL for a kernel thread. */
static struct mm_struct *grab_mm(struct pid *pid)
{
	struct task_struct *task = get_pid_task(pid, PIDTYPE_PID);
	struct mm_struct *mm;

	if (!task)
		return ERR_PTR(-ESRCH);
	if (is_kernel_thread(task))
		mm = ERR_PTR(-EINVAL);
	else
		mm = get_group_mm(task) ?: ERR_PTR(-ESRCH);
	put_task_struct(task);
	return mm;
}

int target_check(struct pid *pid)
{
	struct mm_struct *mm = grab_mm(pid);

	if (IS_ERR(mm))
		return PTR_ERR(mm);
	mmdrop(mm);
	return 0;
}

int target_open(struct target *target, struct pid *pid)
{
	*target = (struct target){ .pid = pid, .mm = grab_mm(pid) };
	if (!IS_ERR(target->mm))
		return 0;
	put_pid(pid);
	return -ESRCH;
}

void target_close(struct target *target)
{
	mmdrop(target->mm);
	put_pid(target->pid);
}

/* Somebody else may keep the memory: a vfork()ed parent, or a clone() that shares it. */
static bool has_still_mm(struct target *target)
{
	struct task_struct *task = get_pid_task(target->pid, PIDTYPE_PID);
	struct mm_struct *mm = task ? get_group_mm(task) : NULL;

	if (task)
		put_task_struct(task);
	if (mm)
		mmdrop(mm);
	return mm == target->mm;
}

/*
 * A hold that ended because somebody waits would begin again before that one runs: a writer that was
 * woken is overtaken by readers that come along, for 4 ms (rwsem_down_read_slowpath()).  So whoever
 * waits has its turn first.  Others may come all the time: at most YIELDS times.
 */
static void let_waiters_pass(struct mm_struct *mm)
{
	int i;

	for (i = 0; i < YIELDS && mmap_lock_is_contended(mm); i++)
		usleep_range(YIELD_US, 2 * YIELD_US);
}

bool target_enter(struct target *target)
{
	if (!has_still_mm(target) || !mmget_not_zero(target->mm))
		return false;
	target->hold_start = ktime_get_ns();
	return true;
}

void target_leave(struct target *target)
{
	mmput_async(target->mm);
}

int target_lock(struct target *target)
{
	if (!has_still_mm(target))
		return -ESRCH;
	let_waiters_pass(target->mm);
	if (!mmget_not_zero(target->mm))
		return -ESRCH;
	/* Not mmap_read_lock_killable(): whoever waits for a target that is stuck can be interrupted. */
	if (down_read_interruptible(&target->mm->mmap_lock)) {
		mmput_async(target->mm);
		return -ERESTARTSYS;
	}
	target->hold_start = ktime_get_ns();
	return 0;
}

static void count_hold(struct target *target, u64 held)
{
	target->holds++;
	target->longest_hold = max(target->longest_hold, held);
	vmaview_stats_hold(held);
}

void target_unlock(struct target *target)
{
	u64 held = ktime_get_ns() - target->hold_start;

	mmap_read_unlock(target->mm);
	mmput_async(target->mm);
	count_hold(target, held);
}

struct vm_area_struct *target_lock_area(struct target *target, unsigned long addr)
{
	target->hold_start = ktime_get_ns();
	return vv_area_trylock(target->mm, addr);
}

void target_unlock_area(struct target *target, struct vm_area_struct *vma)
{
	u64 held = ktime_get_ns() - target->hold_start;

	vv_area_unlock(vma);
	count_hold(target, held);
}

struct task_struct *target_task(struct target *target)
{
	return get_pid_task(target->pid, PIDTYPE_PID);
}

struct task_struct *target_thread(struct target *target)
{
	struct task_struct *task = target_task(target), *thread;
	struct mm_struct *mm;

	if (!task)
		return NULL;
	rcu_read_lock();
	thread = find_living(task, &mm);
	if (thread)
		get_task_struct(thread);
	rcu_read_unlock();
	if (mm)
		mmdrop(mm);
	put_task_struct(task);
	return thread;
}

unsigned long target_end(const struct mm_struct *mm)
{
	/* While exec() makes it, for a moment before it is known whether the program is of 32 bits. */
	return READ_ONCE(mm->task_size) ?: TASK_SIZE_MAX;
}

u64 target_space(const struct mm_struct *mm)
{
	return vv_space(mm);
}

void target_faults(struct target *target, u64 *min_flt, u64 *maj_flt)
{
	struct task_struct *task = target_task(target), *thread;

	if (!task)
		return;
	*min_flt = READ_ONCE(task->signal->min_flt);
	*maj_flt = READ_ONCE(task->signal->maj_flt);
	rcu_read_lock();
	vv_for_each_thread(task, thread) {
		*min_flt += READ_ONCE(thread->min_flt);
		*maj_flt += READ_ONCE(thread->maj_flt);
	}
	rcu_read_unlock();
	put_task_struct(task);
}
