// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - load and unload: both doors open, both doors shut.
 *
 * Both are shut until both are there: where loading fails the module goes, whoever has come in by then.
 */
#include <linux/module.h>

#include "door/debugfs.h"
#include "door/device.h"
#include "mm/vmflags.h"
#include "self/access.h"
#include "self/version.h"

static int __init vmaview_init(void)
{
	int ret;

	vmflags_init();
	ret = vmaview_debugfs_init();
	if (ret)
		return ret;
	ret = vmaview_device_init();
	if (ret)
		vmaview_debugfs_exit();
	else
		vmaview_open_doors();
	return ret;
}

/* Open files hold the module, so nobody is inside: see the owner of every file_operations. */
static void __exit vmaview_exit(void)
{
	vmaview_device_exit();
	vmaview_debugfs_exit();
}

module_init(vmaview_init);
module_exit(vmaview_exit);
MODULE_DESCRIPTION("Answers questions about one process's virtual memory");
MODULE_VERSION(VMAVIEW_VERSION);
MODULE_LICENSE("GPL");
