// SPDX-License-Identifier: GPL-2.0
/* tool.c - vmaview called with words. */
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "result.h"
#include "tool.h"

void tool_run(const char *args, struct command_result *result)
{
	struct command command = { .program = "/usr/bin/env", .drop = -1 };
	char words[512], *argv[64] = { "env", "vmaview" }, *save;
	size_t nr = 2;

	snprintf(words, sizeof(words), "%s", args);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[nr++] = word;
	command_run(&command, argv, result);
}

void tool_expect(const char *args, const char *want)
{
	struct command_result result;

	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	expect_str(args, result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

void tool_expect_part(const char *args, const char *part)
{
	tool_expect_part_of(args, 0, part);
}

void tool_expect_part_of(const char *args, int status, const char *part)
{
	struct command_result result;

	tool_run(args, &result);
	expect_eq(args, result.status, status);
	if (!strstr(result.out.data, part))
		fail("%s: no '%s' in: %s%s", args, part, result.out.data, result.err.data);
	command_free(&result);
}

void tool_expect_refused(const char *args, int status, const char *why)
{
	struct command_result result;
	const char *end;

	tool_run(args, &result);
	end = strchr(result.err.data, '\n');
	expect_eq(args, result.status, status);
	expect_str("stdout", result.out.data, "");
	if (!strstr(result.err.data, why) || !end || end[1])
		fail("%s: expected one line with '%s', got %s", args, why, result.err.data);
	command_free(&result);
}

void tool_expect_no_target(const char *verb)
{
	char args[64];

	snprintf(args, sizeof(args), "%s %d", verb, child_zombie());
	tool_expect_refused(args, 1, "is a zombie");
	snprintf(args, sizeof(args), "%s 2", verb);
	tool_expect_refused(args, 1, "is a kernel thread");
	snprintf(args, sizeof(args), "%s 4194304", verb);
	tool_expect_refused(args, 42, "no process has PID");
}
