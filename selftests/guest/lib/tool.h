/* SPDX-License-Identifier: GPL-2.0 */
/* tool.h - vmaview called as a shell would, but for quotes: words with a blank between two. */
#ifndef TOOL_H
#define TOOL_H

#include "command.h"

/* Free with command_free(). */
void tool_run(const char *args, struct command_result *result);
/* It prints just @want, says nothing on stderr and exits with 0. */
void tool_expect(const char *args, const char *want);
/* It prints @part among others, and exits with 0. */
void tool_expect_part(const char *args, const char *part);
/* It prints @part among others, and exits with @status. */
void tool_expect_part_of(const char *args, int status, const char *part);
/* It exits with @status, prints nothing, and says why in one line on stderr, which has @why in it. */
void tool_expect_refused(const char *args, int status, const char *why);
/* @verb of who has no memory is refused: of a zombie, of a kernel thread, and of nobody. */
void tool_expect_no_target(const char *verb);

#endif
