// SPDX-License-Identifier: GPL-2.0
/*
 * view.c - a stream in, the text of a file out to a reader, piece by piece.
 *
 * Not a seq_file: that shows a block again when its buffer overflows, which would walk it twice.  It seeks
 * like one: a read that does not go on where the last one ended begins with the first record again.
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

static void take(struct view *view, size_t part)
{
	view->taken += part;
	view->given += part;
}

/* Have text that is not taken yet. Return: 0, with none of it at the end of the stream, -errno. */
static int need_text(struct view *view)
{
	return view->taken == view->text.length ? fill_text(view) : 0;
}

static ssize_t read_locked(struct view *view, char __user *buffer, size_t count)
{
	size_t done = 0, part;
	int ret;

	while (done < count) {
		ret = need_text(view);
		if (ret)
			return done ?: ret;
		if (!view->text.length)
			break;
		part = min(count - done, view->text.length - view->taken);
		if (copy_to_user(buffer + done, view->text.buffer + view->taken, part))
			return done ?: -EFAULT;
		take(view, part);
		done += part;
	}
	return done;
}

static struct stream *open_stream(const struct view *view)
{
	struct vmaview_request request = { .want = view->file->want, .end = ~0UL };

	if (!pid_vnr(view->pid))
		return ERR_PTR(-ESRCH);		/* a folder made in another PID namespace: no process here */
	return stream_new(get_pid(view->pid), pid_vnr(view->pid), &request);
}

/* Begin again: the text is what it is now, as that of a seq_file. Return: 0, -errno with all as it was. */
static int rewind(struct view *view)
{
	struct stream *stream;
	int ret = vmaview_may_ask();	/* whoever has the file now gets an answer that nobody had asked for */

	if (ret)
		return ret;
	stream = open_stream(view);
	if (IS_ERR(stream))
		return PTR_ERR(stream);
	stream_free(view->stream);
	view->stream = stream;
	view->text.length = view->taken = 0;
	view->given = 0;
	return 0;
}

/* Go to where the next read begins, which may be after the end. Return: 0, -errno. */
static int go_to(struct view *view, loff_t pos)
{
	int ret = pos < view->given ? rewind(view) : 0;

	while (!ret && view->given < pos) {
		ret = need_text(view);
		if (ret || !view->text.length)
			break;
		take(view, min_t(u64, pos - view->given, view->text.length - view->taken));
	}
	return ret;
}

ssize_t view_read(struct file *file, char __user *buffer, size_t count, loff_t *pos)
{
	struct view *view = file->private_data;
	ssize_t ret;

	if (d_unlinked(file->f_path.dentry))
		return -EIO;	/* the folder is gone, as debugfs itself says it of its files */
	if (mutex_lock_interruptible(&view->lock))
		return -ERESTARTSYS;
	ret = go_to(view, *pos);
	if (!ret && view->given == *pos)
		ret = read_locked(view, buffer, count);
	mutex_unlock(&view->lock);
	if (ret > 0)
		*pos += ret;
	return ret;
}

/* As seq_lseek(), but that the work is left to the next read: the kernel keeps f_pos from two at once. */
loff_t view_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

static void view_free(struct view *view)
{
	size_t i;

	put_pid(view->pid);
	for (i = 0; i < OPS_NR; i++)
		kfree(view->ops[i]);
	vfree(view->text.buffer);
	kfree(view);
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
	view->pid = inode->i_private ? get_pid(inode->i_private) : get_task_pid(current, PIDTYPE_TGID);
	view->text.buffer = __vmalloc(TEXT_BUFFER, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	view->stream = view->text.buffer ? open_stream(view) : ERR_PTR(-ENOMEM);
	if (IS_ERR(view->stream)) {
		ret = PTR_ERR(view->stream);
		view_free(view);
		return ret;
	}
	file->private_data = view;
	return 0;
}

int view_release(struct inode *inode, struct file *file)
{
	struct view *view = file->private_data;

	stream_free(view->stream);
	view_free(view);
	return 0;
}
