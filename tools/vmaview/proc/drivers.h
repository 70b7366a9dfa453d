/* SPDX-License-Identifier: GPL-2.0 */
/* drivers.h - in: the number of a character device; out: who has it, as the kernel's own lists say. */
#ifndef VMAVIEW_DRIVERS_H
#define VMAVIEW_DRIVERS_H

#include <stddef.h>
#include <stdio.h>

/* Longer than any name in these lists. */
#define DRIVER_MAX 80

/* The major number of drivers that have but one device each: MISC_MAJOR. */
#define DRIVERS_MISC 10

/*
 * The name that the driver has given: of /proc/devices, or of /proc/misc where the major number is that of
 * small drivers.  "" where there is none, or the list cannot be read.
 */
void driver_of(unsigned int major, unsigned int minor, char *name);

/* The same of a list that is open: " 10 misc", a number and a name a line, after a line "Character devices:". */
void driver_in_devices(FILE *devices, unsigned int major, char *name);
/* "196 vfio" */
void driver_in_misc(FILE *misc, unsigned int minor, char *name);

#endif /* VMAVIEW_DRIVERS_H */
