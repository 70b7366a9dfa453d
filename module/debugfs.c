// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs.c - the files of /sys/kernel/debug/vmaview: small ones here, the views of a process in
 * view.c.  Process context.
 *
 * Modes are exactly 0400 and 0200: under lockdown debugfs refuses every file with another bit.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <vmaview.h>

#include "access.h"
#include "attach.h"
#include "debugfs.h"
#include "stats.h"
#include "version.h"
#include "vmflags.h"

static struct dentry *root;

/* A PID, with spaces around it at most. Return: 0, -EINVAL, -EFAULT. */
static int read_pid(const char __user *buffer, size_t count, int *nr)
{
	char text[24];

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buffer, count))
		return -EFAULT;
	text[count] = '\0';
	if (strlen(text) != count || kstrtoint(strim(text), 10, nr))
		return -EINVAL;
	return 0;
}

static ssize_t write_pid(const char __user *buffer, size_t count, int (*apply)(int nr))
{
	int nr, ret = vmaview_may_ask();

	if (!ret)
		ret = read_pid(buffer, count, &nr);
	if (!ret)
		ret = apply(nr);
	return ret ?: count;
}

static int gate_open(struct inode *inode, struct file *file)
{
	return vmaview_may_ask() ?: nonseekable_open(inode, file);
}

static ssize_t attach_write(struct file *file, const char __user *buffer, size_t count, loff_t *pos)
{
	return write_pid(buffer, count, attach_add);
}

static ssize_t detach_write(struct file *file, const char __user *buffer, size_t count, loff_t *pos)
{
	return write_pid(buffer, count, attach_remove);
}

static const struct file_operations attach_fops = {
	.owner = THIS_MODULE,
	.open = gate_open,
	.write = attach_write,
};

static const struct file_operations detach_fops = {
	.owner = THIS_MODULE,
	.open = gate_open,
	.write = detach_write,
};

static int vmflags_show(struct seq_file *seq, void *unused)
{
	unsigned int bit;

	for (bit = 0; bit < VMFLAGS_NR; bit++)
		seq_printf(seq, "%u %s %s\n", bit, vmflags[bit].mnemonic[0] ? vmflags[bit].mnemonic : "-",
			   vmflags[bit].word);
	return 0;
}

static int version_show(struct seq_file *seq, void *unused)
{
	seq_printf(seq, "vmaview %s abi %d.%d\n", VMAVIEW_VERSION, VMAVIEW_ABI_MAJOR, VMAVIEW_ABI_MINOR);
	return 0;
}

static int show_open(struct inode *inode, struct file *file)
{
	return vmaview_may_ask() ?: single_open(file, inode->i_private, NULL);
}

static const struct file_operations show_fops = {
	.owner = THIS_MODULE,
	.open = show_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

void debugfs_fill_folder(struct dentry *folder, struct pid *pid)
{
	debugfs_create_file("areas", 0400, folder, pid, &view_areas_fops);
	debugfs_create_file("pages", 0400, folder, pid, &view_pages_fops);
	debugfs_create_file("summary", 0400, folder, pid, &view_summary_fops);
}

void vmaview_debugfs_init(void)
{
	root = debugfs_create_dir("vmaview", NULL);
	attach_init(root);
	debugfs_create_file("attach", 0200, root, NULL, &attach_fops);
	debugfs_create_file("detach", 0200, root, NULL, &detach_fops);
	debugfs_create_file("vmflags", 0400, root, vmflags_show, &show_fops);
	debugfs_create_file("stats", 0400, root, vmaview_stats_show, &show_fops);
	debugfs_create_file("version", 0400, root, version_show, &show_fops);
	debugfs_fill_folder(debugfs_create_dir("self", root), NULL);
}

void vmaview_debugfs_exit(void)
{
	attach_exit();
	debugfs_remove(root);
}
