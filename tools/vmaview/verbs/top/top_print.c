// SPDX-License-Identifier: GPL-2.0
/* top_print.c - in: a frame of processes; out: it as text on stdout, with when it was. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "draw/column_table.h"
#include "verbs/top/top_print.h"

static void print_when(const struct options *options, const struct top_frame *frame)
{
	time_t began = frame->began;
	char text[40] = "";
	struct tm tm;

	if (localtime_r(&began, &tm))
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S%z", &tm);
	printf("%s%s: %zu process%s, %zu unreadable, %zu ended meanwhile; %.3f ms of a processor\n",
	       options->raw ? "# " : "", text, frame->nr_live, frame->nr_live == 1 ? "" : "es", frame->unreadable,
	       frame->ended, frame->cost * 1e3);
}

/* Frames follow on each other as text, which has no escape codes. */
int top_print(const struct options *options, const struct top_frame *frame, const struct top_list *list)
{
	size_t shown = 0, most = options_head(options, list->nr);
	struct options plain = *options;
	struct table *table;
	int ret;

	plain.color = COLOR_NEVER;
	print_when(options, frame);
	table = column_table_new(&plain, most);
	ret = table ? 0 : -ENOMEM;
	for (size_t i = 0; !ret && i < list->nr && shown < most; i++) {
		struct cell cell = list->lines[i]->cell;

		if (list->lines[i]->change == TOP_GONE)
			continue;
		cell.bytes = options->bytes;
		ret = column_table_add(table, &plain, &cell);
		shown++;
	}
	if (!ret)
		ret = table_print(table);
	table_free(table);
	return ret;
}
