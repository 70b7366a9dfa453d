// SPDX-License-Identifier: GPL-2.0
/* group_add.c - in: processes one by one, those of a family in succession; out: the rows of their groups. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/group_add.h"
#include "vmaview/kind.h"

int group_add_init(struct group_add *add, struct group_rows *rows)
{
	*add = (struct group_add){ .rows = rows, .frames = frame_count_new() };
	return add->frames ? 0 : -ENOMEM;
}

static void forget(void *space)
{
	(void)space;
}

void group_add_free(struct group_add *add)
{
	frame_count_free(add->frames);
	tdestroy(add->spaces, forget);
	free(add->last_family);
}

/* The numbers themselves are the keys. */
static int by_value(const void *a, const void *b)
{
	return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

bool group_add_knows_space(struct group_add *add, uint64_t space)
{
	const void *key = (const void *)(uintptr_t)space;

	if (tfind(key, &add->spaces, by_value))
		return true;
	tsearch(key, &add->spaces, by_value);	/* without memory it is counted again when it comes again */
	return false;
}

/* What the keys are of an area: UINT32_MAX without memory. */
static uint32_t find_row(struct group_add *add, const struct group_member *member, const struct process *process,
			 size_t index)
{
	const struct group_by *by = &add->rows->by;
	char text[GROUP_BY_MAX][GROUP_TEXT_MAX];
	const char *values[GROUP_BY_MAX];

	for (size_t i = 0; i < by->nr; i++)
		values[i] = group_key_is_of_area(by->key[i]) ?
			    group_of_area(by, by->key[i], process, index, text[i]) :
			    group_of_process(by->key[i], member->identity, member->tree, text[i]);
	return group_rows_find(add->rows, values);
}

static int add_frames(struct group_add *add, const struct mapper *mapper, const struct process *process, size_t index)
{
	size_t at = index ? process->areas[index - 1].frames_end : 0, end = process->areas[index].frames_end;

	if (kind_is_vdso(&process->areas[index]) || at >= end)
		return 0;
	return frame_count_add_words(add->frames, mapper, process->frames + at, end - at);
}

/* Once in its group, and once in all. */
static int add_place(struct group_add *add, uint32_t row, const struct area_place *place)
{
	int ret = place ? group_row_add_place(&add->rows->rows[row], place) : 0;

	return ret || !place ? ret : group_row_add_place(&add->rows->total, place);
}

static int add_area(struct group_add *add, uint32_t row, const struct process *process, size_t index)
{
	const struct mapper mapper = { .group = row, .family = add->family, .process = add->process };
	int ret = add_place(add, row, process->areas[index].place);

	if (ret)
		return ret;

	group_row_add_process(&add->rows->rows[row], add->process);
	group_row_add_area(&add->rows->rows[row], &process->areas[index], group_by_areas(&add->rows->by));
	group_row_add_area(&add->rows->total, &process->areas[index], false);
	return add_frames(add, &mapper, process, index);
}

static void add_tables(struct group_add *add, uint32_t row, const struct process *process)
{
	int64_t bytes = process->mm_known >> MM_PGTABLES & 1 ? (int64_t)process->mm[MM_PGTABLES] : -1;

	group_row_add_tables(&add->rows->total, bytes);
	if (!group_by_areas(&add->rows->by))
		group_row_add_tables(&add->rows->rows[row], bytes);
}

static int enter_family(struct group_add *add, const char *family)
{
	if (add->last_family && !strcmp(add->last_family, family))
		return 0;
	if (add->last_family)
		add->family++;
	free(add->last_family);
	add->last_family = strdup(family);
	return add->last_family ? 0 : -ENOMEM;
}

int group_add_process(struct group_add *add, const struct group_member *member, const struct process *process)
{
	bool areas = group_by_areas(&add->rows->by);
	uint32_t row = areas ? 0 : find_row(add, member, process, 0);
	int ret = row == UINT32_MAX ? -ENOMEM : enter_family(add, member->family);

	add->no_frames |= !process->has_runs;
	add->page_size = process->page_size;
	for (size_t i = 0; !ret && i < process->nr_areas; i++) {
		if (areas)
			row = find_row(add, member, process, i);
		ret = row == UINT32_MAX ? -ENOMEM : add_area(add, row, process, i);
	}
	if (ret)
		return ret;
	if (!areas)
		group_row_add_process(&add->rows->rows[row], add->process);
	group_row_add_process(&add->rows->total, add->process);
	add_tables(add, row, process);
	add->process++;
	return 0;
}

static void set_frames(struct group_row *row, const struct frame_sums *frames, const struct group_add *add)
{
	row->knows_frames = !add->no_frames;
	row->frames.frames = frames->frames * add->page_size;
	row->frames.unique = frames->unique * add->page_size;
	row->frames.inside = frames->inside * add->page_size;
}

int group_add_end(struct group_add *add)
{
	struct frame_sums *sums = calloc(add->rows->nr + 1, sizeof(*sums)), all;

	if (!sums)
		return -ENOMEM;
	frame_count_sums(add->frames, sums, add->rows->nr, &all);
	for (uint32_t i = 0; i < add->rows->nr; i++)
		set_frames(&add->rows->rows[i], &sums[i], add);
	set_frames(&add->rows->total, &all, add);
	free(sums);
	return 0;
}
