// SPDX-License-Identifier: GPL-2.0
/* child.c - children that do as told, one step at a time. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "proc.h"
#include "result.h"
#include "scene.h"
#include "slurp.h"

/* Of the process that child_ready() is called in. */
static int wait_fd = -1, tell_fd = -1;

void child_ready(void)
{
	char byte = 'r';

	fflush(stdout);
	if (write(tell_fd, &byte, 1) != 1 || read(wait_fd, &byte, 1) != 1)
		_exit(9);	/* the test is gone */
}

static void *sleep_on(void *said)
{
	char frame[3 * PAGE];
	pid_t self = gettid();

	scene_write(frame, 3);
	if (write(*(int *)said, &self, sizeof(self)) != sizeof(self))
		_exit(9);
	for (;;)
		pause();
	return said;
}

void child_sleepers(unsigned int nr)
{
	pthread_t thread;
	pid_t tid;
	int said[2];

	if (pipe2(said, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	for (unsigned int i = 0; i < nr; i++) {
		if (pthread_create(&thread, NULL, sleep_on, &said[1]) ||
		    read(said[0], &tid, sizeof(tid)) != sizeof(tid) || !proc_await(tid, 'S'))
			die("thread %u does not fall asleep", i);
	}
	close(said[0]);
	close(said[1]);
}

/* Ready means: said so, and asleep until the next step. */
static bool await_ready(struct child *child)
{
	char byte;
	ssize_t got;

	do {
		got = read(child->from, &byte, 1);
	} while (got < 0 && errno == EINTR);
	return got == 1 && proc_await(child->pid, 'S');
}

void child_start(struct child *child, int (*run)(void *arg), void *arg)
{
	int to[2], from[2];

	fflush(stdout);
	if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	child->pid = fork();
	if (child->pid < 0)
		die("fork: %s", strerror(errno));
	if (!child->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(to[1]);
		close(from[0]);
		wait_fd = to[0];
		tell_fd = from[1];
		_exit(run(arg));
	}
	close(to[0]);
	close(from[1]);
	child->to = to[1];
	child->from = from[0];
	await_ready(child);
}

bool child_step(struct child *child)
{
	if (write(child->to, "g", 1) != 1)
		return false;
	return await_ready(child);
}

static int reap(struct child *child)
{
	int status = -1;

	close(child->to);
	close(child->from);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

int child_end(struct child *child)
{
	while (child_step(child))
		;
	return reap(child);
}

void child_kill(struct child *child)
{
	kill(child->pid, SIGKILL);
	reap(child);
}

pid_t child_zombie(void)
{
	pid_t pid = fork();
	siginfo_t info;

	if (!pid)
		_exit(0);
	waitid(P_PID, pid, &info, WEXITED | WNOWAIT);
	return pid;
}

void child_await_program(pid_t pid, const char *comm)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	for (int tries = 0; tries < 5000; tries++) {
		struct bytes text;
		bool is = !slurp(path, &text) && !strncmp(text.data, comm, strlen(comm));

		bytes_free(&text);
		if (is)
			return;
		usleep(1000);	/* polling: exec() has no event for its parent */
	}
	die("pid %d never became %s", pid, comm);
}

static int become_sleep(void *arg)
{
	(void)arg;
	child_ready();
	execl("/bin/sleep", "sleep", "1000", NULL);
	return 127;
}

void child_start_program(struct child *child)
{
	child_start(child, become_sleep, NULL);
	if (write(child->to, "g", 1) != 1)
		die("the child is gone");
	child_await_program(child->pid, "sleep");
	proc_await(child->pid, 'S');
}
