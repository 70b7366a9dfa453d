// SPDX-License-Identifier: GPL-2.0
/* cgroup_path.c - in: a word and /proc/self/mounts; out: the path of a cgroup of version 2. */
#include <errno.h>
#include <mntent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "select/cgroup_path.h"

/* What is mounted where, as far as it concerns @word. */
struct mounts {
	char *second;		/* where version 2 is; NULL: nowhere */
	bool below_first;	/* @word is below a hierarchy of version 1 */
};

/* What of @word is below @folder, with its / before it; NULL: it is not. */
static const char *below(const char *word, const char *folder)
{
	size_t length = strlen(folder);

	if (strncmp(word, folder, length))
		return NULL;
	return !word[length] || word[length] == '/' ? word + length : NULL;
}

static void read_mounts(struct mounts *mounts, const char *word)
{
	FILE *file = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;

	*mounts = (struct mounts){ .second = NULL };
	while (file && (mount = getmntent(file))) {
		if (!strcmp(mount->mnt_type, "cgroup2") && !mounts->second)
			mounts->second = strdup(mount->mnt_dir);
		else if (!strcmp(mount->mnt_type, "cgroup") && below(word, mount->mnt_dir))
			mounts->below_first = true;
	}
	if (file)
		endmntent(file);
}

/* Without a / at its end. */
static char *keep(const char *path)
{
	size_t length = strlen(path);

	while (length && path[length - 1] == '/')
		length--;
	return strndup(path, length);
}

int cgroup_path(const char *word, char **path, const char **why)
{
	struct mounts mounts;
	const char *rest;

	*path = NULL;
	*why = NULL;
	read_mounts(&mounts, word);
	rest = mounts.second ? below(word, mounts.second) : NULL;
	if (*word != '/')
		*why = "it is the path of /proc/PID/cgroup, or that of its folder, and begins with a /";
	else if (!rest && mounts.below_first)
		*why = "it is of version 1; --cgroup takes those of version 2, as the line 0:: of /proc/PID/cgroup";
	if (!*why)
		*path = keep(rest ? rest : word);
	free(mounts.second);
	return *why ? -EINVAL : 0;
}
