/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bar.h - memory of a device that may be mapped.  Needs nothing else of this folder: the tour and the soak
 * have it, too.
 */
#ifndef BAR_H
#define BAR_H

#include <stddef.h>

/*
 * bar_open - a memory BAR of a PCI device that no driver has claimed
 *
 * Return: its file, of @len bytes, of which the first page can be mapped; -1 where this machine has none.
 */
int bar_open(size_t *len);

#endif
