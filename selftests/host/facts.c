// SPDX-License-Identifier: GPL-2.0
/* facts.c - who a process is: its own bytes in the model, escaped on the terminal and in JSON. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "proc/facts.h"

#define COMM "\033[31m\nx\377\\"
#define NAME "\033[1mab\377\302\205"

static char *const odd[] = { NAME, "l\nm\tt", "", "\303\251\\", NULL };
static char *const dash[] = { "-", NULL };
static char *const nameless[] = { "", NULL };

/* This program once more, which waits under the name COMM. */
static pid_t start(char *const argv[])
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		setenv("FACTS_WAIT", "1", 1);
		execv("/proc/self/exe", argv);
		_exit(1);
	}
	waitpid(pid, &status, WUNTRACED);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool are(char *const argv[], const char *cmdline, const char *title)
{
	pid_t pid = start(argv);
	struct process process;
	bool same;

	process_init(&process);
	same = facts_read(&process, pid) == FACTS_FOUND && process.pid == pid && !strcmp(process.comm, COMM) &&
	       process.cmdline && !strcmp(process.cmdline, cmdline) && !strcmp(process.title, title);
	if (!same)
		ktap_note("'%s' '%s' '%s'", process.comm, process.cmdline ? process.cmdline : "(null)",
			  process.title);
	process_free(&process);
	end(pid);
	return same;
}

static bool bytes(void)
{
	return are(odd, NAME " l\nm\tt  \303\251\\", NAME " l\nm\tt  \303\251\\");
}

static bool lone_dash(void)
{
	return are(dash, "-", "-");
}

static bool no_arguments(void)
{
	return are(nameless, "", "[" COMM "]");
}

/* The first line with @word that the tool prints of @argv, called with @options. */
static bool prints(char *const argv[], const char *options, const char *word, const char *expect)
{
	pid_t pid = start(argv);
	char command[128], line[4096] = "", wanted[512];
	FILE *pipe;

	snprintf(command, sizeof(command), "bin/tool/vmaview %s %d 2>/dev/null | grep -m 1 '%s'", options, pid, word);
	snprintf(wanted, sizeof(wanted), expect, pid);
	pipe = popen(command, "r");
	if (!pipe || !fgets(line, sizeof(line), pipe))
		line[0] = '\0';
	if (pipe)
		pclose(pipe);
	end(pid);
	return !strncmp(line, wanted, strlen(wanted)) ? true : ktap_note("%s%s", line, wanted);
}

static bool title(void)
{
	return prints(odd, "", "^[0-9]*: ", "%d:   \\033[1mab\\377\\302\\205 l\\012m\\011t  \303\251\\\n") &&
	       prints(nameless, "", "^[0-9]*: ", "%d:   [\\033[31m\\012x\\377\\]\n");
}

static bool json(void)
{
	return prints(odd, "-J", "\"pid\"", "\"processes\":[{\"pid\":%d,\"comm\":\"\\u001b[31m\\nx\\\\377\\\\\","
		      "\"cmdline\":\"\\u001b[1mab\\\\377\\u0085 l\\nm\\tt  \303\251\\\\\",");
}

static const struct ktap_test tests[] = {
	{ "name, arguments and title are the process's own bytes", bytes },
	{ "an argument that libproc2 would show for none", lone_dash },
	{ "without arguments the title is the name in brackets", no_arguments },
	{ "the title line has \\\\ooo for what is no text", title },
	{ "JSON has all that it can carry", json },
};

int main(void)
{
	if (getenv("FACTS_WAIT")) {
		prctl(PR_SET_NAME, COMM);
		raise(SIGSTOP);
		return 0;
	}
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
