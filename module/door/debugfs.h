/* SPDX-License-Identifier: GPL-2.0 */
/* debugfs.h - the door for people and scripts: the folder /sys/kernel/debug/vmaview. */
#ifndef VMAVIEW_DEBUGFS_H
#define VMAVIEW_DEBUGFS_H

struct dentry;
struct file_operations;
struct pid;

/* Return: 0 or -errno.  A kernel without debugfs is no error: the device is the only door then. */
int vmaview_debugfs_init(void);
void vmaview_debugfs_exit(void);

/*
 * The files that speak of one process; @pid NULL for the reading task. Kept by the folder's owner, until
 * debugfs_remove() of @folder returns.  That waits for nobody who reads: a read() that is under way goes on, the
 * next one gives EIO.
 * Return: 0, or -errno with some of the files made.
 */
int debugfs_fill_folder(struct dentry *folder, struct pid *pid);

/* view_files.c */
extern const struct file_operations view_areas_fops;
extern const struct file_operations view_pages_fops;
extern const struct file_operations view_sharers_fops;
extern const struct file_operations view_summary_fops;
extern const struct file_operations view_layout_fops;
extern const struct file_operations view_tables_fops;
extern const struct file_operations view_uffd_fops;

#endif
