// SPDX-License-Identifier: GPL-2.0
/*
 * view.c - a stream in, the text of areas, pages, sharers, summary, layout, tables and uffd out to a
 * reader, piece by piece.
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

#include "compat/compat.h"
#include "compat/rmap.h"
#include "compat/userfaultfd.h"
#include "door/debugfs.h"
#include "self/access.h"
#include "stream/stream.h"
#include "text/text.h"

/**
 * struct view - an open file
 * @lock: serialises read()
 * @stream: where the records come from
 * @text: the piece being read
 * @taken: bytes of it that the reader has had
 * @ops: the last OPS records, in the slots that struct ops_cache gives them
 * @total: sums, for summary
 * @mm: counters, for summary
 * @show: what becomes of one record
 */
struct view {
	struct mutex lock;
	struct stream *stream;
	struct text text;
	size_t taken;
	struct vmaview_ops *ops[OPS_NR];
	struct vmaview_area total;
	struct vmaview_mm mm;
	void (*show)(struct view *view, const struct vmaview_header *record);
};

static void show_areas(struct view *view, const struct vmaview_header *record)
{
	const struct vmaview_area *area = (const void *)record;

	if (record->type == VMAVIEW_REC_AREA)
		text_area(&view->text, area, area->ops ? view->ops[(area->ops - 1) % OPS_NR] : NULL);
}

static void show_pages(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_RUN)
		text_run(&view->text, (const void *)record);
}

static void show_sharers(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_AREA)
		text_head(&view->text, (const void *)record);
	else if (record->type == VMAVIEW_REC_SHARER)
		text_sharer(&view->text, (const void *)record);
}

static void show_summary(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_AREA) {
		text_add_sums(&view->total, (const void *)record);
	} else if (record->type == VMAVIEW_REC_MM) {
		view->mm = *(const struct vmaview_mm *)record;
	} else if (record->type == VMAVIEW_REC_END) {
		text_key_kb(&view->text, "Size", view->total.end);
		text_sums(&view->text, &view->total);
		text_mm(&view->text, &view->mm);
		text_receipt(&view->text, (const void *)record);
	}
}

static void show_layout(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_LAYOUT)
		text_layout(&view->text, (const void *)record);
	else if (record->type == VMAVIEW_REC_SEGMENT)
		text_segment(&view->text, (const void *)record);
}

static void show_tables(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_TABLE)
		text_table(&view->text, (const void *)record);
	else if (record->type == VMAVIEW_REC_MM)
		text_key_kb(&view->text, "Pgtables", ((const struct vmaview_mm *)record)->pgtables);
}

static void show_uffd(struct view *view, const struct vmaview_header *record)
{
	if (record->type == VMAVIEW_REC_UFFD)
		text_uffd(&view->text, (const void *)record);
}

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
	if (record->type == VMAVIEW_REC_OPS && view->show == show_areas)
		ret = keep_ops(view, (const void *)record);
	if (ret)
		return ret;
	view->show(view, record);
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

static ssize_t view_read(struct file *file, char __user *buffer, size_t count, loff_t *pos)
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

static int view_open(struct inode *inode, struct file *file, u32 want,
		     void (*show)(struct view *view, const struct vmaview_header *record))
{
	struct view *view;
	int ret = vmaview_may_ask();

	if (ret)
		return ret;
	view = kzalloc(sizeof(*view), GFP_KERNEL_ACCOUNT);
	if (!view)
		return -ENOMEM;
	mutex_init(&view->lock);
	view->show = show;
	view->text.buffer = __vmalloc(TEXT_BUFFER, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	view->stream = view->text.buffer ? open_stream(inode->i_private, want) : ERR_PTR(-ENOMEM);
	if (IS_ERR(view->stream)) {
		ret = PTR_ERR(view->stream);
		view_free(view);
		return ret;
	}
	file->private_data = view;
	return nonseekable_open(inode, file);
}

static int view_release(struct inode *inode, struct file *file)
{
	struct view *view = file->private_data;

	stream_free(view->stream);
	view_free(view);
	return 0;
}

static int areas_open(struct inode *inode, struct file *file)
{
	return view_open(inode, file, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, show_areas);
}

static int pages_open(struct inode *inode, struct file *file)
{
	return view_open(inode, file, VMAVIEW_WANT_RUNS, show_pages);
}

static int sharers_open(struct inode *inode, struct file *file)
{
	if (!VV_KNOW_OWNER)
		return -EOPNOTSUPP;
	return view_open(inode, file, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS, show_sharers);
}

static int summary_open(struct inode *inode, struct file *file)
{
	return view_open(inode, file, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM,
			 show_summary);
}

static int layout_open(struct inode *inode, struct file *file)
{
	return view_open(inode, file, VMAVIEW_WANT_LAYOUT, show_layout);
}

static int tables_open(struct inode *inode, struct file *file)
{
	return view_open(inode, file, VMAVIEW_WANT_MM | VMAVIEW_WANT_TABLES, show_tables);
}

static int uffd_open(struct inode *inode, struct file *file)
{
	if (!VV_KNOW_UFFD)
		return -EOPNOTSUPP;
	return view_open(inode, file, VMAVIEW_WANT_UFFD, show_uffd);
}

const struct file_operations view_areas_fops = {
	.owner = THIS_MODULE,
	.open = areas_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_pages_fops = {
	.owner = THIS_MODULE,
	.open = pages_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_sharers_fops = {
	.owner = THIS_MODULE,
	.open = sharers_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_summary_fops = {
	.owner = THIS_MODULE,
	.open = summary_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_layout_fops = {
	.owner = THIS_MODULE,
	.open = layout_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_tables_fops = {
	.owner = THIS_MODULE,
	.open = tables_open,
	.read = view_read,
	.release = view_release,
};

const struct file_operations view_uffd_fops = {
	.owner = THIS_MODULE,
	.open = uffd_open,
	.read = view_read,
	.release = view_release,
};
