// SPDX-License-Identifier: GPL-2.0
/* main.c - load and unload. */
#include <linux/module.h>

static int __init vmaview_init(void)
{
	return 0;
}

static void __exit vmaview_exit(void)
{
}

module_init(vmaview_init);
module_exit(vmaview_exit);
MODULE_DESCRIPTION("Answers questions about one process's virtual memory");
MODULE_LICENSE("GPL");
