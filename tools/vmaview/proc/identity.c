// SPDX-License-Identifier: GPL-2.0
/*
 * identity.c - out: all processes of this machine, and what each of them belongs to.
 *
 * Texts are kept as they are: what libproc2 gives of them is meant for a terminal.  Users' names are, too.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libproc2/pids.h>

#include "proc/identity.h"

#define PF_KTHREAD 0x00200000	/* include/linux/sched.h; field 9 of /proc/PID/stat */

enum { AT_TGID, AT_PPID, AT_SESSION, AT_FLAGS, AT_EUSER, AT_NR };

static enum pids_item items[AT_NR] = {
	[AT_TGID] = PIDS_ID_TGID,
	[AT_PPID] = PIDS_ID_PPID,
	[AT_SESSION] = PIDS_ID_SESSION,
	[AT_FLAGS] = PIDS_FLAGS,
	[AT_EUSER] = PIDS_ID_EUSER,
};

static int take(struct identity *row, const struct pids_result *result)
{
	*row = (struct identity){
		.pid = result[AT_TGID].result.s_int,
		.parent = result[AT_PPID].result.s_int,
		.session = result[AT_SESSION].result.s_int,
		.user = strdup(result[AT_EUSER].result.str),
	};
	return row->user ? 0 : -ENOMEM;
}

static int by_pid(const void *a, const void *b)
{
	const struct identity *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

static int take_all(const struct pids_fetch *fetch, struct identity **rows, size_t *nr)
{
	int ret = 0;

	*rows = calloc(fetch->counts->total + 1, sizeof(**rows));
	if (!*rows)
		return -ENOMEM;
	for (int i = 0; !ret && i < fetch->counts->total; i++) {
		const struct pids_result *result = fetch->stacks[i]->head;

		if (!(result[AT_FLAGS].result.ul_int & PF_KTHREAD))
			ret = take(&(*rows)[(*nr)++], result);
	}
	qsort(*rows, *nr, sizeof(**rows), by_pid);
	return ret;
}

int identities_read(struct identity **rows, size_t *nr)
{
	struct pids_info *info = NULL;
	struct pids_fetch *fetch;
	int ret;

	*rows = NULL;
	*nr = 0;
	ret = procps_pids_new(&info, items, AT_NR);
	if (ret)
		return ret;
	fetch = procps_pids_reap(info, PIDS_FETCH_TASKS_ONLY);
	ret = fetch ? take_all(fetch, rows, nr) : -EIO;
	procps_pids_unref(&info);
	return ret;
}

void identities_free(struct identity *rows, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(rows[i].name);
		free(rows[i].exe);
		free(rows[i].user);
		free(rows[i].cgroup);
	}
	free(rows);
}

struct identity *identity_find(struct identity *rows, size_t nr, pid_t pid)
{
	struct identity key = { .pid = pid };

	return bsearch(&key, rows, nr, sizeof(*rows), by_pid);
}

/* /proc/PID/comm, which ends with a newline of its own. */
static char *read_name(pid_t pid)
{
	char path[32], name[256];
	char *copy = NULL;
	size_t length;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	file = fopen(path, "re");
	if (!file)
		return NULL;
	length = fread(name, 1, sizeof(name), file);
	fclose(file);
	if (length)
		copy = strndup(name, length - 1);
	return copy;
}

static char *read_exe(pid_t pid)
{
	char path[32], name[PATH_MAX + 16];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	length = readlink(path, name, sizeof(name));
	return length > 0 && length < (ssize_t)sizeof(name) ? strndup(name, length) : NULL;
}

/* The line "0::/path", that of version 2; a path may have colons of its own. */
static char *read_cgroup(pid_t pid)
{
	char path[32], *line = NULL, *copy = NULL;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	file = fopen(path, "re");
	if (!file)
		return NULL;
	while (!copy && getline(&line, &room, file) > 0)
		if (!strncmp(line, "0::", 3))
			copy = strndup(line + 3, strcspn(line + 3, "\n"));
	free(line);
	fclose(file);
	return copy;
}

void identity_add(struct identity *row, unsigned int texts)
{
	if (texts & IDENTITY_NAME && !row->name)
		row->name = read_name(row->pid);
	if (texts & IDENTITY_EXE && !row->exe)
		row->exe = read_exe(row->pid);
	if (texts & IDENTITY_CGROUP && !row->cgroup)
		row->cgroup = read_cgroup(row->pid);
}
