/* SPDX-License-Identifier: GPL-2.0 */
/* usage.h - in: a verb; out: --help, --list-columns and --version on stdout. */
#ifndef VMAVIEW_USAGE_H
#define VMAVIEW_USAGE_H

#include "command/verb_list.h"

/* Of the command, where @row is what is done without a verb, or of one verb. */
void usage_help(const struct verb_list *verbs, const struct verb_row *row);

/* Of each column its name and what it is: aligned for the eye, or the cells of raw rows. */
void usage_columns(const struct column_set *set, bool raw, bool headings);

void usage_version(void);

#endif /* VMAVIEW_USAGE_H */
