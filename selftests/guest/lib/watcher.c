// SPDX-License-Identifier: GPL-2.0
/* watcher.c - starts `vmaview faults`, waits until it watches, and reads what it saw. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "result.h"
#include "scene.h"
#include "watcher.h"

static _Noreturn void become(char *const argv[], const int *out, const int *err)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(out[1], 1) < 0 || dup2(err[1], 2) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

/* Newer machines have no call of that name, and libc calls the one that they have. */
#ifndef SYS_poll
#define SYS_poll SYS_ppoll
#endif

/* It calls poll() only where all is set up, and then sleeps there. */
static void await_poll(const struct watcher *watcher)
{
	char path[32], number[16];
	struct bytes text;

	snprintf(path, sizeof(path), "/proc/%d/syscall", watcher->pid);
	snprintf(number, sizeof(number), "%d ", SYS_poll);
	for (int tries = 0; tries < 20000; tries++) {
		bool polls = !slurp(path, &text) && !strncmp(text.data, number, strlen(number));

		bytes_free(&text);
		if (polls)
			return;
		usleep(1000);	/* polling: what another process waits for has no event */
	}
	die("vmaview faults never watched");
}

void watcher_start(struct watcher *watcher, pid_t pid, char *const argv[])
{
	char *with_pid[16] = { NULL }, number[16];
	int out[2], err[2];
	size_t nr = 0;

	while (argv[nr]) {
		with_pid[nr] = argv[nr];
		nr++;
	}
	snprintf(number, sizeof(number), "%d", pid);
	with_pid[nr] = number;
	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	watcher->pid = fork();
	if (watcher->pid < 0)
		die("fork: %s", strerror(errno));
	if (!watcher->pid)
		become(with_pid, out, err);
	close(out[1]);
	close(err[1]);
	watcher->out = out[0];
	watcher->err = err[0];
	await_poll(watcher);
}

void watcher_start_stream(struct watcher *watcher, pid_t pid)
{
	static char *const argv[] = {
		"vmaview", "faults", "--stream", "-n", "-o", "At,Kind,Access,Latency,Address", NULL,
	};

	watcher_start(watcher, pid, argv);
}

void watcher_stop(struct watcher *watcher, int signal, struct watched *seen)
{
	int status;

	if (signal)
		kill(watcher->pid, signal);
	slurp_fd(watcher->out, 4096, &seen->out);
	slurp_fd(watcher->err, 4096, &seen->err);
	close(watcher->out);
	close(watcher->err);
	while (waitpid(watcher->pid, &status, 0) < 0 && errno == EINTR)
		;
	seen->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (seen->err.len)
		note("stderr: %s", seen->err.data);
}

struct line {
	unsigned long long at;
	char kind[32];
	char access[32];
	char latency[32];
};

/* The line that @text points to; moves on to the next. */
static bool next_line(const char **text, struct line *line)
{
	const char *end = strchr(*text, '\n');

	if (!end)
		return false;
	if (sscanf(*text, "%llx %31s %31s %31s", &line->at, line->kind, line->access,
		   line->latency) != 4)
		die("what line is \"%.*s\"?", (int)(end - *text), *text);
	*text = end + 1;
	return true;
}

unsigned int watched_count(const struct watched *seen, const void *addr, size_t len,
			   const char *kind, const char *access)
{
	const char *text = seen->out.data;
	unsigned int nr = 0;
	struct line line;

	while (next_line(&text, &line))
		nr += line.at - (uintptr_t)addr < len && (!kind || !strcmp(line.kind, kind)) &&
		      (!access || !strcmp(line.access, access));
	return nr;
}

uint64_t watched_latency(const struct watched *seen, const void *addr)
{
	const char *text = seen->out.data;
	uint64_t latency = 0;
	struct line line;

	while (next_line(&text, &line))
		if (line.at - (uintptr_t)addr < PAGE)
			latency = strtoull(line.latency, NULL, 10);
	return latency;
}

bool watcher_sees_exceptions(void)
{
	return !access("/sys/kernel/tracing/events/exceptions/page_fault_user", F_OK);
}

/* Each of them has been timed, where there is what tells its beginning. */
unsigned int watched_served(const struct watched *seen)
{
	const char *text = seen->out.data;
	unsigned int nr = 0;
	struct line line;

	while (next_line(&text, &line)) {
		bool served = strcmp(line.kind, "segv") && strcmp(line.kind, "bus-error") &&
			      strcmp(line.kind, "failed");

		nr += served;
		if ((served && watcher_sees_exceptions()) != !!strcmp(line.latency, "-"))
			fail("%s with a latency of %s", line.kind, line.latency);
	}
	return nr;
}

void watched_note(const struct watched *seen)
{
	const char *text = seen->out.data;
	struct line line;

	while (next_line(&text, &line))
		note("%llx %s %s %s", line.at, line.kind, line.access, line.latency);
}

void watched_free(struct watched *seen)
{
	bytes_free(&seen->out);
	bytes_free(&seen->err);
}
