/* SPDX-License-Identifier: GPL-2.0 */
/* view.h - an open file of a folder: read() and lseek() for the files of view_files.c. */
#ifndef VMAVIEW_VIEW_H
#define VMAVIEW_VIEW_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <vmaview.h>

#include "stream/stream.h"
#include "text/text.h"

struct pid;
struct view;

/**
 * struct view_file - what a file says
 * @want: VMAVIEW_WANT_*, of whom it is opened for
 * @names_ops: does it need the OPS records?
 * @show: what becomes of one record; 6 KiB and the record's own size at most
 */
struct view_file {
	u32 want;
	bool names_ops;
	void (*show)(struct view *view, const struct vmaview_header *record);
};

/**
 * struct view - an open file
 * @lock: serialises readers
 * @pid: who was asked about
 * @file: what the text is
 * @stream: where the records come from
 * @text: the piece being read
 * @taken: bytes of it that the reader has had
 * @given: bytes that the reader has had, or has passed over, since the stream began
 * @ops: the last OPS records, in the slots that struct ops_cache gives them
 * @mm: counters, for summary
 */
struct view {
	struct mutex lock;
	struct pid *pid;
	const struct view_file *file;
	struct stream *stream;
	struct text text;
	size_t taken;
	loff_t given;
	struct vmaview_ops *ops[OPS_NR];
	struct vmaview_mm mm;
};

/* Of the process of @inode's folder.  Return: 0, -EPERM and the like of vmaview_may_ask(), -ESRCH, -ENOMEM. */
int view_open(struct inode *inode, struct file *file, const struct view_file *what);
ssize_t view_read(struct file *file, char __user *buffer, size_t count, loff_t *pos);
loff_t view_llseek(struct file *file, loff_t offset, int whence);
int view_release(struct inode *inode, struct file *file);

#endif
