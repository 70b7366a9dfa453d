/* SPDX-License-Identifier: GPL-2.0 */
/* option_rows.h - the one list of options: letter, name, argument, verbs and help of each. */
#ifndef VMAVIEW_OPTION_ROWS_H
#define VMAVIEW_OPTION_ROWS_H

#include <stddef.h>

struct option_row {
	int code;			/* the letter, or above 255 */
	const char *name;
	const char *argument;		/* NULL: takes none */
	unsigned int verbs;
	const char *help;
};

enum option_code {
	OPTION_NAME = 256,
	OPTION_USER,
	OPTION_CGROUP,
	OPTION_TREE,
	OPTION_ALL,
	OPTION_SORT,
	OPTION_HEAD,
	OPTION_COLOR,
	OPTION_FROM,
	OPTION_TRIES,
	OPTION_NO_PFN,
	OPTION_PAGES,
	OPTION_AREAS,
	OPTION_WATCH,
	OPTION_INTERVAL,
	OPTION_COUNT,
	OPTION_STREAM,
	OPTION_HISTOGRAM,
	OPTION_LOCK_WAITS,
	OPTION_UNHELD,
	OPTION_STRUCTS,
	OPTION_LOAD,
	OPTION_BY,
	OPTION_LABELS,
	OPTION_MAX_GROUPS,
	OPTION_MAX_SECONDS,
	OPTION_TEXTFILE,
	OPTION_ASCII,
	OPTION_SVG,
	OPTION_HEAT,
	OPTION_HTML,
	OPTION_BATCH,
	OPTION_ONCE,
	OPTION_DUTY,
	OPTION_SMAPS,
	OPTION_WHEN_GROWN,
	OPTION_STAT,
	OPTION_EXIT_CODE,
};

/* More than there are: getopt's tables have room for so many. */
#define OPTIONS_MAX 64

extern const struct option_row option_rows[];
extern const size_t nr_option_rows;

#endif /* VMAVIEW_OPTION_ROWS_H */
