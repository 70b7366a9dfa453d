// SPDX-License-Identifier: GPL-2.0
/* pmap_witness.c - in: the output of pmap -x; out: areas with what it says, and no more. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "verbs/verify/pmap_witness.h"

extern char **environ;

/* Its stdout is ours to read; what it says on stderr is no news: 0 and its PID, or -errno. */
static int start_pmap(const char *pid, int *output, pid_t *child)
{
	char *const argv[] = { "pmap", "-x", (char *)pid, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], ret;

	if (pipe(ends))
		return -errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
	ret = posix_spawnp(child, "pmap", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (ret)
		close(ends[0]);
	*output = ends[0];
	return -ret;
}

/* "00007f0012345000     132      12      12 rw---   [ stack ]"; other lines are none of ours. */
static int take_line(struct process *process, const char *line)
{
	unsigned long long start, kbytes, rss, dirty;
	struct area *area;
	char mode[8];

	if (sscanf(line, "%16llx %llu %llu %llu %5s", &start, &kbytes, &rss, &dirty, mode) != 5 ||
	    strlen(mode) != 5)
		return 0;
	area = process_add_area(process);
	if (!area)
		return -ENOMEM;
	area->start = start;
	area->end = start + (kbytes << 10);
	area->gate = strstr(line, "ffffffffff600000 ") == line;
	memcpy(area->perms, mode, 3);
	area->perms[3] = mode[3] == 's' ? 's' : 'p';
	area_set(area, KEY_SIZE, kbytes << 10);
	area_set(area, KEY_RSS, rss << 10);
	area_set(area, KEY_PRIVATE_DIRTY, dirty << 10);
	area_set(area, KEY_SHARED_DIRTY, 0);
	return 0;
}

static int take_output(struct process *process, int output)
{
	FILE *text = fdopen(output, "r");
	char *line = NULL;
	size_t room = 0;
	int ret = 0;

	if (!text) {
		close(output);
		return -ENOMEM;
	}
	/* The first line is PID and command, which may look like anything. */
	if (getline(&line, &room, text) > 0)
		while (!ret && getline(&line, &room, text) > 0)
			ret = take_line(process, line);
	free(line);
	fclose(text);
	return ret;
}

int pmap_witness_read(struct process *process, const char *pid)
{
	pid_t child;
	int output = -1, status;
	int ret = start_pmap(pid, &output, &child);

	if (ret)
		return ret;
	ret = take_output(process, output);
	if (waitpid(child, &status, 0) < 0 || status)
		ret = ret ? ret : -EIO;
	return ret;
}
