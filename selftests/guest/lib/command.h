/* SPDX-License-Identifier: GPL-2.0 */
/* command.h - run a program, wait, and have all that it said. */
#ifndef COMMAND_H
#define COMMAND_H

#include <sys/types.h>

#include "slurp.h"

/* How to run it, beside its arguments. */
struct command {
	const char *program;
	uid_t uid;		/* 0: as the test itself */
	int drop;		/* a capability that it shall not have; -1: none */
	const char *stdout_to;	/* a file in place of the result's out */
};

struct command_result {
	int status;		/* as a shell has it: exit code, or 128 and the signal */
	struct bytes out;
	struct bytes err;
};

/* @argv ends with NULL and includes the program's name for itself. */
void command_run(const struct command *command, char *const argv[], struct command_result *result);
void command_free(struct command_result *result);

#endif
