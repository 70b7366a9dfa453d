// SPDX-License-Identifier: GPL-2.0
/* pmap_witness.c - in: the output of pmap -x; out: areas with what it says, and no more. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/maps_line.h"
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

/* What pmap says, as it comes, beside the areas that there are. */
struct testimony {
	struct process *process;
	const struct process *ours;
	size_t next;			/* of our areas, the first that has had no row yet */
};

/* "00007f0012345000     132      12      12 rw---   [ stack ]"; other lines are none of ours. */
static bool read_row(const char *line, struct area *area)
{
	unsigned long long start, kbytes, rss, dirty;
	char mode[8];

	if (sscanf(line, "%16llx %llu %llu %llu %5s", &start, &kbytes, &rss, &dirty, mode) != 5 ||
	    strlen(mode) != 5)
		return false;
	*area = (struct area){ .start = start, .end = start + (kbytes << 10), .name = "" };
	area->gate = strstr(line, "ffffffffff600000 ") == line;
	memcpy(area->perms, mode, 3);
	area->perms[3] = mode[3] == 's' ? 's' : 'p';
	area_set(area, KEY_SIZE, kbytes << 10);
	area_set(area, KEY_RSS, rss << 10);
	area_set(area, KEY_PRIVATE_DIRTY, dirty << 10);
	area_set(area, KEY_SHARED_DIRTY, 0);
	return true;
}

/*
 * The row of an area whose line of smaps pmap reads in pieces has whatever the last of them looked like,
 * another area's numbers even: only its place among the rows says whose it is.
 */
static bool is_made_up(struct testimony *testimony, const struct area *row)
{
	const struct process *ours = testimony->ours;

	for (; testimony->next < ours->nr_areas; testimony->next++) {
		const struct area *area = &ours->areas[testimony->next];
		bool in_pieces = maps_line_in_pieces(area);

		if (in_pieces || area->start >= row->start) {
			testimony->next += in_pieces || area->start == row->start;
			return in_pieces;
		}
	}
	return false;
}

static int take_line(struct testimony *testimony, const char *line)
{
	struct area row, *area;

	if (!read_row(line, &row) || is_made_up(testimony, &row))
		return 0;
	area = process_add_area(testimony->process);
	if (!area)
		return -ENOMEM;
	*area = row;
	return 0;
}

static int take_output(struct testimony *testimony, int output)
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
			ret = take_line(testimony, line);
	free(line);
	fclose(text);
	return ret;
}

int pmap_witness_read(struct process *process, const char *pid, const struct process *ours)
{
	struct testimony testimony = { .process = process, .ours = ours };
	int output = -1, status;
	pid_t child = -1;
	int ret = start_pmap(pid, &output, &child);

	if (ret)
		return ret;
	ret = take_output(&testimony, output);
	if (waitpid(child, &status, 0) < 0 || status)
		ret = ret ? ret : -EIO;
	return ret;
}
