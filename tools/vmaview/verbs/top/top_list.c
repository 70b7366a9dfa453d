// SPDX-License-Identifier: GPL-2.0
/* top_list.c - in: a frame, and which of its lines are wanted in what order; out: these. */
#include <errno.h>
#include <stdint.h>
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

/* One line of a tree: its place in the order that there is, or NOBODY, of the others. */
struct node {
	struct top_line *line;
	size_t parent;
	size_t child;		/* the first */
	size_t last;		/* and the last of them */
	size_t next;		/* child of the same parent */
	bool taken;
};

#define NOBODY SIZE_MAX

struct by_pid {
	pid_t pid;
	size_t node;
};

static int by_pid(const void *a, const void *b)
{
	const struct by_pid *one = a, *two = b;

	if (one->pid != two->pid)
		return one->pid < two->pid ? -1 : 1;
	return (one->node > two->node) - (one->node < two->node);
}

/* The first that has the PID; NOBODY. */
static size_t find(const struct by_pid *pids, size_t nr, pid_t pid)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pids[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < nr && pids[low].pid == pid ? pids[low].node : NOBODY;
}

/* Children of one parent stay in the order that they have. */
static void link_nodes(struct node *nodes, size_t nr, struct by_pid *pids)
{
	for (size_t i = 0; i < nr; i++)
		pids[i] = (struct by_pid){ process_of(nodes[i].line)->pid, i };
	qsort(pids, nr, sizeof(*pids), by_pid);
	for (size_t i = 0; i < nr; i++) {
		const struct top_process *process = process_of(nodes[i].line);
		size_t parent = process->parent == process->pid ? NOBODY : find(pids, nr, process->parent);

		nodes[i].parent = parent;
		if (parent == NOBODY)
			continue;
		if (nodes[parent].child == NOBODY)
			nodes[parent].child = i;
		else
			nodes[nodes[parent].last].next = i;
		nodes[parent].last = i;
	}
}

static void take(struct top_list *list, struct node *node, unsigned int depth)
{
	node->taken = true;
	node->line->cell.depth = depth;
	list->lines[list->nr++] = node->line;
}

/* The next child from here on that is not there yet: in a circle the one that it was opened at is. */
static size_t not_taken(const struct node *nodes, size_t at)
{
	while (at != NOBODY && nodes[at].taken)
		at = nodes[at].next;
	return at;
}

/* It, and all below it, each after its own parent, however deep they are. */
static void take_branch(struct top_list *list, struct node *nodes, size_t top)
{
	unsigned int depth = 0;
	size_t at = top, next;

	take(list, &nodes[top], 0);
	for (;;) {
		next = not_taken(nodes, nodes[at].child);
		for (; next == NOBODY && at != top; depth--) {
			next = not_taken(nodes, nodes[at].next);
			at = nodes[at].parent;
		}
		if (next == NOBODY)
			return;
		take(list, &nodes[next], ++depth);
		at = next;
	}
}

/* Eldest first, in the order that they have; a circle, which PIDs used again can make, is opened anywhere. */
static int make_tree(struct top_list *list)
{
	size_t nr = list->nr;
	struct node *nodes = calloc(nr + 1, sizeof(*nodes));
	struct by_pid *pids = calloc(nr + 1, sizeof(*pids));

	for (size_t i = 0; nodes && pids && i < nr; i++)
		nodes[i] = (struct node){ list->lines[i], NOBODY, NOBODY, NOBODY, NOBODY, false };
	if (nodes && pids) {
		link_nodes(nodes, nr, pids);
		list->nr = 0;
	}
	for (int circles = 0; nodes && pids && circles < 2; circles++)
		for (size_t i = 0; i < nr; i++)
			if (!nodes[i].taken && (circles || nodes[i].parent == NOBODY))
				take_branch(list, nodes, i);
	free(nodes);
	free(pids);
	return nodes && pids ? 0 : -ENOMEM;
}

int top_list_make(struct top_list *list, struct top_frame *frame, const struct top_order *order)
{
	*list = (struct top_list){ .lines = calloc(frame->nr + 1, sizeof(*list->lines)) };
	if (!list->lines)
		return -ENOMEM;
	for (size_t i = 0; i < frame->nr; i++) {
		struct top_line *line = &frame->lines[i];

		line->cell.depth = 0;
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
