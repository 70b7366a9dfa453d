// SPDX-License-Identifier: GPL-2.0
/* grow.c - in: an array; out: the same, with room for one more. */
#include <stdlib.h>
#include <string.h>

#include "vmaview/grow.h"

#define ROOM_AT_FIRST 16

bool grow(void *array, size_t nr, size_t *room, size_t size)
{
	size_t more = *room ? 2 * *room : ROOM_AT_FIRST;
	void *before, *after;

	if (nr < *room)
		return true;
	memcpy(&before, array, sizeof(before));	/* a pointer to whatever they are */
	after = reallocarray(before, more, size);
	if (!after)
		return false;
	memcpy(array, &after, sizeof(after));
	*room = more;
	return true;
}
