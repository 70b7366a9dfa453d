/* SPDX-License-Identifier: GPL-2.0 */
/* debugfs.h - the door for people and scripts: the folder /sys/kernel/debug/vmaview. */
#ifndef VMAVIEW_DEBUGFS_H
#define VMAVIEW_DEBUGFS_H

/* Return: 0 or -errno.  A kernel without debugfs is no error: the device is the only door then. */
int vmaview_debugfs_init(void);
void vmaview_debugfs_exit(void);

#endif
