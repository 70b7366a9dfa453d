// SPDX-License-Identifier: GPL-2.0
/*
 * attach.c - PIDs in, folders of debugfs out.
 *
 * attach_lock covers the list and the folders.  open() of a file in a folder does not take it:
 * debugfs keeps a folder's files until their open() is through, and what they need, the struct pid,
 * is in the list's element, which goes after the folder.  Removing a folder waits for such an open(), which
 * waits for no target, and not for a read(), which may: see view_fill_folder().  So the lock is never held
 * for long, and whoever waits for it can be interrupted.
 *
 * Process context.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/slab.h>

#include "door/attach.h"
#include "door/view_files.h"
#include "mm/target.h"

struct attached {
	struct list_head list;
	struct pid *pid;
	int nr;
	struct dentry *folder;
};

static DEFINE_MUTEX(attach_lock);
static LIST_HEAD(attached);
static unsigned int attached_nr;
static struct dentry *attach_root;

static void drop(struct attached *one)
{
	lockdep_assert_held(&attach_lock);
	list_del(&one->list);
	attached_nr--;
	debugfs_remove(one->folder);
	put_pid(one->pid);
	kfree(one);
}

static void drop_exited(void)
{
	struct attached *one, *next;

	list_for_each_entry_safe(one, next, &attached, list)
		if (target_check(one->pid))
			drop(one);
}

static struct attached *find(int nr)
{
	struct attached *one;

	list_for_each_entry(one, &attached, list)
		if (one->nr == nr)
			return one;
	return NULL;
}

/* A folder has all of its files, or is not there. Return: the folder or an ERR_PTR. */
static struct dentry *make_folder(struct pid *pid, int nr)
{
	struct dentry *folder;
	char name[12];
	int ret;

	snprintf(name, sizeof(name), "%d", nr);
	folder = debugfs_create_dir(name, attach_root);
	if (IS_ERR(folder))
		return folder;
	ret = view_fill_folder(folder, pid);
	if (!ret)
		return folder;
	debugfs_remove(folder);
	return ERR_PTR(ret);
}

/* Return: 0 with the reference of @pid taken over, or an error without. */
static int add(struct pid *pid, int nr)
{
	struct attached *one;
	struct dentry *folder;

	if (attached_nr >= ATTACH_MAX)
		return -ENOSPC;
	one = kzalloc(sizeof(*one), GFP_KERNEL_ACCOUNT);
	if (!one)
		return -ENOMEM;
	folder = make_folder(pid, nr);
	if (IS_ERR(folder)) {
		kfree(one);
		return PTR_ERR(folder);
	}
	one->pid = pid;
	one->nr = nr;
	one->folder = folder;
	list_add(&one->list, &attached);
	attached_nr++;
	return 0;
}

/* Takes over the reference of @pid. */
static int attach_found(struct pid *pid, int nr)
{
	struct attached *one;
	int ret;

	if (mutex_lock_interruptible(&attach_lock)) {
		put_pid(pid);
		return -ERESTARTSYS;
	}
	drop_exited();
	one = find(nr);
	if (!one)
		ret = add(pid, nr);
	else
		ret = one->pid == pid ? 0 : -EEXIST;
	mutex_unlock(&attach_lock);
	if (one || ret)
		put_pid(pid);
	return ret;
}

int attach_add(int nr)
{
	struct pid *pid = target_find(nr, false);

	return IS_ERR(pid) ? PTR_ERR(pid) : attach_found(pid, nr);
}

int attach_remove(int nr)
{
	struct attached *one;

	if (nr < 1)
		return -EINVAL;
	if (mutex_lock_interruptible(&attach_lock))
		return -ERESTARTSYS;
	one = find(nr);
	if (one && !pid_vnr(one->pid))
		one = NULL;	/* attached in another PID namespace, and no process of this one */
	if (one)
		drop(one);
	drop_exited();
	mutex_unlock(&attach_lock);
	return one ? 0 : -ESRCH;
}

void attach_init(struct dentry *root)
{
	attach_root = root;
}

void attach_exit(void)
{
	struct attached *one, *next;

	mutex_lock(&attach_lock);
	list_for_each_entry_safe(one, next, &attached, list)
		drop(one);
	mutex_unlock(&attach_lock);
}
