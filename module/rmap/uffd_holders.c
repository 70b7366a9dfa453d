// SPDX-License-Identifier: GPL-2.0
/*
 * uffd_holders.c - file tables in, who holds a userfaultfd out.
 *
 * No lock of the target is held here.  Of others: RCU, task_lock() of a thread, file_lock of its table, as
 * iterate_fd() in fs/file.c is called; but that goes through all of a table in one hold, and a table may be
 * huge: here UFFD_FILES at a time.
 */
#include <linux/fdtable.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/userfaultfd.h"
#include "mm/target.h"
#include "rmap/uffd.h"

/* Under file_lock: the file stays in its slot. */
static void look_at_slot(struct uffd *uffd, struct file *file, unsigned int fd)
{
	const void *ctx = file ? vv_uffd_of_file(file) : NULL;
	const struct uffd_context *context = ctx ? xa_load(&uffd->contexts, uffd_key(ctx)) : NULL;

	if (context)
		uffd->found[uffd->nr_found++] = (struct uffd_found){ .context = context, .fd = fd };
}

/* Return: the next descriptor to look at, 0 when these were the last. */
static unsigned int look_at_slots(struct uffd *uffd, struct files_struct *files, unsigned int fd)
{
	struct fdtable *table;
	unsigned int end;

	spin_lock(&files->file_lock);
	table = files_fdtable(files);
	end = fd < table->max_fds ? fd + min(table->max_fds - fd, UFFD_FILES) : fd;
	while (fd < end && uffd->nr_found < UFFD_FOUND) {
		look_at_slot(uffd, rcu_dereference_check_fdtable(files, table->fd[fd]), fd);
		fd++;
	}
	if (fd >= table->max_fds)
		fd = 0;
	spin_unlock(&files->file_lock);
	return fd;
}

/* task_lock() keeps the table: exit_files() takes it away under that. */
static unsigned int look_at_table(struct uffd *uffd, struct task_struct *thread, unsigned int fd)
{
	task_lock(thread);
	fd = thread->files ? look_at_slots(uffd, thread->files, fd) : 0;
	task_unlock(thread);
	return fd;
}

/* Tables are only compared here; who changes its own meanwhile is reported or not. */
static bool has_own_table(struct task_struct *thread)
{
	struct task_struct *first;

	if (is_kernel_thread(thread) || !pid_alive(thread))
		return false;
	vv_for_each_thread(thread, first)
		if (READ_ONCE(first->files))
			return first == thread || READ_ONCE(first->files) != READ_ONCE(thread->files);
	return false;
}

static void describe(struct uffd_process *process, struct task_struct *thread)
{
	struct task_struct *leader = thread->group_leader;

	process->start = leader->start_boottime;
	process->pid = task_tgid_vnr(thread) ?: -1;
	process->tid = task_pid_vnr(thread) ?: -1;
	strscpy(process->comm, leader->comm, sizeof(process->comm));
}

bool uffd_find_holders(struct uffd *uffd, struct uffd_cursor *next)
{
	struct task_struct *thread;
	unsigned int fd = 0;
	struct pid *pid;
	int nr = 0;

	uffd->nr_found = 0;
	rcu_read_lock();
	pid = find_ge_pid(uffd->cursor.nr, &init_pid_ns);
	if (pid) {
		nr = pid_nr(pid);
		fd = nr == uffd->cursor.nr ? uffd->cursor.fd : 0;
		thread = pid_task(pid, PIDTYPE_PID);
		fd = thread && has_own_table(thread) ? look_at_table(uffd, thread, fd) : 0;
		if (uffd->nr_found)
			describe(&uffd->process, thread);
	}
	rcu_read_unlock();
	*next = fd ? (struct uffd_cursor){ nr, fd } : (struct uffd_cursor){ nr + 1, 0 };
	return pid;
}
