// SPDX-License-Identifier: GPL-2.0
/* pair_scene.c - processes that the two pmaps are shown, and the modes in which they show them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "pair.h"
#include "result.h"
#include "scene.h"
#include "slurp.h"

void pair_alone(void)
{
	struct bytes maps;
	char *rest, *line;

	if (slurp("/proc/self/maps", &maps))
		die("cannot read /proc/self/maps");
	rest = maps.data;
	while ((line = strsep(&rest, "\n"))) {
		unsigned long start, end;

		if (sscanf(line, "%lx-%lx rw-p", &start, &end) != 2 || !strstr(line, " rw-p "))
			continue;
		for (; start < end; start += PAGE)
			*(volatile char *)start = *(volatile char *)start;
	}
	bytes_free(&maps);
}

/* Each way to print the areas of a process. */
static const char *const all_modes[] = {
	"", "-x", "-d", "-X", "-XX",
	"-q", "-x -q", "-d -q", "-X -q", "-XX -q",
	"-p", "-x -p", "-d -p", "-X -p", "-XX -p -q",
	"-A 7f0000000000", "-x -A 560000000000,7fff00000000", "-d -A ,7fffffffffff",
	"-X -A 5,4", "-x -A 5,4",
};

static const char *const main_modes[] = { "", "-d -p", "-x", "-x -p", "-X", "-XX -p" };

static void compare_modes(enum pair_how how, const char *pids, const char *const *modes, size_t nr)
{
	char *args;

	for (size_t i = 0; i < nr; i++) {
		if (asprintf(&args, "%s %s", modes[i], pids) < 0)
			die("no memory");
		pair_compare(how | PAIR_APART, args);
		free(args);
	}
}

void pair_all_modes(enum pair_how how, const char *pids)
{
	compare_modes(how, pids, all_modes, ARRAY_SIZE(all_modes));
}

void pair_main_modes(enum pair_how how, const char *pids)
{
	compare_modes(how, pids, main_modes, ARRAY_SIZE(main_modes));
}

static int stand(void *unused)
{
	(void)unused;
	pair_alone();
	child_ready();
	return 0;
}

/* @line with @pid for each PID. */
static void put_pid(const char *line, pid_t pid, char *out)
{
	while (*line) {
		if (!strncmp(line, "PID", 3)) {
			out += sprintf(out, "%d", pid);
			line += 3;
		} else {
			*out++ = *line++;
		}
	}
	*out = '\0';
}

void pair_lines(enum pair_how how, const char *const *lines, size_t nr)
{
	struct child target;
	char args[256];

	child_start(&target, stand, NULL);
	for (size_t i = 0; i < nr; i++) {
		put_pid(lines[i], target.pid, args);
		pair_compare(how | PAIR_MESSAGES, args);
	}
	child_end(&target);
}

void pair_scene(int (*scene)(void *))
{
	struct child child;
	char pid[16], args[32];

	child_start(&child, scene, NULL);
	snprintf(pid, sizeof(pid), "%d", child.pid);
	setenv("LC_ALL", "C", 1);
	pair_main_modes(PAIR_TWICE, pid);
	setenv("LC_ALL", "C.UTF-8", 1);
	pair_compare(PAIR_AS_PMAP, pid);
	snprintf(args, sizeof(args), "-x -p %s", pid);
	pair_compare(PAIR_PLAIN, args);
	expect_eq("the scene stood to the end", child_end(&child), 0);
}
