// SPDX-License-Identifier: GPL-2.0
/* output - what the tool prints and saves of a process that chose its names to do harm. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/slurp.h"

SCENE(output)

#define FOLDER "/tmp/vmaview-output"

/* As long in bytes as their harmless twins, in the same order. */
static const char *const hostile[] = {
	"\033[2J\033[31mred", "\033]0;title\007", "line\nPID 1: forged", "\rover",
	"\302\233" "31m", "\342\200\256right to left", "\377\376 no UTF-8", "del\177\010\010\010", "tab\t\v\f",
};

static const char *const harmless[] = {
	"aaaaaaaaared", "aaaaaaaaaa", "lineaPID 1a forged", "aover",
	"aa" "31m", "aaaright to left", "aa no UTF-8", "delaaaa", "tabaaa",
};

struct names {
	const char *const *names;
	const char *comm;
};

static int with_names(void *arg)
{
	const struct names *names = arg;

	mkdir(FOLDER, 0700);
	if (chdir(FOLDER))
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		int fd = open(names->names[i], O_RDWR | O_CREAT, 0600);

		if (fd < 0 || ftruncate(fd, PAGE))
			return 1;
		scene_map(PAGE, PROT_READ, MAP_PRIVATE, fd);
		close(fd);
	}
	prctl(PR_SET_NAME, names->comm);
	child_ready();
	return 0;
}

static const struct names bad = { hostile, "\033[31m\nx\033[2J\r" };
static const struct names good = { harmless, "aaaaaaxaaaaa" };

/* Runs the tool with @words, of which "PID" is the process and "FILE" a file. */
static void run(pid_t pid, const char *words, struct command_result *result)
{
	struct command command = { .program = "/usr/local/bin/vmaview", .drop = -1 };
	char text[256], nr[16], *argv[16] = { "vmaview" }, *save;
	size_t argc = 1;

	snprintf(text, sizeof(text), "%s", words);
	snprintf(nr, sizeof(nr), "%d", pid);
	for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[argc++] = strcmp(word, "PID") ? word : nr;
	command_run(&command, argv, result);
}

static bool is_control(const unsigned char *byte)
{
	return (*byte < 0x20 && *byte != '\n') || *byte == 0x7f ||
	       (*byte == 0xc2 && byte[1] >= 0x80 && byte[1] < 0xa0);
}

static size_t count_lines(const struct bytes *bytes)
{
	size_t lines = 0;

	for (size_t i = 0; i < bytes->len; i++)
		lines += bytes->data[i] == '\n';
	return lines;
}

static void check_bytes(const char *words, const char *what, const struct bytes *bytes)
{
	for (size_t i = 0; i < bytes->len; i++)
		if (is_control((const unsigned char *)bytes->data + i)) {
			fail("vmaview %s: %s has the control character %#x at byte %zu", words, what,
			     (unsigned char)bytes->data[i], i);
			return;
		}
}

/* Every way of drawing one process. */
static const char *const ways[] = {
	"PID", "-r PID", "-O PID", "-o ADDRESS,NAME PID", "--color=always -n PID", "-J PID", "verify PID",
	"verify -J PID", "-b --sort NAME PID",
};

static struct child bad_child, good_child;

/*
 * Twins are of one parent: what it allocates to see that the first is ready must be there before, or
 * the second inherits an area more.  The first time is mapped and the next ones are of the heap.
 */
static void start(void)
{
	struct bytes text;

	for (int times = 0; times < 3; times++) {
		if (slurp("/proc/self/stat", &text))
			die("/proc/self/stat cannot be read");
		bytes_free(&text);
	}
	child_start(&bad_child, with_names, (void *)&bad);
	child_start(&good_child, with_names, (void *)&good);
}

static bool colours(const char *words)
{
	return strstr(words, "--color=always");
}

/* Names that a process chose neither move the cursor nor add a line. */
TEST_F(output, printed)
{
	start();
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct command_result ours, twin;

		run(bad_child.pid, ways[i], &ours);
		run(good_child.pid, ways[i], &twin);
		expect_eq(ways[i], ours.status, twin.status);
		expect_eq("lines", count_lines(&ours.out), count_lines(&twin.out));
		if (!colours(ways[i]))
			check_bytes(ways[i], "stdout", &ours.out);
		check_bytes(ways[i], "stderr", &ours.err);
		if (ours.out.len < 500 && !strstr(ways[i], "verify"))
			fail("vmaview %s says %zu bytes", ways[i], ours.out.len);
		command_free(&ours);
		command_free(&twin);
	}
}

/*
 * An argument reaches no terminal in a message about it.  The words of a message are the tool's own,
 * whatever is in an argument.
 */
TEST_F(output, messages)
{
	static const char *const bad_words[] = {
		"\033[31mred", "--\033]0;x\007", "-o \033[2J 1", "1\n2", "--from /tmp/\033[31m\nx",
		"record -f /nowhere/\033[31m\r PID", "\302\233" "31m", "-A \033[1m 1",
	};

	start();
	for (size_t i = 0; i < ARRAY_SIZE(bad_words); i++) {
		struct command_result ours;

		run(bad_child.pid, bad_words[i], &ours);
		check_bytes("(a hostile argument)", "stderr", &ours.err);
		check_bytes("(a hostile argument)", "stdout", &ours.out);
		if (!ours.status || !ours.err.len)
			fail("argument %zu is taken", i);
		command_free(&ours);
	}
}

/*
 * JSON has the names whole.  JSON keeps the names as they are, escaped its own way.  contains() of jq
 * before 1.7 ends at a NUL.
 */
TEST_F(output, json)
{
	struct command jq = { .program = "/usr/bin/jq", .drop = -1 };
	char *argv[] = { "jq", "-e", "[.processes[0].areas[].name | select(. != null)] | "
			 "any(endswith(\"\\u001b[2J\\u001b[31mred\")) and any(contains(\"\\u009b31m\")) "
			 "and (map(explode | any(. == 0)) | any | not)", FOLDER "/json", NULL };
	struct command_result ours, judged;
	int fd;

	start();
	run(bad_child.pid, "-J PID", &ours);
	fd = open(FOLDER "/json", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, ours.out.data, ours.out.len) != (ssize_t)ours.out.len)
		die("cannot save what was said: %s", strerror(errno));
	command_run(&jq, argv, &judged);
	if (judged.status)
		fail("jq: %s%s", judged.out.data, judged.err.data);
}

/* A snapshot is its owner's alone.  Whatever the umask, and whoever could read a file of that name before. */
TEST_F(output, snapshot)
{
	struct command_result ours;
	struct stat info;

	start();
	umask(0);
	close(open(FOLDER "/saved", O_WRONLY | O_CREAT, 0666));
	run(bad_child.pid, "record -f " FOLDER "/saved PID", &ours);
	expect_eq("status", ours.status, 0);
	if (stat(FOLDER "/saved", &info) || !info.st_size)
		die("no snapshot: %s", ours.err.data);
	expect_eq("its mode", info.st_mode, S_IFREG | 0600);
	command_free(&ours);
	run(bad_child.pid, "--from " FOLDER "/saved", &ours);
	check_bytes("--from", "stdout", &ours.out);
	check_bytes("--from", "stderr", &ours.err);
	if (ours.status || ours.out.len < 500)
		fail("--from: status %d, %zu bytes: %s", ours.status, ours.out.len, ours.err.data);
}

SCENE_MAIN
