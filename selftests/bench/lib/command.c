// SPDX-License-Identifier: GPL-2.0
/* command.c - a command in, its peak memory out. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "die.h"

#define OPTIONS_MAX 8

static pid_t spawn(char *argv[])
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int ret;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	ret = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (ret)
		die("%s: %s", argv[0], strerror(ret));
	return pid;
}

uint64_t command_run(const char *name, const char *option, pid_t pid)
{
	return command_run_with(name, (const char *[]){ option, NULL }, pid);
}

/* @last is the last word, NULL for none. */
static uint64_t run(const char *name, const char *const options[], char *last)
{
	char *argv[OPTIONS_MAX + 3] = { (char *)name };
	struct rusage usage;
	int status, nr = 1;

	for (; *options && nr <= OPTIONS_MAX; options++)
		argv[nr++] = (char *)*options;
	argv[nr] = last;
	if (wait4(spawn(argv), &status, 0, &usage) < 0)
		die("wait4: %s", strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		die("%s %s: failed, status %#x", name, last ? last : "", status);
	return usage.ru_maxrss;
}

uint64_t command_run_with(const char *name, const char *const options[], pid_t pid)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", pid);
	return run(name, options, number);
}

uint64_t command_run_alone(const char *name, const char *const options[])
{
	return run(name, options, NULL);
}
