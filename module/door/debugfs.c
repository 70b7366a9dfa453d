// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs.c - the files of /sys/kernel/debug/vmaview: small ones here, the views of a process in
 * view_files.c.  Process context.
 *
 * Modes are exactly 0400 and 0200: under lockdown debugfs refuses every file with another bit.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <vmaview.h>

#include "door/attach.h"
#include "door/debugfs.h"
#include "door/view_files.h"
#include "mm/vmflags.h"
#include "self/access.h"
#include "self/stats.h"
#include "self/version.h"

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

static const struct {
	const char *name;
	umode_t mode;
	const struct file_operations *fops;
	int (*show)(struct seq_file *seq, void *unused);
} top[] = {
	{ "attach", 0200, &attach_fops, NULL },
	{ "detach", 0200, &detach_fops, NULL },
	{ "vmflags", 0400, &show_fops, vmflags_show },
	{ "stats", 0400, &show_fops, vmaview_stats_show },
	{ "version", 0400, &show_fops, version_show },
};

static int fill_top(void)
{
	struct dentry *made;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(top); i++) {
		made = debugfs_create_file(top[i].name, top[i].mode, root, top[i].show, top[i].fops);
		if (IS_ERR(made))
			return PTR_ERR(made);
	}
	made = debugfs_create_dir("self", root);
	return IS_ERR(made) ? PTR_ERR(made) : view_fill_folder(made, NULL);
}

int vmaview_debugfs_init(void)
{
	int ret;

	root = debugfs_create_dir("vmaview", NULL);
	attach_init(root);
	if (IS_ERR(root)) {
		ret = PTR_ERR(root);
		return ret == -ENODEV || ret == -EPERM ? 0 : ret;
	}
	ret = fill_top();
	if (ret)
		debugfs_remove(root);
	return ret;
}

void vmaview_debugfs_exit(void)
{
	attach_exit();
	debugfs_remove(root);
}
