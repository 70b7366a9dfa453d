/* SPDX-License-Identifier: GPL-2.0 */
/* verify_print.h - in: verdicts; out: a table of differences, or JSON, on stdout. */
#ifndef VMAVIEW_VERIFY_PRINT_H
#define VMAVIEW_VERIFY_PRINT_H

#include "command/options.h"
#include "verbs/verify/compare.h"

struct verdict {
	pid_t pid;
	size_t areas;
	unsigned int tries;	/* how often it was read */
	unsigned int asked;	/* witnesses that answered: a bit each */
	unsigned int unread;	/* that should have, and did not */
	struct differences differences;
};

extern const struct column_set verify_columns;

/* 0 or -ENOMEM. */
int verify_print(struct options *options, const struct verdict *verdicts, size_t nr);

#endif /* VMAVIEW_VERIFY_PRINT_H */
