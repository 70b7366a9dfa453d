// SPDX-License-Identifier: GPL-2.0
/* command.c - run a program, wait, and have all that it said. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "result.h"
#include <sys/mman.h>

/* In memory, so that the program never waits for a reader. */
static int open_memory(void)
{
	int fd = memfd_create("command", MFD_CLOEXEC);

	if (fd < 0)
		die("memfd_create: %s", strerror(errno));
	return fd;
}

static void take(int fd, struct bytes *out)
{
	if (lseek(fd, 0, SEEK_SET) || slurp_fd(fd, 65536, out))
		die("cannot read what a command said");
	close(fd);
}

static _Noreturn void become(const struct command *command, char *const argv[], int out, int err)
{
	int null = open("/dev/null", O_RDONLY);

	if (command->stdout_to)
		out = open(command->stdout_to, O_WRONLY);
	if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	if (command->drop >= 0 && prctl(PR_CAPBSET_DROP, command->drop))
		_exit(126);
	if (command->uid && (setgid(command->uid) || setuid(command->uid)))
		_exit(126);
	execv(command->program, argv);
	_exit(127);
}

void command_run(const struct command *command, char *const argv[], struct command_result *result)
{
	int out = open_memory(), err = open_memory(), status;
	pid_t pid = fork();

	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (!pid)
		become(command, argv, out, err);
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid: %s", strerror(errno));
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (result->status == 126 || result->status == 127)
		die("cannot run %s", command->program);
	take(out, &result->out);
	take(err, &result->err);
}

void command_free(struct command_result *result)
{
	bytes_free(&result->out);
	bytes_free(&result->err);
}
