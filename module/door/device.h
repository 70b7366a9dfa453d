/* SPDX-License-Identifier: GPL-2.0 */
/* device.h - the door for programs: /dev/vmaview. */
#ifndef VMAVIEW_DEVICE_H
#define VMAVIEW_DEVICE_H

int vmaview_device_init(void);
void vmaview_device_exit(void);

#endif
