/* SPDX-License-Identifier: GPL-2.0 */
/* attach.h - the folders of debugfs, one an attached process. */
#ifndef VMAVIEW_ATTACH_H
#define VMAVIEW_ATTACH_H

struct dentry;

/* So many folders at most; attach answers ENOSPC beyond. */
#define ATTACH_MAX 1024

/**
 * attach_add() - make the folder of a process
 * @nr: PID in the caller's PID namespace; the folder is called so
 *
 * Again for the same process: no error.  Folders of processes that have exited go first.
 * Return: 0; -EINVAL below 1 or a kernel thread, -ESRCH nobody, -EEXIST the name is taken by a process
 * of another PID namespace, -ENOSPC too many, -ENOMEM, -ERESTARTSYS.
 */
int attach_add(int nr);

/*
 * Remove the folder called @nr.  Return: 0; -EINVAL below 1, -ESRCH there is none or its process is none of the
 * caller's PID namespace, -ERESTARTSYS.
 */
int attach_remove(int nr);

/* Folders are made below @root from now on; and removed, all of them. */
void attach_init(struct dentry *root);
void attach_exit(void);

#endif
