// SPDX-License-Identifier: GPL-2.0
/* tree.c - in: /proc/PID/status of every process; out: a process and its descendants. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/tree.h"
#include "proc/who.h"

struct rows {
	struct who *row;
	size_t nr;
	size_t room;
};

pid_t tree_parent(pid_t pid)
{
	struct who who;

	return who_is(pid, &who) ? who.parent : 0;
}

bool tree_has_memory(pid_t pid)
{
	struct who who;

	return who_is(pid, &who) && who.thread;
}

static int add(struct rows *rows, const struct who *row)
{
	if (rows->nr == rows->room) {
		size_t room = rows->room ? 2 * rows->room : 256;
		struct who *more = reallocarray(rows->row, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		rows->row = more;
		rows->room = room;
	}
	rows->row[rows->nr++] = *row;
	return 0;
}

static int read_all(struct rows *rows)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int ret = 0;

	if (!proc)
		return -errno;
	while (!ret && (entry = readdir(proc))) {
		struct who row;

		/* One that is gone by now had no children that are left to it. */
		if (isdigit((unsigned char)*entry->d_name) && who_is(strtol(entry->d_name, NULL, 10), &row))
			ret = add(rows, &row);
	}
	closedir(proc);
	return ret;
}

/* The children of the first, of the second, ...: found when it is their turn. */
static void collect(const struct rows *rows, pid_t root, pid_t *pids, size_t *nr)
{
	*nr = 1;
	pids[0] = root;
	for (size_t done = 0; done < *nr; done++)
		for (size_t i = 0; i < rows->nr; i++)
			if (rows->row[i].parent == pids[done] && rows->row[i].pid != root)
				pids[(*nr)++] = rows->row[i].pid;
}

static const struct who *find(const struct rows *rows, pid_t pid)
{
	for (size_t i = 0; i < rows->nr; i++)
		if (rows->row[i].pid == pid)
			return &rows->row[i];
	return NULL;
}

int tree_descendants(pid_t root, pid_t **pids, size_t *nr)
{
	struct rows rows = { .row = NULL };
	int ret = read_all(&rows);
	size_t kept = 1;

	*pids = NULL;
	*nr = 0;
	if (!ret && !find(&rows, root))
		ret = -ENOENT;
	if (!ret)
		*pids = calloc(rows.nr + 1, sizeof(**pids));
	if (!ret && !*pids)
		ret = -ENOMEM;
	if (!ret) {
		collect(&rows, root, *pids, nr);
		for (size_t i = 1; i < *nr; i++)	/* the root is what was asked for, whatever it is */
			if (find(&rows, (*pids)[i])->thread)
				(*pids)[kept++] = (*pids)[i];
		*nr = kept;
	}
	free(rows.row);
	return ret;
}
