/* SPDX-License-Identifier: GPL-2.0 */
/* device_explain.h - VMAVIEW_IOC_EXPLAIN. */
#ifndef VMAVIEW_DEVICE_EXPLAIN_H
#define VMAVIEW_DEVICE_EXPLAIN_H

#include <linux/compiler_types.h>

/* Context: process, no lock. Return: 0 or -errno. */
int device_explain(void __user *arg);

#endif
