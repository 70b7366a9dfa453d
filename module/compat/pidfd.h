/* SPDX-License-Identifier: GPL-2.0 */
/* pidfd.h - a file in, the struct pid out that it stands for. */
#ifndef VMAVIEW_COMPAT_PIDFD_H
#define VMAVIEW_COMPAT_PIDFD_H

#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/pid.h>

/*
 * pidfd_pid() is not exported, nor are the operations it compares.  Where pidfds are inodes of
 * pidfs, the superblock's magic tells one and i_private is the pid (pidfs_init_inode() in
 * fs/pidfs.c).  Before, it is an anonymous inode that only pidfd_create() names "[pidfd]", with the
 * pid in private_data (kernel/fork.c); a name of an anonymous inode never comes from user space.
 */
static inline struct pid *vv_pidfd_pid(struct file *file)
{
#if HAVE_PID_FS
	if (file_inode(file)->i_sb->s_magic == PID_FS_MAGIC)
		return file_inode(file)->i_private;
#else
	if (file_inode(file)->i_sb->s_magic == ANON_INODE_FS_MAGIC &&
	    !strcmp(file->f_path.dentry->d_name.name, "[pidfd]"))
		return file->private_data;
#endif
	return NULL;
}

#endif
