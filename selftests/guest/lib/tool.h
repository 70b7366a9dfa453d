/* SPDX-License-Identifier: GPL-2.0 */
/* tool.h - vmaview called as a shell would, but for quotes: words with a blank between two. */
#ifndef TOOL_H
#define TOOL_H

#include "command.h"

/* Free with command_free(). */
void tool_run(const char *args, struct command_result *result);
/* It prints just @want, says nothing on stderr and exits with 0. */
void tool_expect(const char *args, const char *want);

#endif
