/* SPDX-License-Identifier: GPL-2.0 */
/* view_files.h - the files of debugfs that speak of one process. */
#ifndef VMAVIEW_VIEW_FILES_H
#define VMAVIEW_VIEW_FILES_H

struct dentry;
struct pid;

/*
 * Make the files of @pid in @folder; @pid NULL for the reading task. Kept by the folder's owner, until
 * debugfs_remove() of @folder returns.  That waits for nobody who reads: a read() that is under way goes on, the
 * next one gives EIO.
 * Return: 0, or -errno with some of the files made.
 */
int view_fill_folder(struct dentry *folder, struct pid *pid);

#endif
