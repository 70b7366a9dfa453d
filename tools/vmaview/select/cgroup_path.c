// SPDX-License-Identifier: GPL-2.0
/* cgroup_path.c - in: a word and /proc/self/mountinfo; out: the path of a cgroup of version 2. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "select/cgroup_path.h"

/* What is mounted where, as far as it concerns a word. */
struct mounts {
	char *second;		/* of the mounts of version 2 that it is below the innermost; NULL: of none */
	char *root;		/* the cgroup that is mounted there: not always the first of all */
	bool below_first;	/* it is below a hierarchy of version 1 */
};

/* What of @word is below @folder, with its / before it; NULL: it is not. */
static const char *below(const char *word, const char *folder)
{
	size_t length = strlen(folder);

	if (strncmp(word, folder, length))
		return NULL;
	return !word[length] || word[length] == '/' ? word + length : NULL;
}

/* Blanks and the like are octal in /proc/self/mountinfo. */
static void unescape(char *text)
{
	char *out = text;

	for (; *text; out++) {
		unsigned int byte;

		if (sscanf(text, "\\%3o", &byte) == 1) {
			*out = byte;
			text += 4;
		} else {
			*out = *text++;
		}
	}
	*out = '\0';
}

static void replace(char **text, const char *by)
{
	free(*text);
	*text = strdup(by);
}

/* "41 31 0:38 ROOT FOLDER rw,relatime ... - TYPE SOURCE rw" */
static void take_mount(struct mounts *mounts, char *line, const char *word)
{
	char *type = strstr(line, " - "), *root, *folder, *rest;

	for (int field = 0; field < 3; field++)
		strtok_r(field ? NULL : line, " ", &rest);
	root = strtok_r(NULL, " ", &rest);
	folder = strtok_r(NULL, " ", &rest);
	if (!type || !root || !folder)
		return;
	unescape(root);
	unescape(folder);
	if (!below(word, strcmp(folder, "/") ? folder : ""))
		return;
	if (!strncmp(type + 3, "cgroup2 ", 8)) {
		if (mounts->second && strlen(folder) < strlen(mounts->second))
			return;
		replace(&mounts->second, folder);
		replace(&mounts->root, strcmp(root, "/") ? root : "");
	} else if (!strncmp(type + 3, "cgroup ", 7)) {
		mounts->below_first = true;
	}
}

static void read_mounts(struct mounts *mounts, const char *word)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	char *line = NULL;
	size_t room = 0;

	*mounts = (struct mounts){ .second = NULL };
	while (file && getline(&line, &room, file) > 0)
		take_mount(mounts, line, word);
	free(line);
	if (file)
		fclose(file);
}

/* Without a / at its end. */
static char *join(const char *root, const char *path)
{
	size_t length;
	char *joined;

	if (asprintf(&joined, "%s%s", root ? root : "", path) < 0)
		return NULL;
	for (length = strlen(joined); length && joined[length - 1] == '/';)
		joined[--length] = '\0';
	return joined;
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
		*path = join(rest ? mounts.root : NULL, rest ? rest : word);
	free(mounts.second);
	free(mounts.root);
	return *why ? -EINVAL : 0;
}
