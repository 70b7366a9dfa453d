// SPDX-License-Identifier: GPL-2.0
/* map_series.c - in: a series that record wrote; out: the moments before its last one, on a page. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "text/say.h"
#include "verbs/map/map_series.h"
#include "vmaview/kind.h"

struct series {
	struct map_html *html;
	struct collector *collector;
	struct saved saved;
	const struct labels *labels;
};

static int add_process(struct series *series, uint32_t moment, size_t number)
{
	struct process process;
	bool there = collect_saved(series->collector, &series->saved, number, &process) == COLLECTED;

	if (there && labels_call(series->labels, &process)) {
		snprintf(series->collector->why, sizeof(series->collector->why), "out of memory");
		there = false;
	}
	if (there) {
		kinds_find(&process);
		map_html_add_moment(series->html, moment, &process, number);
	}
	process_free(&process);
	return there ? EXIT_DONE : EXIT_FAILED;
}

static int add_moment(struct series *series, uint32_t moment)
{
	struct saved *saved = &series->saved;
	int ret = EXIT_DONE;

	if (snapshot_file_moment(&saved->file, moment, &saved->first, &saved->nr))
		saved->nr = 0;
	for (size_t i = 0; !ret && i < saved->nr; i++)
		ret = add_process(series, moment, i);
	if (!ret)
		map_html_add_moment(series->html, moment, NULL, saved->nr);
	return ret;
}

static int add_all(struct series *series, const struct options *options)
{
	int ret = EXIT_DONE;

	if (collect_saved_open(series->collector, &series->saved, options->from_path, options->from_moment))
		ret = EXIT_FAILED;
	for (uint32_t moment = 1; !ret && moment < series->saved.file.moments; moment++)
		ret = add_moment(series, moment);
	if (ret)
		say("%s: %s", options->from, series->collector->why);
	return ret;
}

/* FILE, without the @N that is no part of its path; what a pipe gives is read once. */
static bool is_whole_series(const struct options *options)
{
	struct stat st;

	return options->from && !strcmp(options->from, options->from_path) && !stat(options->from_path, &st) &&
	       S_ISREG(st.st_mode);
}

int map_series_add(struct map_html *html, const struct options *options, struct collector *collector,
		   const struct labels *labels)
{
	struct series series = { .html = html, .collector = collector, .labels = labels };
	int ret;

	if (!is_whole_series(options))
		return EXIT_DONE;
	collector->low = options->low;
	collector->high = options->high;
	ret = add_all(&series, options);
	collect_saved_close(&series.saved);
	return ret;
}
