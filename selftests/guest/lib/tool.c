// SPDX-License-Identifier: GPL-2.0
/* tool.c - vmaview called with words. */
#include <stdio.h>
#include <string.h>

#include "ktap.h"
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
