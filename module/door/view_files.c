// SPDX-License-Identifier: GPL-2.0
/* view_files.c - which records each file of a folder shows, and how they are asked for.  Process context, no lock. */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>

#include "compat/compat.h"
#include "compat/rmap.h"
#include "compat/userfaultfd.h"
#include "door/view.h"
#include "door/view_files.h"
#include "stream/stream.h"
#include "text/text.h"

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
		text_sums(&view->text, (const void *)record);
	} else if (record->type == VMAVIEW_REC_MM) {
		view->mm = *(const struct vmaview_mm *)record;
	} else if (record->type == VMAVIEW_REC_END) {
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

static int areas_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, true, show_areas };

	return view_open(inode, file, &what);
}

static int pages_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_RUNS, false, show_pages };

	return view_open(inode, file, &what);
}

static int sharers_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS, false, show_sharers };

	if (!VV_KNOW_OWNER)
		return -EOPNOTSUPP;
	return view_open(inode, file, &what);
}

static int summary_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = {
		VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM | STREAM_WANT_TOTAL, false, show_summary,
	};

	return view_open(inode, file, &what);
}

static int layout_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_LAYOUT, false, show_layout };

	return view_open(inode, file, &what);
}

static int tables_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_MM | VMAVIEW_WANT_TABLES, false, show_tables };

	return view_open(inode, file, &what);
}

static int uffd_open(struct inode *inode, struct file *file)
{
	static const struct view_file what = { VMAVIEW_WANT_UFFD, false, show_uffd };

	if (!VV_KNOW_UFFD)
		return -EOPNOTSUPP;
	return view_open(inode, file, &what);
}

#define VIEW_FOPS(name)						\
	static const struct file_operations name##_fops = {	\
		.owner = THIS_MODULE,				\
		.open = name##_open,				\
		.read = view_read,				\
		.llseek = view_llseek,				\
		.release = view_release,			\
	}

VIEW_FOPS(areas);
VIEW_FOPS(pages);
VIEW_FOPS(sharers);
VIEW_FOPS(summary);
VIEW_FOPS(layout);
VIEW_FOPS(tables);
VIEW_FOPS(uffd);

static const struct {
	const char *name;
	const struct file_operations *fops;
} views[] = {
	{ "areas", &areas_fops },
	{ "layout", &layout_fops },
	{ "pages", &pages_fops },
	{ "sharers", &sharers_fops },
	{ "summary", &summary_fops },
	{ "tables", &tables_fops },
	{ "uffd", &uffd_fops },
};

/*
 * "Unsafe" is a file whose read() debugfs does not count: else whoever removes the folder would wait, and could
 * not be killed, until a reader is done that may wait for a target that is stuck.  open(), which alone needs @pid,
 * is counted and waits for nobody; an open file keeps the module by the owner of its file_operations.
 */
int view_fill_folder(struct dentry *folder, struct pid *pid)
{
	struct dentry *file;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(views); i++) {
		file = debugfs_create_file_unsafe(views[i].name, 0400, folder, pid, views[i].fops);
		if (IS_ERR(file))
			return PTR_ERR(file);
	}
	return 0;
}
