// SPDX-License-Identifier: GPL-2.0
/*
 * identity.c - in: a process; out: what it belongs to, in words.
 *
 * Texts are kept as they are: what libproc2 gives of them is meant for a terminal.  Users' names are, too.
 */
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc/identity.h"

/* /proc/PID/comm, which ends with a newline of its own. */
static char *read_name(pid_t pid)
{
	char path[32], name[256];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	length = read(fd, name, sizeof(name));
	close(fd);
	return length > 0 ? strndup(name, length - 1) : NULL;
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

/* Whose /proc/PID is, unlike the files in it, is always who is effective. */
static bool read_uid(pid_t pid, uid_t *uid)
{
	struct stat status;
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (stat(path, &status))
		return false;
	*uid = status.st_uid;
	return true;
}

static char *name_user(uid_t uid)
{
	const struct passwd *entry = getpwuid(uid);
	char *name = NULL;

	if (entry)
		return strdup(entry->pw_name);
	return asprintf(&name, "%lu", (unsigned long)uid) < 0 ? NULL : name;
}

static char *read_user(pid_t pid, uid_t *uid, const struct identity *other)
{
	if (!read_uid(pid, uid))
		return NULL;
	return other && other->user && other->uid == *uid ? strdup(other->user) : name_user(*uid);
}

void identity_read(struct identity *identity, unsigned int texts, const struct identity *other)
{
	if (texts & IDENTITY_NAME)
		identity->name = read_name(identity->pid);
	if (texts & IDENTITY_EXE)
		identity->exe = read_exe(identity->pid);
	if (texts & IDENTITY_CGROUP)
		identity->cgroup = read_cgroup(identity->pid);
	if (texts & IDENTITY_USER)
		identity->user = read_user(identity->pid, &identity->uid, other);
}

void identity_free(struct identity *identity)
{
	free(identity->name);
	free(identity->exe);
	free(identity->user);
	free(identity->cgroup);
}

static bool are_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

bool identity_is_same(const struct identity *a, const struct identity *b)
{
	return are_same(a->name, b->name) && are_same(a->exe, b->exe) && are_same(a->user, b->user) &&
	       are_same(a->cgroup, b->cgroup);
}
