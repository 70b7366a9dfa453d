// SPDX-License-Identifier: GPL-2.0
/* group_objects.c - in: the rows of a machine's objects, and all objects that it has; out: what nobody maps, too. */
#include <errno.h>

#include "verbs/groups/group_objects.h"

/* No process has it, so that other keys are not known of it. */
static struct group_row *find_row(struct group_rows *rows, const char *text)
{
	const char *values[GROUP_BY_MAX] = { NULL };
	uint32_t at;

	for (size_t i = 0; i < rows->by.nr; i++)
		if (rows->by.key[i] == GROUP_BY_OBJECT)
			values[i] = text;
	at = group_rows_find(rows, values);
	return at == UINT32_MAX ? NULL : &rows->rows[at];
}

/* Nobody maps so many bytes: nobody outside of the group does, either. */
static void add_frames(struct group_row *row, uint64_t bytes)
{
	row->frames.frames += bytes;
	row->frames.unique += bytes;
}

static int add_unmapped(struct group_rows *rows, const struct object *object, uint64_t *unmapped)
{
	struct group_row *row;

	if (object->measured && !(object->present + object->swap))
		return 0;
	row = find_row(rows, object->text);
	if (!row)
		return -ENOMEM;
	row->knows_frames = object->measured;
	row->sum[GROUP_SWAP] = object->swap;
	row->unknown |= object->measured ? 0 : 1u << GROUP_SWAP;
	add_frames(row, object->present);
	*unmapped += object->present;
	return 0;
}

/*
 * Of the frames of the row some may be private copies, as many as its areas have anonymous memory; where processes
 * share copies, they are less.  With a second key the object has no row of its own for what is left.
 */
static int add_rest(struct group_rows *rows, const struct object *object, uint64_t *unmapped)
{
	struct group_row *row = rows->by.nr == 1 ? find_row(rows, object->text) : NULL;
	uint64_t mapped, copies;

	if (!row)
		return rows->by.nr == 1 ? -ENOMEM : 0;
	copies = object->anonymous < row->frames.frames ? object->anonymous : row->frames.frames;
	mapped = row->frames.frames - copies;
	if (!row->knows_frames || !object->measured || object->present <= mapped)
		return 0;
	add_frames(row, object->present - mapped);
	*unmapped += object->present - mapped;
	return 0;
}

/* Of those whose size is not known nothing is known of what is left, either. */
static int add_unknown(struct group_rows *rows, const struct objects *objects, uint64_t shmem, uint64_t *unmapped)
{
	bool known = true;
	struct group_row *row = find_row(rows, "unknown");

	if (!row)
		return -ENOMEM;
	for (size_t i = 0; i < objects->nr; i++) {
		const struct object *object = objects->list[i];

		if (object->id.kind == OBJECT_HUGETLB)
			continue;
		known &= object->measured;
		shmem -= object->present < shmem ? object->present : shmem;
	}
	row->knows_frames = known;
	if (!known)
		return 0;
	add_frames(row, shmem);
	*unmapped += shmem;
	return 0;
}

int group_objects_add(struct group_rows *rows, const struct objects *objects, uint64_t shmem, uint64_t *unmapped)
{
	int ret = 0;

	*unmapped = 0;
	for (size_t i = 0; !ret && i < objects->nr; i++)
		ret = objects->list[i]->mapped ? add_rest(rows, objects->list[i], unmapped) :
		      add_unmapped(rows, objects->list[i], unmapped);
	if (!ret)
		ret = add_unknown(rows, objects, shmem, unmapped);
	add_frames(&rows->total, *unmapped);
	return ret;
}
