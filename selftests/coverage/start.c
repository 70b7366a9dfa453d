// SPDX-License-Identifier: GPL-2.0
/* start.c - the counter's start, by those of kernel/gcov.  It is never unloaded. */
#include "counter.h"

static int __init counter_start(void)
{
	int ret = counter_gcov_init();

	return ret ? ret : counter_gcov_fs_init();
}

module_init(counter_start);
MODULE_DESCRIPTION("counts which lines and branches of modules run, on a kernel that does not");
MODULE_LICENSE("GPL");
