/* SPDX-License-Identifier: GPL-2.0 */
/* counter.h - before sources of kernel/gcov: a module has one start, so start.c calls that of each source. */
#ifndef COUNTER_H
#define COUNTER_H

#include <linux/init.h>
#include <linux/module.h>

int counter_gcov_init(void);
int counter_gcov_fs_init(void);

/* Each source says its own. */
#undef pr_fmt

#undef device_initcall
#define device_initcall(start) int __init counter_##start(void) { return start(); }

#endif
