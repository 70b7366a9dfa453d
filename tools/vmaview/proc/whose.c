// SPDX-License-Identifier: GPL-2.0
/* whose.c - in: /proc/self/status; out: whether its PIDs are ours. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include "proc/whose.h"

/*
 * "NSpid:\t4711\t3": our numbers from the namespace of /proc down to our own.  A lone one is that of both.
 * The first may be the number that we have by chance, so that alone proves nothing.
 */
static bool is_ours(const char *line)
{
	if (!strncmp(line, "Tgid:", 5))
		return strtol(line + 5, NULL, 10) == getpid();
	if (strncmp(line, "NSpid:\t", 7))
		return true;
	return !strchr(line + 7, '\t');
}

/* PROC_PID_INIT_INO, include/linux/proc_ns.h: the number that the first namespace of PIDs has as a file. */
#define FIRST_NAMESPACE 0xEFFFFFFCU

bool whose_are_all(void)
{
	struct stat status;

	return !stat("/proc/self/ns/pid", &status) && status.st_ino == FIRST_NAMESPACE;
}

/* Where we have no number, /proc/self leads nowhere. */
enum whose whose_proc(void)
{
	struct statfs fs;
	char line[256];
	FILE *status;
	bool ours = true;

	if (statfs("/proc", &fs) || fs.f_type != PROC_SUPER_MAGIC)
		return WHOSE_NOBODYS;
	status = fopen("/proc/self/status", "re");
	if (!status)
		return WHOSE_OTHERS;
	while (ours && fgets(line, sizeof(line), status))
		ours = is_ours(line);
	fclose(status);
	return ours ? WHOSE_OURS : WHOSE_OTHERS;
}
