// SPDX-License-Identifier: GPL-2.0
/* who.c - in: /proc/PID/status and task; out: a process, and a thread of it that has its memory. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/who.h"

struct status {
	pid_t process;
	pid_t parent;
	unsigned long threads;
	bool has_memory;	/* a zombie has none, nor has a kernel thread */
};

static void take_line(struct status *status, const char *line)
{
	if (!strncmp(line, "Tgid:", 5))
		status->process = strtol(line + 5, NULL, 10);
	else if (!strncmp(line, "PPid:", 5))
		status->parent = strtol(line + 5, NULL, 10);
	else if (!strncmp(line, "Threads:", 8))
		status->threads = strtoul(line + 8, NULL, 10);
	else if (!strncmp(line, "VmSize:", 7))
		status->has_memory = true;
}

static bool read_status(pid_t pid, struct status *status)
{
	char path[32], line[256], buffer[4096];
	FILE *file;

	*status = (struct status){ .process = 0 };
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	setvbuf(file, buffer, _IOFBF, sizeof(buffer));
	while (!status->threads && fgets(line, sizeof(line), file))	/* that line is the last of those that matter */
		take_line(status, line);
	fclose(file);
	return status->process;
}

static pid_t find_living(pid_t process)
{
	struct status status;
	struct dirent *entry;
	pid_t thread = 0;
	char path[32];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", process);
	dir = opendir(path);
	while (dir && !thread && (entry = readdir(dir))) {
		pid_t pid = strtol(entry->d_name, NULL, 10);

		if (pid > 0 && read_status(pid, &status) && status.process == process && status.has_memory)
			thread = pid;
	}
	if (dir)
		closedir(dir);
	return thread;
}

bool who_is(pid_t pid, struct who *who)
{
	struct status status;

	*who = (struct who){ .pid = 0 };
	if (!read_status(pid, &status) ||
	    (status.process != pid && !read_status(status.process, &status)))
		return false;
	who->pid = status.process;
	who->parent = status.parent;
	if (status.has_memory)
		who->thread = who->pid;
	else if (status.threads > 1)
		who->thread = find_living(who->pid);
	return true;
}
