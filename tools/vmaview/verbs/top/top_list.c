// SPDX-License-Identifier: GPL-2.0
/* top_list.c - in: a frame, and which of its lines are wanted in what order; out: these. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/top/top_list.h"

/* Equal ones by key. */
static int compare(const void *a, const void *b, void *argument)
{
	const struct top_line *line_a = *(void *const *)a, *line_b = *(void *const *)b;
	const struct top_order *order = argument;
	int ret = order->sort ? column_compare(order->sort, &line_a->cell, &line_b->cell) : 0;

	if (ret)
		return order->down ? -ret : ret;
	return (line_a->key > line_b->key) - (line_a->key < line_b->key);
}

static const struct top_process *process_of(const struct top_line *line)
{
	return line->cell.row;
}

/* Those below @parent, each after its own parent, as deep as they come; what is taken is NULL in @from. */
static void add_children(struct top_list *list, const struct top_line **from, size_t nr, const struct top_line *parent)
{
	for (size_t i = 0; i < nr; i++) {
		const struct top_line *line = from[i];

		if (!line || process_of(line)->parent != process_of(parent)->pid || line->key == parent->key)
			continue;
		from[i] = NULL;
		((struct top_process *)line->cell.row)->depth = process_of(parent)->depth + 1;
		list->lines[list->nr++] = line;
		add_children(list, from, nr, line);
	}
}

static bool has_parent(const struct top_line *const *lines, size_t nr, const struct top_line *child)
{
	for (size_t i = 0; i < nr; i++)
		if (lines[i] && lines[i] != child && process_of(lines[i])->pid == process_of(child)->parent)
			return true;
	return false;
}

/* Eldest first, in the order that they have; a circle, which PIDs used again can make, is opened anywhere. */
static int make_tree(struct top_list *list)
{
	size_t nr = list->nr;
	const struct top_line **from = calloc(nr + 1, sizeof(*from));

	if (!from)
		return -ENOMEM;
	memcpy(from, list->lines, nr * sizeof(*from));
	list->nr = 0;
	for (int circles = 0; circles < 2; circles++) {
		for (size_t i = 0; i < nr; i++) {
			const struct top_line *line = from[i];

			if (!line || (!circles && has_parent((const struct top_line *const *)from, nr, line)))
				continue;
			from[i] = NULL;
			((struct top_process *)line->cell.row)->depth = 0;
			list->lines[list->nr++] = line;
			add_children(list, from, nr, line);
		}
	}
	free(from);
	return 0;
}

int top_list_make(struct top_list *list, struct top_frame *frame, const struct top_order *order)
{
	*list = (struct top_list){ .lines = calloc(frame->nr + 1, sizeof(*list->lines)) };
	if (!list->lines)
		return -ENOMEM;
	for (size_t i = 0; i < frame->nr; i++) {
		const struct top_line *line = &frame->lines[i];

		if (frame->level == TOP_PROCESSES)
			((struct top_process *)line->cell.row)->depth = 0;
		if (!order->filter || filter_holds(order->filter, &line->cell))
			list->lines[list->nr++] = line;
	}
	qsort_r(list->lines, list->nr, sizeof(*list->lines), compare, (void *)order);
	return order->tree && frame->level == TOP_PROCESSES ? make_tree(list) : 0;
}

void top_list_free(struct top_list *list)
{
	free(list->lines);
	*list = (struct top_list){ .lines = NULL };
}
