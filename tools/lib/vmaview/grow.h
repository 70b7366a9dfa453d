/* SPDX-License-Identifier: GPL-2.0 */
/* grow.h - room for one more in an array that grows by itself. */
#ifndef VMAVIEW_GROW_H
#define VMAVIEW_GROW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * @array: the address of the pointer to @nr elements of @size bytes, with room for *@room.  False without
 * memory: all is as it was, and the array is still to be freed.  Elements may have moved.
 */
bool grow(void *array, size_t nr, size_t *room, size_t size);

#endif /* VMAVIEW_GROW_H */
