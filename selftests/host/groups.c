// SPDX-License-Identifier: GPL-2.0
/* groups.c - groups without the module, of processes that share a space, have lost a thread, or become another. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/kcmp.h>

#include "ktap.h"
#include "proc/same_space.h"

enum { TWIN, OTHER, LEADERLESS, NR };

static pid_t pids[NR];

static int wait_for_end(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return 0;
}

static void *pause_thread(void *arg)
{
	wait_for_end(arg);
	return NULL;
}

static void lose_leader(void)
{
	pthread_t thread;

	if (!pthread_create(&thread, NULL, pause_thread, NULL))
		syscall(SYS_exit, 0);
	_exit(1);
}

static void await_zombie(pid_t pid)
{
	char path[32], state = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	while (state != 'Z') {
		FILE *file = fopen(path, "re");

		if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
			state = 'Z';
		if (file)
			fclose(file);
	}
}

/* One that has this program's memory, one that has a copy, and one that has lost its first thread. */
static void start(void)
{
	static char stack[65536];

	pids[TWIN] = clone(wait_for_end, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);
	pids[OTHER] = fork();
	if (!pids[OTHER])
		wait_for_end(NULL);
	pids[LEADERLESS] = fork();
	if (!pids[LEADERLESS])
		lose_leader();
	await_zombie(pids[LEADERLESS]);
}

