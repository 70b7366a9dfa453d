// SPDX-License-Identifier: GPL-2.0
/*
 * view.c - a stream in, the text of a file out to a reader, piece by piece.
 *
 * Not a seq_file: that shows a block again when its buffer overflows, which would walk it twice.
 * The mutex of an open file serialises its readers; no lock of the target is held here.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "door/view.h"
#include "self/access.h"
#include "stream/stream.h"
#include "text/text.h"

static int keep_ops(struct view *view, const struct vmaview_ops *ops)
{
	struct vmaview_ops **slot = &view->ops[(ops->id - 1) % OPS_NR];

	kfree(*slot);
	*slot = kmemdup(ops, ops->header.size, GFP_KERNEL_ACCOUNT);
	return *slot ? 0 : -ENOMEM;
}

/* One record of the stream. Return: 1, 0 at the end of the stream, -errno. */
static int show_record(struct view *view)
{
	struct stream *stream = view->stream;
	const struct vmaview_header *record;
	int ret = 0;

	if (stream->taken == stream->length)
		ret = stream_fill(stream);
	if (ret || !stream->length)
		return ret;
	record = (const void *)(stream->buffer + stream->taken);
	if (record->type == VMAVIEW_REC_OPS && view->file->names_ops)
		ret = keep_ops(view, (const void *)record);
	if (ret)
		return ret;
	view->file->show(view, record);
	stream->taken += record->size;
	return 1;
}

/* What the next record may take: its name, and 6 KiB for all its lines. */
static bool has_room(const struct view *view)
{
	const struct stream *stream = view->stream;
	size_t next = 0;

	if (stream->taken < stream->length)
		next = ((const struct vmaview_header *)(stream->buffer + stream->taken))->size;
	else if (view->text.length)
		return false;	/* the next record is not known yet: hand over what there is */
	return view->text.length + next + 6144 <= TEXT_BUFFER || !view->text.length;
}

static int fill_text(struct view *view)
{
	int ret = 1;

	view->text.length = view->taken = 0;
	while (ret > 0 && has_room(view))
		ret = show_record(view);
	return ret < 0 && !view->text.length ? ret : 0;
}

static ssize_t read_locked(struct view *view, char __user *buffer, size_t count)
{
	size_t done = 0, part;
	int ret;

	while (done < count) {
		if (view->taken == view->text.length) {
			ret = fill_text(view);
			if (ret)
				return done ?: ret;
			if (!view->text.length)
				break;
		}
		part = min(count - done, view->text.length - view->taken);
		if (copy_to_user(buffer + done, view->text.buffer + view->taken, part))
			return done ?: -EFAULT;
		view->taken += part;
		done += part;
	}
	return done;
}

ssize_t view_read(struct file *file, char __user *buffer, size_t count, loff_t *pos)
{
	struct view *view = file->private_data;
	ssize_t ret;

	if (d_unlinked(file->f_path.dentry))
		return -EIO;	/* the folder is gone, as debugfs itself says it of its files */
	if (mutex_lock_interruptible(&view->lock))
		return -ERESTARTSYS;
	ret = read_locked(view, buffer, count);
	mutex_unlock(&view->lock);
	return ret;
}

static void view_free(struct view *view)
{
	size_t i;

	for (i = 0; i < OPS_NR; i++)
		kfree(view->ops[i]);
	vfree(view->text.buffer);
	kfree(view);
}

static struct stream *open_stream(struct pid *pid, u32 want)
{
	struct vmaview_request request = { .want = want, .end = ~0UL };

	if (pid && !pid_vnr(pid))
		return ERR_PTR(-ESRCH);		/* a folder made in another PID namespace: no process here */
	pid = pid ? get_pid(pid) : get_task_pid(current, PIDTYPE_TGID);
	return stream_new(pid, pid_vnr(pid), &request);
}

int view_open(struct inode *inode, struct file *file, const struct view_file *what)
{
	struct view *view;
	int ret = vmaview_may_ask();

	if (ret)
		return ret;
	view = kzalloc(sizeof(*view), GFP_KERNEL_ACCOUNT);
	if (!view)
		return -ENOMEM;
	mutex_init(&view->lock);
	view->file = what;
	view->text.buffer = __vmalloc(TEXT_BUFFER, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	view->stream = view->text.buffer ? open_stream(inode->i_private, what->want) : ERR_PTR(-ENOMEM);
	if (IS_ERR(view->stream)) {
		ret = PTR_ERR(view->stream);
		view_free(view);
		return ret;
	}
	file->private_data = view;
	return nonseekable_open(inode, file);
}

int view_release(struct inode *inode, struct file *file)
{
	struct view *view = file->private_data;

	stream_free(view->stream);
	view_free(view);
	return 0;
}
