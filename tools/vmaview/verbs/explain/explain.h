/* SPDX-License-Identifier: GPL-2.0 */
/* explain.h - in: a PID and addresses; out: what is there and what an access does. */
#ifndef VMAVIEW_EXPLAIN_TOOL_H
#define VMAVIEW_EXPLAIN_TOOL_H

#include "command/options.h"

/* The verb.  Returns an exit code. */
int explain_main(struct options *options);

#endif /* VMAVIEW_EXPLAIN_TOOL_H */