static void end(void)
{
	for (int i = 0; i < NR; i++) {
		if (pids[i] > 0)
			kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
}

static bool can_compare(void)
{
	return syscall(SYS_kcmp, getpid(), getppid(), KCMP_VM, 0, 0) >= 0;
}

static bool noted(void)
{
	struct same_space spaces = { .known = NULL };
	bool first, twin, other, again;

	if (!can_compare())
		return ktap_skip("no kcmp() here");
	first = same_space_note(&spaces, getpid());
	other = same_space_note(&spaces, pids[OTHER]);
	twin = same_space_note(&spaces, pids[TWIN]);
	again = same_space_note(&spaces, pids[OTHER]);
	same_space_free(&spaces);
	return (!first && !other && twin && again) ||
	       ktap_note("first %d, other %d, twin %d, again %d", first, other, twin, again);
}

/* The first number that follows @key in what the tool says of @who; -1. */
static long long ask(const char *who, const char *key)
{
	char line[256], *text = NULL;
	long long number = -1;
	size_t room = 0;
	FILE *out;

	snprintf(line, sizeof(line), "bin/tool/vmaview groups -J --by session %s 2>/dev/null", who);
	out = popen(line, "r");
	if (out && getdelim(&text, &room, '\0', out) > 0 && strstr(text, key))
		number = strtoll(strstr(text, key) + strlen(key), NULL, 10);
	if (out)
		pclose(out);
	free(text);
	return number;
}

static bool counted(void)
{
	char twins[64], three[128];
	long long of_two, of_three, same;

	if (!can_compare())
		return ktap_skip("no kcmp() here");
	if (!access("/dev/vmaview", F_OK))
		return ktap_skip("the module is loaded");
	snprintf(twins, sizeof(twins), "%d %d", getpid(), pids[TWIN]);
	snprintf(three, sizeof(three), "%s %d", twins, pids[OTHER]);
	of_two = ask(twins, "\"processes\":");
	of_three = ask(three, "\"processes\":");
	same = ask(three, "\"same_space\":");
	return (of_two == 1 && of_three == 2 && same == 1) ||
	       ktap_note("%lld of two, %lld of three, of which %lld have one space", of_two, of_three, same);
}

static bool leaderless(void)
{
	char who[16];
	long long rss;

	if (!access("/dev/vmaview", F_OK))
		return ktap_skip("the module is loaded");
	snprintf(who, sizeof(who), "%d", pids[LEADERLESS]);
	rss = ask(who, "\"rss\":");
	return rss > 0 || ktap_note("Rss %lld", rss);
}

/* A process with a name of its own, which becomes sleep when a byte comes. */
static pid_t start_changing(int *go)
{
	char byte, name[] = "before-exec";
	int to[2];
	pid_t pid;

	if (pipe(to))
		return -1;
	pid = fork();
	if (!pid) {
		prctl(PR_SET_NAME, name);
		if (read(to[0], &byte, 1) == 1)
			execlp("sleep", "sleep", "1000", NULL);
		_exit(1);
	}
	close(to[0]);
	*go = to[1];
	return pid;
}

static void await_name(pid_t pid, const char *name)
{
	char path[32], comm[32] = "";

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	while (strcmp(comm, name)) {
		FILE *file = fopen(path, "re");

		if (!file || fscanf(file, "%31s", comm) != 1)
			snprintf(comm, sizeof(comm), "%s", name);
		if (file)
			fclose(file);
	}
}

/* The tool, standing before its first system call, with what it prints in @out. */
static pid_t start_traced(pid_t whom, FILE *out)
{
	char number[16];
	pid_t tool;

	snprintf(number, sizeof(number), "%d", whom);
	tool = fork();
	if (!tool) {
		dup2(fileno(out), STDOUT_FILENO);
		dup2(fileno(out), STDERR_FILENO);
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execl("bin/tool/vmaview", "vmaview", "groups", "-r", "-n", "--by", "name", "-o", "Name,Procs", number,
		      NULL);
		_exit(1);
	}
	return tool;
}

/* Is it about to open, or has it just opened, @path? */
static bool opens(pid_t tool, const char *path)
{
	struct user_regs_struct regs;
	char seen[32] = "";
	size_t used = 0;

	if (ptrace(PTRACE_GETREGS, tool, NULL, &regs) || regs.orig_rax != SYS_openat)
		return false;
	while (used < sizeof(seen)) {
		long word = ptrace(PTRACE_PEEKDATA, tool, (void *)(regs.rsi + used), NULL);

		memcpy(seen + used, &word, sizeof(word));
		used += sizeof(word);
	}
	seen[sizeof(seen) - 1] = '\0';
	return !strcmp(seen, path);
}

/* Until it reads the name of @whom, and closes it. */
static bool run_until_named(pid_t tool, pid_t whom)
{
	char path[32];
	int status, left = 1 << 20, after = 0;

	snprintf(path, sizeof(path), "/proc/%d/comm", whom);
	while (left-- && after < 12 && waitpid(tool, &status, 0) == tool && WIFSTOPPED(status)) {
		after += after || opens(tool, path);
		if (after < 12 && ptrace(PTRACE_SYSCALL, tool, NULL, NULL))
			return false;
	}
	return after == 12;
}

static bool changing(void)
{
	FILE *out = tmpfile();
	char text[1024] = "";
	int go, status;
	pid_t whom, tool;
	bool named;

	if (!access("/dev/vmaview", F_OK))
		return ktap_skip("the module is loaded");
	whom = start_changing(&go);
	await_name(whom, "before-exec");
	tool = start_traced(whom, out);
	named = run_until_named(tool, whom);
	if (write(go, "g", 1) == 1)
		await_name(whom, "sleep");
	ptrace(PTRACE_DETACH, tool, NULL, NULL);
	waitpid(tool, &status, 0);
	kill(whom, SIGKILL);
	waitpid(whom, NULL, 0);
	close(go);
	rewind(out);
	text[fread(text, 1, sizeof(text) - 1, out)] = '\0';
	fclose(out);
	return (named && !status && strstr(text, "1 process got another program") && strstr(text, "before-exec 1\n")) ||
	       ktap_note("named %d, status %d: %s", named, status, text);
}

static const struct ktap_test tests[] = {
	{ "a process with the space of one before is found, and one with a copy is another", noted },
	{ "groups count processes with one space once, without the module, too", counted },
	{ "a process whose first thread has ended is read of another one", leaderless },
	{ "one that calls exec meanwhile is where it was, and that is said", changing },
};

int main(void)
{
	int ret;

	start();
	ret = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	end();
	return ret;
}
