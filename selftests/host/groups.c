// SPDX-License-Identifier: GPL-2.0
/* groups.c - groups without the module: of processes that share an address space, and whose first thread has ended. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
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

static const struct ktap_test tests[] = {
	{ "a process with the space of one before is found, and one with a copy is another", noted },
	{ "groups count processes with one space once, without the module, too", counted },
	{ "a process whose first thread has ended is read of another one", leaderless },
};

int main(void)
{
	int ret;

	start();
	ret = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	end();
	return ret;
}
