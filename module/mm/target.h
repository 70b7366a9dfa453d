/* SPDX-License-Identifier: GPL-2.0 */
/* target.h - the process that is asked about, and bounded holds of its locks. */
#ifndef VMAVIEW_TARGET_H
#define VMAVIEW_TARGET_H

#include <linux/compiler.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/types.h>

struct mm_struct;
struct vm_area_struct;

/**
 * struct target - who is asked about
 * @pid: referenced; a struct pid is never reused for another task
 * @mm: its mm when the target was opened, kept by mm_count only: the memory itself may go
 * @hold_start: ktime_get_ns() when the present hold of mmap_lock, or of an area, began
 * @longest_hold: ns of the longest hold so far
 * @holds: how many
 */
struct target {
	struct pid *pid;
	struct mm_struct *mm;
	u64 hold_start;
	u64 longest_hold;
	u64 holds;
};

/**
 * target_find() - the struct pid of a PID, or of a pidfd, of the current task
 * @nr: PID in the current PID namespace, or file descriptor
 * @is_pidfd: which of them
 *
 * Return: a referenced pid; -EINVAL below 1 or a kernel thread, -ESRCH nobody or no memory any more,
 * -EBADF no pidfd.
 */
struct pid *target_find(int nr, bool is_pidfd);

/* Other flags change as the task runs, by its own plain writes; this one it has or has not all its life. */
static inline bool is_kernel_thread(const struct task_struct *task)
{
	return READ_ONCE(task->flags) & PF_KTHREAD;
}

/* Has @pid still memory?  Return: 0, -ESRCH, or -EINVAL for a kernel thread. */
int target_check(struct pid *pid);

/**
 * target_open() - take the mm that @pid has now
 * @target: to fill
 * @pid: the reference becomes the target's, also on error
 *
 * Return: 0, -ESRCH.  To be undone by target_close().
 */
int target_open(struct target *target, struct pid *pid);
void target_close(struct target *target);

/**
 * target_lock() - begin a hold: mmap_lock for reading
 * @target: opened
 *
 * Whoever waits for the lock already has it first, for some time.
 *
 * Return: 0; -ESRCH when the memory is gone (exit, exec), -ERESTARTSYS on a signal.
 */
int target_lock(struct target *target);
/*
 * End it.  May be the last user of the memory, which the kernel then frees by itself: that may wait for I/O of the
 * target's, and no signal ends that wait.
 */
void target_unlock(struct target *target);

/**
 * target_enter() - keep the memory for holds of its areas alone
 * @target: opened; @hold_start becomes the time of now
 *
 * Return: false when it is gone: target_lock() says why.  To be undone by target_leave(), soon, as the
 * memory of a target that exits stays until then.
 */
bool target_enter(struct target *target);
/* May be the last user of the memory, as target_unlock() may. */
void target_leave(struct target *target);

/**
 * target_lock_area() - begin a hold of one area alone
 * @target: entered
 * @addr: in the area
 *
 * Nobody waits for it who changes other areas.  The area and the tables above its entries stay; the
 * caller looks whether it is the one that was meant.
 *
 * Return: the area, to be given back by target_unlock_area(); NULL where the kernel has no such lock
 * for modules, somebody has or wants it, or there is none: look under mmap_lock.
 */
struct vm_area_struct *target_lock_area(struct target *target, unsigned long addr);
void target_unlock_area(struct target *target, struct vm_area_struct *vma);

/* Sums over all threads, as do_task_stat() in fs/proc/array.c has them for the thread group. */
void target_faults(struct target *target, u64 *min_flt, u64 *maj_flt);

/* The referenced task that was named, for its name and its number: it may have ended.  NULL when it is gone. */
struct task_struct *target_task(struct target *target);

/**
 * target_thread() - who does what the target does: the thread that was named where that lives, else another
 * @target: opened
 *
 * Return: a referenced task that had memory a moment ago; NULL where none of the process has any.
 */
struct task_struct *target_thread(struct target *target);

/**
 * target_end() - where the address space ends
 * @mm: held by mm_count
 *
 * Return: the first address that no area can have: 4 GiB less a page or two for a program of 32 bits.
 */
unsigned long target_end(const struct mm_struct *mm);

/* Names @mm: no other has had this number since boot.  0 where the architecture has none. */
u64 target_space(const struct mm_struct *mm);

#endif
