// SPDX-License-Identifier: GPL-2.0
/*
 * setting.c - the old values lie in memory that the program shares with the processes of its tests, so they
 * come back even when a test dies.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "result.h"
#include "setting.h"

struct saved {
	void (*undo)(void);	/* instead of a file; the code is the same in both processes */
	char path[128];
	char value[128];
};

struct saved_list {
	unsigned int nr;
	struct saved saved[64];
};

static struct saved_list *list;
static pid_t maker;

/* Before main(), so that every fork shares it. */
static __attribute__((constructor)) void setting_init(void)
{
	list = mmap(NULL, sizeof(*list), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (list == MAP_FAILED)
		list = NULL;
	maker = getpid();
}

bool setting_put(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), saved;
	ssize_t done;

	if (fd < 0)
		return false;
	done = write(fd, value, strlen(value));
	saved = errno;
	close(fd);
	errno = saved;
	return done == (ssize_t)strlen(value);
}

const char *setting_get(const char *path)
{
	static char line[256];
	char *open_mark, *close_mark;
	FILE *file = fopen(path, "re");

	if (!file)
		return NULL;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	line[strcspn(line, "\n")] = '\0';
	open_mark = strchr(line, '[');
	close_mark = open_mark ? strchr(open_mark, ']') : NULL;
	if (!close_mark)
		return line;
	*close_mark = '\0';
	return open_mark + 1;
}

static struct saved *add(void)
{
	if (!list || list->nr == ARRAY_SIZE(list->saved))
		die("no room to remember what to put back");
	return memset(&list->saved[list->nr], 0, sizeof(struct saved));
}

bool setting(const char *path, const char *value)
{
	const char *old = setting_get(path);
	struct saved *saved;

	if (!old)
		return false;
	saved = add();
	snprintf(saved->path, sizeof(saved->path), "%s", path);
	snprintf(saved->value, sizeof(saved->value), "%s", old);
	list->nr++;
	return setting_put(path, value);
}

void setting_undo(void (*undo)(void))
{
	add()->undo = undo;
	list->nr++;
}

void setting_restore(void)
{
	while (list && list->nr) {
		struct saved *saved = &list->saved[--list->nr];

		if (saved->undo)
			saved->undo();
		else if (!setting_put(saved->path, saved->value))
			note("%s stays changed: %s", saved->path, strerror(errno));
	}
}

/* What the last test changed. */
static __attribute__((destructor)) void setting_end(void)
{
	if (getpid() == maker)
		setting_restore();
}
